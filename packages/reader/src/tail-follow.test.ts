import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEntry } from './ledger-entry.js';
import { createReader } from './reader.js';

type Step = string | number | undefined;

let dir: string;
let path: string;
let abort: AbortController;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reader-follow-'));
  path = join(dir, 'execution', 'nav_history.jsonl');
  await mkdir(dirname(path));
  abort = new AbortController();
});

afterEach(async () => {
  abort.abort();
  await rm(dir, { recursive: true, force: true });
});

function point(ts: number): string {
  return `${JSON.stringify({ ts, nav_total: 1 })}\n`;
}

/** Follows the ledger; each call waits for as many entries and gives their ts, or the rule that was broken. */
function follow(from = 0): (count: number) => Promise<Step[]> {
  const entries = createReader({ dir }).tail('nav_history', { follow: true, from, signal: abort.signal });
  const iterator = entries[Symbol.asyncIterator]();
  return async (count) => {
    const steps: Step[] = [];
    while (steps.length < count) {
      const { value } = (await iterator.next()) as { value: LedgerEntry<'nav_history'> };
      steps.push(value.record?.ts ?? value.findings[0]?.rule);
    }
    return steps;
  };
}

describe('tail with follow', () => {
  it('waits for the file and for lines', async () => {
    const next = follow();
    setTimeout(() => void writeFile(path, point(1)), 50);
    expect(await next(1)).toEqual([1]);
    await appendFile(path, point(2) + point(3));
    expect(await next(2)).toEqual([2, 3]);
  });

  it('yields a line only when its newline is there', async () => {
    const next = follow();
    await writeFile(path, point(1) + point(2).slice(0, 9));
    expect(await next(1)).toEqual([1]);
    const second = next(1);
    await new Promise((done) => setTimeout(done, 250));
    await appendFile(path, point(2).slice(9));
    expect(await second).toEqual([2]);
  });

  it('starts again when the file is truncated', async () => {
    const next = follow();
    await writeFile(path, point(1) + point(2));
    expect(await next(2)).toEqual([1, 2]);
    await truncate(path, 0);
    await appendFile(path, point(3));
    expect(await next(1)).toEqual([3]);
  });

  it('starts again when the file is rewritten with other content of the same length', async () => {
    const next = follow();
    await writeFile(path, point(1) + point(2));
    expect(await next(2)).toEqual([1, 2]);
    await writeFile(path, point(3) + point(4));
    expect(await next(2)).toEqual([3, 4]);
  });

  it('reads a rotated file to its end and then the new one', async () => {
    const next = follow();
    await writeFile(path, point(1));
    expect(await next(1)).toEqual([1]);
    await appendFile(path, point(2));
    await rename(path, `${path}.1`);
    await appendFile(`${path}.1`, point(3));
    await writeFile(path, point(4));
    expect(await next(3)).toEqual([2, 3, 4]);
  });

  it('goes on where it was when a writer replaces the file by a longer copy', async () => {
    const next = follow();
    await writeFile(path, point(1) + point(2));
    expect(await next(2)).toEqual([1, 2]);
    for (let ts = 3; ts < 6; ts += 1) {
      await writeFile(`${path}.tmp`, (await readFile(path, 'utf8')) + point(ts));
      await rename(`${path}.tmp`, path);
      expect(await next(1)).toEqual([ts]);
    }
  });

  it('reports a torn last line that is never completed', async () => {
    const next = follow();
    await writeFile(path, point(1) + point(2).slice(0, 9));
    expect(await next(1)).toEqual([1]);
    await writeFile(`${path}.new`, point(3));
    await rename(`${path}.new`, path);
    expect(await next(2)).toEqual(['line-unterminated', 3]);
  });

  it('says once why the file cannot be read, and reads it when it can', async () => {
    execFileSync('mkfifo', [path]);
    const next = follow();
    expect(await next(1)).toEqual(['file-unreadable']);
    const second = next(1);
    await new Promise((done) => setTimeout(done, 250));
    await rm(path);
    await writeFile(path, point(1));
    expect(await second).toEqual([1]);
  });

  it('goes on from an offset', async () => {
    await writeFile(path, point(1) + point(2));
    const next = follow(point(1).length);
    expect(await next(1)).toEqual([2]);
  });

  it('ends quietly when it is aborted while it waits', async () => {
    await writeFile(path, point(1));
    const seen: (number | undefined)[] = [];
    for await (const { record } of createReader({ dir }).tail('nav_history', { follow: true, signal: abort.signal })) {
      seen.push(record?.ts);
      setTimeout(() => abort.abort(), 20);
    }
    expect(seen).toEqual([1]);
  });
});
