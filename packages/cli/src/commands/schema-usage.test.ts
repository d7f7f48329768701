import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SurfaceName } from '@hedge-telemetry/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { corpus, navDocument, navLine, put } from '../../test/run-cli.js';
import { createProgress } from '../progress.js';
import { createStyle } from '../render/style.js';
import type { UsageReport } from '../usage/scan.js';
import type { SurfaceUsage } from '../usage/tally.js';
import { schemaUsage } from './schema-usage.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-schema-usage-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

interface Printed {
  readonly exit: number;
  readonly out: string[];
  readonly err: string[];
}

async function usage(path: string, json: boolean, surface?: SurfaceName): Promise<Printed> {
  const out: string[] = [];
  const err: string[] = [];
  const plain = createStyle(false);
  const exit = await schemaUsage(path, surface === undefined ? {} : { surface }, {
    json,
    outStyle: plain,
    errStyle: plain,
    isScreen: false,
    out: (...lines) => void out.push(...lines),
    draw: (text) => void out.push(text),
    err: (...lines) => void err.push(...lines),
    rows: () => 40,
    progress: createProgress(process.stderr),
  });
  return { exit, out, err };
}

async function report(path: string): Promise<UsageReport & { exit: number }> {
  const { exit, out } = await usage(path, true);
  return { exit, ...(JSON.parse(out.join('\n')) as UsageReport) };
}

function squeezed(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim().replace(/\s+/g, ' '));
}

async function putSample(): Promise<void> {
  const legacy = '{"t": 1764000000.5, "nav": 10250.5, "moon": 1}\n';
  const later = '{"schema":"nav_history_v1","ts":2,"nav_total":1,"moon":1,"mars":null}\n';
  await put(dir, 'state/nav.json', { ...navDocument(), moon: 1, aum: { futures: 1, offexchange: {}, total: 1, x: 1 } });
  await put(dir, 'execution/nav_history.jsonl', `${navLine(1)}${legacy}\n${later}torn{\n\u0000\n${later}{"open":`);
  await put(dir, 'nav_log.json', [{ t: 1764000000.5, nav: 1 }]);
  await put(dir, 'notes.txt', 'hello');
}

describe('schema usage', () => {
  it('counts documents by shape and undeclared fields with their first place', async () => {
    await putSample();
    const { exit, surfaces, otherFiles, findings } = await report(dir);
    expect({ exit, otherFiles, findings }).toEqual({ exit: 0, otherFiles: 1, findings: [] });
    expect(surfaces).toEqual([
      {
        surface: 'nav',
        kind: 'state',
        files: 1,
        documents: 1,
        shapes: { canonical: 1 },
        deprecated: [],
        undeclared: ['/aum/x', '/moon'].map((pointer) => ({
          pointer,
          count: 1,
          nulls: 0,
          first: { file: 'state/nav.json', line: null },
        })),
        unlisted: 0,
      },
      {
        surface: 'nav_history',
        kind: 'ledger',
        files: 2,
        documents: 7,
        shapes: { canonical: 3, unreadable: 2, v7: 2 },
        deprecated: [],
        undeclared: [
          { pointer: '/mars', count: 2, nulls: 2, first: { file: 'execution/nav_history.jsonl', line: 4 } },
          { pointer: '/moon', count: 2, nulls: 0, first: { file: 'execution/nav_history.jsonl', line: 4 } },
        ],
        unlisted: 0,
      },
    ]);
  });

  it('looks into no document of another version or of no known shape', async () => {
    const lines = [
      '{"schema":"nav_history_v99","ts":1,"nav_total":1,"moon":1}',
      '{"moon":1}',
      '[1]',
      'null',
      navLine(1),
    ];
    await put(dir, 'execution/nav_history.jsonl', lines.join('\n'));
    await put(dir, 'state/nav.json', { ...navDocument(), schema: 'nav_v99', moon: 1 });
    const { surfaces } = await report(dir);
    expect(counts(surfaces)).toEqual([
      ['nav', 1, { 'unknown version': 1 }],
      ['nav_history', 5, { canonical: 1, 'unknown version': 1, unrecognised: 3 }],
    ]);
    expect(surfaces.flatMap(({ undeclared }) => undeclared)).toEqual([]);
  });

  it('prints the counts for a person', async () => {
    await putSample();
    const { exit, out, err } = await usage(dir, false);
    expect(exit).toBe(0);
    expect(squeezed(out)).toEqual([
      'nav 1 document 1 canonical',
      'undeclared /aum/x 1 time first in state/nav.json',
      'undeclared /moon 1 time first in state/nav.json',
      'nav_history 7 lines 3 canonical, 2 unreadable, 2 v7',
      'undeclared /mars 2 times, 2 null first in execution/nav_history.jsonl:4',
      'undeclared /moon 2 times first in execution/nav_history.jsonl:4',
    ]);
    expect(err).toEqual(['4 files, 3 of the contract; deprecated fields that occur: 0, undeclared ones: 4']);
  });

  it('shows one surface where it is asked for', async () => {
    await putSample();
    const { out } = await usage(dir, true, 'nav');
    expect((JSON.parse(out.join('')) as UsageReport).surfaces.map(({ surface }) => surface)).toEqual(['nav']);
  });

  it('prints nothing that could steer a terminal', async () => {
    await put(dir, 'state/nav.json', { ...navDocument(), '\u001b[2J\u202e': 1, '##[add-mask]x': 1 });
    for (const json of [false, true]) {
      const { out, err } = await usage(dir, json);
      const text = [...out, ...err].join('\n');
      expect(text).toContain('add-mask');
      expect(text).not.toMatch(/[\u001b\u202e]|##\[/);
    }
  });

  it('says which files it could not read, and exits 4', async () => {
    await put(dir, 'execution/nav_history.jsonl', navLine(1));
    execFileSync('mkdir', [join(dir, 'state')]);
    execFileSync('mkfifo', [join(dir, 'state/nav.json'), join(dir, 'execution/events.jsonl')]);
    const { exit, surfaces, findings } = await report(dir);
    expect(exit).toBe(4);
    expect(surfaces.map(({ surface, documents }) => [surface, documents])).toEqual([
      ['events', 0],
      ['nav', 0],
      ['nav_history', 1],
    ]);
    expect(findings.map(({ rule, file }) => [rule, file])).toEqual([
      ['file-unreadable', join(dir, 'execution/events.jsonl')],
      ['file-unreadable', join(dir, 'state/nav.json')],
    ]);
  });

  it('exits 3 where the directory is missing', async () => {
    const { exit, out, err } = await usage(join(dir, 'nowhere'), false);
    expect({ exit, out }).toEqual({ exit: 3, out: [] });
    expect(err.join('\n')).toContain('the directory does not exist');
  });
});

function counts(surfaces: readonly SurfaceUsage[]): [string, number, Readonly<Record<string, number>>][] {
  return surfaces.map(({ surface, documents, shapes }) => [surface, documents, shapes]);
}

describe.skipIf(!existsSync(join(corpus, 'real-state')))('schema usage of a real executor', () => {
  it('counts the state by dialect, without fields that dialects declare', async () => {
    const { exit, surfaces } = await report(join(corpus, 'real-state'));
    expect(exit).toBe(0);
    expect(surfaces.length).toBeGreaterThanOrEqual(19);
    expect(surfaces.flatMap(({ undeclared, deprecated }) => [...undeclared, ...deprecated])).toEqual([]);
    expect(surfaces.flatMap(({ shapes }) => Object.keys(shapes)).filter((each) => each.startsWith('un'))).toEqual([]);
    expect(counts(surfaces)).toContainEqual(['nav', 1, { v7: 1 }]);
    expect(counts(surfaces)).toContainEqual(['expectancy_v6', 1, { canonical: 1 }]);
  });
});

describe.skipIf(!existsSync(join(corpus, 'real-logs')))('schema usage of real ledgers', () => {
  it('counts every line', async () => {
    const { surfaces } = await report(join(corpus, 'real-logs'));
    expect(counts(surfaces)).toEqual([
      ['nav_history', 720, { v7: 720 }],
      ['order_metrics', 638, { v7: 638 }],
      ['orders_executed', 1_580, { v7: 1_580 }],
      ['risk_vetoes', 935, { v7: 935 }],
    ]);
  });
});
