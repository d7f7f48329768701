import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync } from 'node:fs';
import { appendFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { validateWriterView } from '@hedge-telemetry/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, corpus, navDocument, navLine, put, start } from '../../test/run-cli.js';
import type { Running } from '../../test/run-cli.js';

const SCRIPT = '/usr/bin/script';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-watch-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

interface Surface {
  readonly surface: string;
  readonly state: string;
  readonly documents: number;
  readonly invalid: number;
  readonly shapes: Readonly<Record<string, number>>;
  readonly known: number;
  readonly fields: readonly { pointer: string; record: string | null; occurs: number; known: number; share: number }[];
  readonly undeclared: readonly { pointer: string; occurs: number }[];
}

interface Report {
  readonly event: 'report';
  readonly ok: boolean;
  readonly failed_on: string | null;
  readonly surfaces: readonly Surface[];
  readonly findings: readonly { count: number; finding: { rule: string; surface: string } }[];
}

/** The lines that the command printed, each a valid record, and the last one. */
function records(out: string): { events: Record<string, unknown>[]; report: Report } {
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const line of lines) expect(validateWriterView('watch_report', line)).toEqual([]);
  const report = lines.at(-1) as unknown as Report;
  expect(report.event).toBe('report');
  return { events: lines.slice(0, -1), report };
}

function surfaceOf({ surfaces }: Report, name: string): Surface | undefined {
  return surfaces.find(({ surface }) => surface === name);
}

/** Puts a document in place as a writer does. */
async function publish(path: string, document: unknown): Promise<void> {
  const temporary = await put(dir, `${path}.tmp`, document);
  await rename(temporary, join(dir, path));
}

async function ended({ child, ended: end }: Running, signal: NodeJS.Signals = 'SIGINT'): Promise<string> {
  child.kill(signal);
  const { exit, out, err } = await end;
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  return out;
}

describe('watch --once', () => {
  it('says in which states the surfaces are and what their documents hold', async () => {
    await put(dir, 'state/nav.json', { ...navDocument(), moon: 1 });
    await put(dir, 'state/positions.json', '[{"sym');
    await put(dir, 'execution/nav_history.jsonl', `${navLine(Date.now() / 1000)}${navLine(1).slice(0, 20)}`);
    const { exit, out } = await cli(['watch', dir, '--once', '--json']);
    expect(exit).toBe(0);
    const { events, report } = records(out);
    expect(report).toMatchObject({ ok: false, failed_on: null });
    expect(surfaceOf(report, 'nav')).toMatchObject({
      state: 'fresh',
      documents: 1,
      invalid: 0,
      shapes: { canonical: 1 },
      undeclared: [{ pointer: '/moon', occurs: 1 }],
    });
    const fields = surfaceOf(report, 'nav')?.fields ?? [];
    expect(fields.find(({ pointer }) => pointer === '/aum/futures')).toMatchObject({ occurs: 1, known: 1, share: 1 });
    expect(fields.find(({ pointer }) => pointer === '/nav_health_snapshot')).toMatchObject({ occurs: 1, known: 0 });
    expect(surfaceOf(report, 'positions')).toMatchObject({ state: 'unreadable', documents: 1, invalid: 1 });
    expect(surfaceOf(report, 'nav_history')).toMatchObject({ state: 'fresh', documents: 1, invalid: 0 });
    expect(surfaceOf(report, 'router_health')).toMatchObject({ state: 'never', documents: 0 });
    const met = report.findings.map(({ finding }) => `${finding.surface} ${finding.rule}`).toSorted();
    expect(met).toEqual(['nav undeclared-field', 'positions json-syntax']);
    expect(events.map(({ event }) => event).toSorted()).toEqual(['finding', 'finding', 'state', 'state', 'state']);
  });

  it('prints a table, what was never known, and what was found how often', async () => {
    await put(dir, 'state/nav.json', navDocument());
    await put(dir, 'execution/nav_history.jsonl', '{"x":1}\n{"x":2}\n');
    const { exit, out, err } = await cli(['watch', dir, '--once']);
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    expect(out).not.toContain('\u001b');
    expect(out).toMatch(/^nav +FRESH +\d+\.\d s +1 +0 +\d+ of \d+ +0 {2}1 canonical$/m);
    expect(out).toMatch(/^nav_history +INVALID +- +2 +2 /m);
    expect(out).toMatch(/^never published: .*router_health/m);
    expect(out).toMatch(/^ {2}never known \(\d+\): .*\/nav_health_snapshot/m);
    expect(out).toMatch(/^2x {2}error {2}unrecognised-shape {2}nav_history$/m);
  });

  it.each([
    ['error', 'an invalid document', { ...navDocument(), nav_total: 'much' }, 5],
    ['error', 'a stale one', navDocument(5_000), 0],
    ['warning', 'a stale one', navDocument(5_000), 5],
    ['stale', 'a stale one', navDocument(5_000), 5],
    ['stale', 'a fresh one', navDocument(), 0],
    ['stale,invalid', 'an invalid one', { ...navDocument(), nav_total: 'much' }, 5],
    ['skewed', 'one of the future', navDocument(-600), 5],
    ['undeclared', 'one with a key too many', { ...navDocument(), moon: 1 }, 5],
    ['unreadable', 'a torn one', '{"nav', 5],
    ['never', 'one, and none of other surfaces', navDocument(), 5],
  ])('judges by --fail-on %s %s', async (condition, _what, document, expected) => {
    await put(dir, 'state/nav.json', document);
    const { exit, err } = await cli(['watch', dir, '--once', '--fail-on', condition]);
    expect(exit).toBe(expected);
    if (expected === 5) expect(err).toMatch(/^failed on: /);
  });

  it('exits 2 where a condition is none, and 3 where there is no directory', async () => {
    const wrong = await cli(['watch', dir, '--fail-on', 'error,rain']);
    expect(wrong).toMatchObject({ exit: 2, out: '' });
    expect(wrong.err).toContain('expected one or more of error, warning, stale');
    expect(await cli(['watch', join(dir, 'nowhere')])).toMatchObject({ exit: 3, out: '' });
  });

  it.skipIf(!existsSync(corpus))('counts every line and document of a real executor', async () => {
    cpSync(join(corpus, 'real-state'), dir, { recursive: true });
    const { report } = records((await cli(['watch', dir, '--once', '--json'])).out);
    const files = readdirSync(join(dir, 'state')).map((file) => file.replace('.json', ''));
    const met = report.surfaces.filter(({ surface, documents }) => files.includes(surface) && documents === 1);
    expect(met.length).toBeGreaterThan(10);
    for (const { surface, shapes, known } of met) {
      expect(Object.keys(shapes), surface).toHaveLength(1);
      expect(known, surface).toBeGreaterThan(0);
    }
    expect(surfaceOf(report, 'orders_executed')).toMatchObject({ documents: 13, shapes: { v7: 13 } });
  });
});

describe('watch', () => {
  it('tells of every change of state, and of a finding once, until it is interrupted', async () => {
    await publish('state/nav.json', navDocument());
    const running = start(['watch', dir, '--json']);
    await running.printed('"from":null,"to":"fresh"');
    await publish('state/nav.json', { ...navDocument(), nav_total: 'much' });
    await running.printed('"from":"fresh","to":"invalid"');
    await publish('state/nav.json', navDocument(-600));
    await running.printed('"from":"invalid","to":"skewed"');
    await publish('state/nav.json', { ...navDocument(), nav_total: 'more' });
    await running.printed('"from":"skewed","to":"invalid"');
    await publish('state/nav.json', navDocument(7_200));
    await running.printed('"from":"invalid","to":"stale"');
    await rm(join(dir, 'state/nav.json'));
    await running.printed('"from":"stale","to":"never"');
    const { events, report } = records(await ended(running));
    const found = events.flatMap(({ finding }) => (finding === undefined ? [] : [(finding as { rule: string }).rule]));
    expect(found).toEqual(['type-mismatch', 'timestamp-future', 'document-stale']);
    expect(report.findings.map(({ count }) => count)).toEqual([2, 1, 1]);
    expect(surfaceOf(report, 'nav')).toMatchObject({ documents: 5, invalid: 2 });
  });

  it('lets a document grow stale without reading its file again', async () => {
    const running = start(['watch', dir]);
    await publish('execution/nav_history.jsonl', navLine(Date.now() / 1000));
    await running.printed('  nav_history  ');
    await publish('state/nav.json', navDocument(3_592));
    await running.printed('  nav  never -> fresh  ');
    await running.printed('  nav  fresh -> stale  ');
    const out = await ended(running, 'SIGTERM');
    expect(out).toContain('[document-stale]');
    expect(out).toMatch(/^nav +STALE +60 min +1 +0 /m);
  });

  it('follows ledgers over a torn line, and through a rotation', async () => {
    const ledger = await put(dir, 'execution/nav_history.jsonl', navLine(1));
    const running = start(['watch', dir, '--json']);
    await running.printed('"surface":"nav_history"');
    const line = navLine(Date.now() / 1000);
    await appendFile(ledger, line.slice(0, 30));
    await delay(500);
    await appendFile(ledger, line.slice(30));
    await running.printed('"to":"fresh"');
    await rename(ledger, `${ledger}.old`);
    await put(dir, 'execution/nav_history.jsonl', 'not json\n');
    await running.printed('json-syntax');
    const { report } = records(await ended(running));
    expect(surfaceOf(report, 'nav_history')).toMatchObject({ documents: 3, invalid: 1, state: 'invalid' });
  });

  it('ends at once with 5 where a condition is met, and after --for with 0 where none is', async () => {
    const running = start(['watch', dir, '--fail-on', 'error']);
    await put(dir, 'execution/nav_history.jsonl', 'not json\n');
    const { exit, err } = await running.ended;
    expect({ exit, err }).toEqual({ exit: 5, err: 'failed on: error\n' });
    expect((await cli(['watch', dir, '--for', '1'])).exit).toBe(0);
  });

  it('keeps up with an executor at speed, and finds nothing wrong with it', async () => {
    const executor = start(['demo', '--dir', dir, '--seconds', '20', '--rate', '200', '--port', '0']);
    await executor.printed(' fresh');
    const { exit, out, err } = await cli(['watch', join(dir, 'logs'), '--for', '5', '--fail-on', 'error', '--json']);
    executor.child.kill('SIGINT');
    await executor.ended;
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    const { report } = records(out);
    expect(report).toMatchObject({ ok: true });
    for (const { surface, documents, undeclared } of report.surfaces) {
      expect(documents, surface).toBeGreaterThan(0);
      expect(undeclared, surface).toEqual([]);
    }
  });
});

describe.skipIf(!existsSync(SCRIPT))('watch on a screen', () => {
  it.each([
    ['in colour', '', true],
    ['without colour where NO_COLOR is set', '1', false],
  ])('redraws the table in place, %s, fits the screen, and gives it back', async (_name, noColour, isPainted) => {
    await put(dir, 'state/nav.json', { ...navDocument(), moon: 1 });
    await put(dir, 'execution/nav_history.jsonl', 'x\n'.repeat(50));
    const command = `stty rows 6 cols 60; "${process.execPath}" packages/cli/bin/hedge-telemetry.js watch "${dir}" --for 4`;
    const out = execFileSync(SCRIPT, ['-qec', command, '/dev/null'], {
      cwd: join(import.meta.dirname, '../../../..'),
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: noColour, TERM: 'xterm' },
    });
    const [, drawn = '', after = ''] = /\u001b\[\?25l([^]+)\u001b\[\?7h\u001b\[\?25h([^]*)$/.exec(out) ?? [];
    const frames = drawn.split('\u001b[H').slice(1, -1);
    expect(frames.length).toBeGreaterThan(1);
    for (const frame of frames) expect(frame.split('\n').length).toBeLessThanOrEqual(6);
    expect(frames.at(-1)).toContain('Ctrl-C ends');
    expect(frames.at(-1)).toContain('FRESH');
    expect(out.includes('\u001b[32mFRESH')).toBe(isPainted);
    expect(after).toContain('undeclared (1): /moon 1x');
  });
});
