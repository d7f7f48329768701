import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli, navLine, put, start } from '../../test/run-cli.js';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-tail-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

const ledger = 'execution/nav_history.jsonl';

function entries(out: string): { line: number | null; end: number; record: { ts: number } | null }[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('tail', () => {
  it('prints a line per record', async () => {
    await put(dir, ledger, navLine(1) + navLine(2));
    expect(await cli(['tail', 'nav_history', '--dir', dir])).toEqual({
      exit: 0,
      out: '1  1  nav_total=1\n2  2  nav_total=1\n',
      err: '',
    });
  });

  it('prints an entry per line as JSON, from an offset and up to a limit', async () => {
    await put(dir, ledger, navLine(1) + navLine(2) + navLine(3));
    const all = entries((await cli(['tail', 'nav_history', '--dir', dir, '--json'])).out);
    expect(all.map(({ line, record }) => [line, record?.ts])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    const some = await cli([
      'tail',
      'nav_history',
      '--dir',
      dir,
      '--json',
      '--from',
      String(all[0]?.end),
      '--limit',
      '1',
    ]);
    expect(entries(some.out)).toMatchObject([{ line: null, record: { ts: 2 } }]);
  });

  it('says what is wrong with a line, goes on, and exits 5', async () => {
    const file = await put(dir, ledger, `${navLine(1)}{"ts":"x","nav_total":1}\n${navLine(3)}`);
    const { exit, out, err } = await cli(['tail', 'nav_history', '--dir', dir]);
    expect(exit).toBe(5);
    expect(out.split('\n')).toHaveLength(4);
    expect(err).toContain(`error ${file}:2: /ts is "x", expected number [type-mismatch]`);
  });

  it('exits 3 where the ledger is missing and 4 where it cannot be read', async () => {
    expect(await cli(['tail', 'nav_history', '--dir', dir])).toMatchObject({ exit: 3, out: '' });
    await mkdir(dirname(join(dir, ledger)));
    execFileSync('mkfifo', [join(dir, ledger)]);
    const { exit, err } = await cli(['tail', 'nav_history', '--dir', dir]);
    expect(exit).toBe(4);
    expect(err).toContain('a FIFO');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('follows the ledger until %s and exits 0', async (signal) => {
    const file = await put(dir, ledger, navLine(1));
    const { child, printed, ended } = start(['tail', 'nav_history', '--dir', dir, '--follow']);
    await printed('1  1  nav_total=1\n');
    await appendFile(file, navLine(2));
    await printed('2  2  nav_total=1\n');
    child.kill(signal);
    expect(await ended).toMatchObject({ exit: 0, err: '' });
  });
});
