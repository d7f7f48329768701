import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validateReaderView } from '@hedge-telemetry/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, navDocument, put } from '../../test/run-cli.js';

let dir: string;
let from: string;
let out: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-migrate-'));
  from = join(dir, 'logs');
  out = join(dir, 'new');
});

afterEach(() => rm(dir, { recursive: true, force: true }));

const probe = { engine_version: 'v7.4', intel_v6_enabled: true, ts: 1765000000.5 };

describe('migrate', () => {
  it('rewrites legacy documents into a new directory and keeps the bytes of those that need nothing', async () => {
    const nav = `${JSON.stringify(navDocument(), null, 3)}\n`;
    await put(from, 'state/nav.json', nav);
    const legacy = await readFile(await put(from, 'state/v6_runtime_probe.json', probe), 'utf8');
    await put(from, 'execution/events.jsonl', '{}\n');
    await put(from, 'nav.json', '{}');
    const { exit, out: printed, err } = await cli(['migrate', from, '--to', 'latest', '--out', out, '--json']);
    const report = JSON.parse(printed);
    expect(exit).toBe(0);
    expect(report).toMatchObject({
      ok: true,
      files: [
        { path: 'state/nav.json', surface: 'nav', from: 'v1', to: 1, outcome: 'copied', findings: [] },
        { path: 'state/v6_runtime_probe.json', from: 'v7', to: 1, outcome: 'migrated' },
      ],
      left: ['execution/events.jsonl', 'nav.json'],
    });
    expect(err).toContain('1 migrated, 1 copied, 0 refused, 2 left out');
    expect(await readFile(join(out, 'state/nav.json'), 'utf8')).toBe(nav);
    const migrated = JSON.parse(await readFile(join(out, 'state/v6_runtime_probe.json'), 'utf8'));
    expect(validateReaderView('v6_runtime_probe', migrated)).toEqual([]);
    expect(migrated).toMatchObject({ engine_version: 'v7.4', ts: 1765000000.5 });
    expect(await readFile(join(from, 'state/v6_runtime_probe.json'), 'utf8')).toBe(legacy);
  });

  it('writes what it can, says what it refuses and exits 5', async () => {
    await put(from, 'state/nav.json', navDocument());
    await put(from, 'state/positions.json', '[{"symbol":');
    const { exit, out: printed } = await cli(['migrate', from, '--to', '1', '--out', out]);
    expect(exit).toBe(5);
    expect(printed).toContain('state/positions.json: refused, not recognised -> v1');
    expect(printed).toContain('[json-syntax]');
    expect(await readdir(join(out, 'state'))).toEqual(['nav.json']);
  });

  it('refuses a version that the surface does not have', async () => {
    await put(from, 'state/nav.json', navDocument());
    const { exit, out: printed } = await cli(['migrate', from, '--to', 'nav=7', '--out', out, '--json']);
    expect(exit).toBe(5);
    expect(JSON.parse(printed).files[0].findings).toMatchObject([{ rule: 'migration-failed', expected: 'one of 1' }]);
  });

  it('takes a directory of state files and leaves surfaces that are not asked for', async () => {
    await put(from, 'nav.json', navDocument());
    await put(from, 'v6_runtime_probe.json', probe);
    const { exit } = await cli(['migrate', from, '--to', 'nav=1', '--out', out]);
    expect(exit).toBe(0);
    expect(await readdir(out)).toEqual(['nav.json']);
  });

  it.each([
    ['the directory itself', (): string => from],
    ['a directory within it', (): string => join(from, 'new')],
  ])('refuses to write into %s', async (_, place) => {
    await put(from, 'state/nav.json', navDocument());
    const { exit, err } = await cli(['migrate', from, '--to', '1', '--out', place()]);
    expect(exit).toBe(2);
    expect(err).toContain('lies in the directory that is read');
    expect(await readdir(from)).toEqual(['state']);
  });

  it('refuses to write into a directory that holds something', async () => {
    await put(from, 'state/nav.json', navDocument());
    await put(out, 'kept.txt', 'kept');
    const { exit } = await cli(['migrate', from, '--to', '1', '--out', out]);
    expect(exit).toBe(2);
    expect(await readdir(out)).toEqual(['kept.txt']);
  });

  it('refuses a version that is none', async () => {
    await put(from, 'state/nav.json', navDocument());
    expect((await cli(['migrate', from, '--to', 'v1', '--out', out])).exit).toBe(2);
  });

  it('exits 3 where there is nothing to migrate', async () => {
    await put(from, 'notes.txt', 'hello');
    expect((await cli(['migrate', from, '--to', '1', '--out', out])).exit).toBe(3);
    expect((await cli(['migrate', join(dir, 'none'), '--to', '1', '--out', out])).exit).toBe(3);
  });
});
