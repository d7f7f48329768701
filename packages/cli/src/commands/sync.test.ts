import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, navDocument, navLine, put, start } from '../../test/run-cli.js';

let root: string;
let from: string;
let to: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cli-sync-'));
  from = join(root, 'logs');
  to = join(root, 'mirror');
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('sync', () => {
  it('mirrors once and reports what it did', async () => {
    const file = await put(from, 'state/nav.json', navDocument());
    await put(from, 'execution/nav_history.jsonl', navLine(1));
    const { exit, out } = await cli(['sync', '--from', from, '--to', to, '--once', '--json']);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      mirrored: ['execution/nav_history.jsonl', 'state/nav.json'],
      lines: 1,
    });
    expect(await readFile(join(to, 'state/nav.json'))).toEqual(await readFile(file));
    expect((await cli(['sync', '--from', from, '--to', to, '--once'])).out).toMatch(/^0 mirrored, 2 unchanged/);
  });

  it('exits 5 and keeps the mirror where the source is torn', async () => {
    const good = await put(from, 'state/nav.json', navDocument());
    await cli(['sync', '--from', from, '--to', to, '--once']);
    const before = await readFile(good);
    await writeFile(good, before.subarray(0, 20));
    const { exit, out, err } = await cli(['sync', '--from', from, '--to', to, '--once']);
    expect(exit).toBe(5);
    expect(out).toMatch(/1 skipped.*2 files of the quarantine written/);
    expect(err).toContain('[json-syntax]');
    expect(await readFile(join(to, 'state/nav.json'))).toEqual(before);
  });

  it('exits 5 where a field is invalid: the document is mirrored, and withheld with --strict', async () => {
    const file = await put(from, 'state/nav.json', { ...navDocument(), nav_total: 'much' });
    const strict = await cli(['sync', '--from', from, '--to', to, '--once', '--strict']);
    expect(strict.exit).toBe(5);
    expect(strict.out).toContain('1 skipped');
    const { exit, out, err } = await cli(['sync', '--from', from, '--to', to, '--once']);
    expect(exit).toBe(5);
    expect(out).toContain('1 mirrored');
    expect(err).toContain('/nav_total is "much"');
    expect(await readFile(join(to, 'state/nav.json'))).toEqual(await readFile(file));
  });

  it('mirrors other files where they are included, and exits 2 where that leads out of the source', async () => {
    await put(from, 'state/equity.json', { a: 1 });
    await put(from, 'cache/peak.json', { a: 1 });
    const included = ['--include', 'state/*', '--include', 'cache', '--json'];
    const { exit, out } = await cli(['sync', '--from', from, '--to', to, '--once', ...included]);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ mirrored: ['cache/peak.json', 'state/equity.json'], undeclared: [] });
    expect(await cli(['sync', '--from', from, '--to', to, '--once', '--include', '../x'])).toMatchObject({ exit: 2 });
    expect(await cli(['sync', '--from', from, '--to', to, '--once', '--watch'])).toMatchObject({ exit: 2 });
  });

  it('exits 3 where the source is missing', async () => {
    expect(await cli(['sync', '--from', from, '--to', to, '--once'])).toMatchObject({ exit: 3, out: '' });
  });

  it('exits 4 where the mirror cannot be written', async () => {
    await put(from, 'state/nav.json', navDocument());
    await writeFile(to, '');
    expect(await cli(['sync', '--from', from, '--to', to, '--once'])).toMatchObject({ exit: 4 });
  });

  it('follows the source until it is interrupted', async () => {
    await put(from, 'state/nav.json', navDocument());
    const { child, printed, ended } = start(['sync', '--from', from, '--to', to, '--watch']);
    await printed('1 mirrored');
    await put(from, 'execution/nav_history.jsonl', navLine(1) + navLine(2));
    await printed('2 lines');
    expect(await reportIn(to)).toMatchObject({ ok: true, mode: 'follow' });
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ exit: 0 });
    expect(await reportIn(to)).toMatchObject({ ok: true, mode: 'once', lines_total: 2, lag_s: 0 });
    expect(await readFile(join(to, 'execution/nav_history.jsonl'), 'utf8')).toBe(navLine(1) + navLine(2));
  });
});

/** The report that a mirror leaves in its directory. */
async function reportIn(mirror: string): Promise<unknown> {
  return JSON.parse(await readFile(join(mirror, 'sync_report.json'), 'utf8'));
}
