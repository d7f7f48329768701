import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lacks, ledgerBench, lines, makeFifo, numbers, range, writeAll } from '../../test/disk.js';
import type { LedgerBench } from '../../test/disk.js';
import { mountTmpfs } from '../../test/tmpfs.js';

const DONE = { bytes: expect.any(Number) as number, lines: expect.any(Number) as number, failure: null };

function failedWith(actual: string): object {
  return {
    bytes: 0,
    lines: 0,
    failure: { rule: 'write-failed', level: 'error', surface: 'events', file: 'logs/execution/events.jsonl', actual },
  };
}

it('makes the file and its directory, and appends whole lines in order', () => {
  const { file, target, heard } = ledgerBench();
  const first = lines(1, 3);
  expect(target.write(first)).toEqual({ bytes: first.length, lines: 3, failure: null });
  expect(target.write(lines(4, 5_000))).toEqual({ ...DONE, lines: 4_997 });
  expect([target.sync(), target.close()]).toEqual([null, null]);
  expect(numbers(file)).toEqual(range(1, 5_000));
  expect((statSync(file).mode & 0o777).toString(8)).toBe((0o644 & ~process.umask()).toString(8));
  expect(heard).toEqual([]);
});

it('takes a batch out of memory that is shared between threads', () => {
  const { file, target } = ledgerBench();
  const batch = new Uint8Array(new SharedArrayBuffer(64));
  batch.set(lines(1, 1));
  expect(target.write(batch)).toEqual({ bytes: lines(1, 1).length, lines: 1, failure: null });
  expect(numbers(file)).toEqual([1]);
});

it('opens the file anew after close', () => {
  const { file, target } = ledgerBench();
  target.write(lines(1, 1));
  target.close();
  expect(target.write(lines(2, 2))).toEqual(DONE);
  expect(numbers(file)).toEqual([1, 2]);
});

describe('a file that ends in the middle of a line', () => {
  it.each([
    ['nothing', '', []],
    ['whole lines', '{"n":0}\n', []],
    ['the beginning of a record', '{"n":0}\n{"n":', ['the beginning of a record', 'offset 8']],
    ['a record without its newline', '{"n":0}', ['the beginning of a record', 'offset 0']],
    ['zero bytes', `{"n":0}\n{"n${'\0'.repeat(9000)}`, ['zero bytes of a power loss', 'offset 4915']],
  ])('keeps %s as it is, starts on a line of its own, and says so once', (_title, content, said) => {
    const { file, target, heard, rules } = ledgerBench(content);
    target.write(lines(1, 2));
    target.write(lines(3, 3));
    const ended = content === '' || content.endsWith('\n') ? content : `${content}\n`;
    expect(readFileSync(file, 'utf8')).toBe(ended + lines(1, 3).toString());
    expect(rules()).toEqual(said.length === 0 ? [] : ['ledger-line-ended']);
    for (const text of said) expect(`${heard[0]?.message} ${heard[0]?.actual}`).toContain(text);
  });

  it('is ended also when another process leaves it while the file is open', () => {
    const { file, target, rules } = ledgerBench();
    target.write(lines(1, 1));
    appendFileSync(file, '{"torn');
    target.write(lines(2, 2));
    appendFileSync(file, '{"torn');
    target.write(lines(3, 3));
    expect(numbers(file)).toEqual([1, null, 2, null, 3]);
    expect(rules()).toEqual(['ledger-shared', 'ledger-line-ended', 'ledger-line-ended']);
  });
});

describe('a file that another process moves or cuts', () => {
  it('is followed to a new one when it is renamed, and the old one keeps its lines', () => {
    const { file, target, rules } = ledgerBench();
    target.write(lines(1, 3));
    renameSync(file, `${file}.1`);
    target.write(lines(4, 6));
    expect(numbers(`${file}.1`)).toEqual([1, 2, 3]);
    expect(numbers(file)).toEqual([4, 5, 6]);
    expect(rules()).toEqual(['ledger-moved']);
  });

  it('is followed when another file has its name already', () => {
    const { file, target } = ledgerBench();
    target.write(lines(1, 3));
    renameSync(file, `${file}.1`);
    writeFileSync(file, lines(100, 100));
    target.write(lines(4, 4));
    expect(numbers(file)).toEqual([100, 4]);
    expect(numbers(`${file}.1`)).toEqual([1, 2, 3]);
  });

  it.each([
    ['it', (file: string) => rmSync(file)],
    ['its directory', (file: string) => rmSync(path.dirname(file), { recursive: true })],
  ])('is made anew when %s is removed', (_title, remove) => {
    const { file, target } = ledgerBench();
    target.write(lines(1, 1));
    remove(file);
    expect(target.write(lines(2, 2))).toEqual(DONE);
    expect(numbers(file)).toEqual([2]);
    expect(target.sync()).toBeNull();
  });

  it.each([
    ['to nothing', 0, [4, 5]],
    ['in the middle of a line', lines(1, 1).length + 4, [1, null, 4, 5]],
  ])('is appended to when it is copied and cut %s, which is reported once', (_title, size, left) => {
    const { file, target, heard } = ledgerBench();
    target.write(lines(1, 3));
    copyFileSync(file, `${file}.1`);
    truncateSync(file, size);
    target.write(lines(4, 4));
    target.write(lines(5, 5));
    expect(numbers(file)).toEqual(left);
    expect(heard.filter(({ rule }) => rule === 'ledger-truncated')).toMatchObject([
      { level: 'warning', expected: `${lines(1, 3).length} bytes`, actual: `${size} bytes` },
    ]);
  });

  it('is appended to when another process writes to it, which is reported once', () => {
    const { file, target, rules } = ledgerBench();
    target.write(lines(1, 1));
    for (const n of [2, 4]) {
      appendFileSync(file, lines(n, n));
      target.write(lines(n + 1, n + 1));
    }
    expect(numbers(file)).toEqual(range(1, 5));
    expect(rules()).toEqual(['ledger-shared']);
  });
});

describe('something else in place of the file', () => {
  it.each([
    ['FIFO', makeFifo, 'not a regular file'],
    ['symbolic link', (file: string) => plantLink(file, '../elsewhere'), 'ELOOP'],
    ['dangling link', (file: string) => plantLink(file, 'nowhere'), 'ELOOP'],
    ['link to /dev/full', (file: string) => plantLink(file, '/dev/full'), 'ELOOP'],
    ['directory', (file: string) => void mkdirSync(file, { recursive: true }), 'EISDIR'],
  ])('is reported where it is a %s, and written to once it is gone', (_title, plant, actual) => {
    const { dir, file, target } = ledgerBench();
    mkdirSync(dir);
    writeFileSync(path.join(dir, 'elsewhere'), 'untouched');
    plant(file);
    expect(target.write(lines(1, 2))).toMatchObject(failedWith(actual));
    expect(lstatSync(file).isFile()).toBe(false);
    expect(existsSync(path.join(path.dirname(file), 'nowhere'))).toBe(false);
    rmSync(file, { recursive: true });
    expect(target.write(lines(1, 2))).toEqual({ ...DONE, lines: 2 });
    expect(readFileSync(path.join(dir, 'elsewhere'), 'utf8')).toBe('untouched');
    expect(numbers(file)).toEqual([1, 2]);
  });

  it('is reported where it is a device', ({ skip }) => {
    const { file, target } = ledgerBench('');
    rmSync(file);
    const unavailable = lacks('mknod', file, 'c', '1', '7');
    if (unavailable !== null) return skip(unavailable);
    expect(target.write(lines(1, 2))).toMatchObject(failedWith('not a regular file'));
  });

  it('is reported where it takes the place of an open file', () => {
    const { file, target } = ledgerBench();
    target.write(lines(1, 1));
    rmSync(file);
    plantLink(file, '/dev/full');
    expect(target.write(lines(2, 2))).toMatchObject(failedWith('ELOOP'));
  });

  function plantLink(file: string, to: string): void {
    mkdirSync(path.dirname(file), { recursive: true });
    symlinkSync(to, file);
  }
});

it('does nothing but append to a file that the kernel holds append-only', ({ skip }) => {
  const { file, target, rules } = ledgerBench('{"n":0}\n{"torn', { rotation: { maxBytes: 100 } });
  const unavailable = lacks('chattr', '+a', file);
  if (unavailable !== null) return skip(unavailable);
  onTestFinished(() => void spawnSync('chattr', ['-a', file]));
  expect(target.write(lines(1, 20))).toEqual({ ...DONE, lines: 20 });
  expect(target.write(lines(21, 40))).toEqual({ ...DONE, lines: 20 });
  expect([target.sync(), target.close()]).toEqual([null, null]);
  expect(numbers(file)).toEqual([0, null, ...range(1, 40)]);
  expect(rules()).toEqual(['ledger-line-ended', 'rotation-failed']);
});

describe('on a full disk', () => {
  function full(): (LedgerBench & { filler: string }) | string {
    const bench = ledgerBench();
    mkdirSync(bench.dir);
    const unavailable = mountTmpfs(bench.dir, '128k');
    if (unavailable !== null) return unavailable;
    const filler = path.join(bench.dir, 'filler');
    writeFileSync(filler, Buffer.alloc(96 * 1024));
    return { ...bench, filler };
  }

  const batch = lines(1, 1000, 'x'.repeat(40));

  it('counts the whole lines that fitted, and continues the line that was cut', ({ skip }) => {
    const bench = full();
    if (typeof bench === 'string') return skip(bench);
    const { file, target, filler } = bench;
    const result = target.write(batch);
    expect(result.failure).toMatchObject({ rule: 'write-failed', actual: 'ENOSPC' });
    const there = readFileSync(file);
    expect(there).toEqual(batch.subarray(0, there.length));
    expect(result.bytes).toBe(there.lastIndexOf('\n') + 1);
    expect(result.bytes).toBeLessThan(there.length);
    expect(result.lines).toBe(numbers(file).length);
    rmSync(filler);
    expect(writeAll(target, batch.subarray(result.bytes))).toEqual([{ ...DONE, lines: 1000 - result.lines }]);
    expect(readFileSync(file)).toEqual(batch);
  });

  it('makes progress a little at a time where room comes a little at a time, also on one line of many pages', ({
    skip,
  }) => {
    const bench = full();
    if (typeof bench === 'string') return skip(bench);
    const { file, target, filler } = bench;
    const long = lines(1, 2, 'y'.repeat(50_000));
    const results = [];
    let rest = long;
    for (let size = 96; size >= 0 && rest.length > 0; size -= 8) {
      truncateSync(filler, size * 1024);
      const result = target.write(rest);
      results.push(result);
      rest = rest.subarray(result.bytes);
    }
    expect(results.length).toBeGreaterThan(4);
    expect(results.slice(0, -1).map(({ failure }) => failure?.actual)).toEqual(results.slice(1).map(() => 'ENOSPC'));
    expect(results.reduce((sum, { lines }) => sum + lines, 0)).toBe(2);
    expect(readFileSync(file)).toEqual(long);
  });

  it.each([
    ['another process wrote behind it', (file: string) => appendFileSync(file, ' from elsewhere')],
    ['the file was cut', (file: string) => truncateSync(file, statSync(file).size - 3)],
  ])('writes a cut line anew where %s', (_title, disturb) => {
    const bench = full();
    if (typeof bench === 'string') return;
    const { file, target, filler } = bench;
    const { bytes, lines: count } = target.write(batch);
    rmSync(filler);
    disturb(file);
    expect(writeAll(target, batch.subarray(bytes))).toEqual([DONE]);
    expect(numbers(file)).toEqual([...range(1, count), null, ...range(count + 1, 1000)]);
  });

  it('writes a cut line anew in a new file where the old one was renamed', ({ skip }) => {
    const bench = full();
    if (typeof bench === 'string') return skip(bench);
    const { file, target, filler } = bench;
    const { bytes, lines: count } = target.write(batch);
    rmSync(filler);
    renameSync(file, `${file}.1`);
    expect(writeAll(target, batch.subarray(bytes))).toEqual([DONE]);
    expect(numbers(file)).toEqual(range(count + 1, 1000));
    expect(numbers(`${file}.1`)).toEqual(range(1, count));
  });
});

describe('on a file system of its own', () => {
  it('keeps its lines where there are no inodes, and writes them once there are', ({ skip }) => {
    const { dir, file, target } = ledgerBench();
    mkdirSync(dir);
    const unavailable = mountTmpfs(dir, '128k,nr_inodes=3');
    if (unavailable !== null) return skip(unavailable);
    writeFileSync(path.join(dir, 'a'), '');
    expect(target.write(lines(1, 2)).failure).toMatchObject({ rule: 'write-failed', actual: 'ENOSPC' });
    spawnSync('mount', ['-o', 'remount,nr_inodes=20', dir]);
    expect(writeAll(target, lines(1, 2))).toEqual([{ ...DONE, lines: 2 }]);
    expect(numbers(file)).toEqual([1, 2]);
  });

  it('keeps its lines where it is mounted read-only, and writes them once it is not', ({ skip }) => {
    const { dir, file, target } = ledgerBench();
    mkdirSync(dir);
    const unavailable = mountTmpfs(dir, '128k');
    if (unavailable !== null) return skip(unavailable);
    target.write(lines(1, 1));
    target.close();
    const remount = lacks('mount', '-o', 'remount,ro', dir);
    if (remount !== null) return skip(remount);
    expect(target.write(lines(2, 3)).failure).toMatchObject({ rule: 'write-failed', actual: 'EROFS' });
    spawnSync('mount', ['-o', 'remount,rw', dir]);
    expect(writeAll(target, lines(2, 3))).toEqual([{ ...DONE, lines: 2 }]);
    expect(numbers(file)).toEqual([1, 2, 3]);
  });
});
