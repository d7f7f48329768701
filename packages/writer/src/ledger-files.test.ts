import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { fileOf, linesOf, navPoint, navTotals, temporaryDirectory } from '../test/fixtures.js';
import { mountTmpfs } from '../test/tmpfs.js';
import { createWriter } from './index.js';
import type { Finding, Writer } from './index.js';

const first = '{"schema":"nav_history_v1","ts":1764000000,"nav_total":0}';

interface SetUp {
  readonly dir: string;
  readonly file: string;
  readonly heard: Finding[];
  readonly writer: Writer;
}

function setUp(content?: string): SetUp {
  const dir = path.join(temporaryDirectory(), 'logs');
  const file = fileOf(dir, 'nav_history');
  if (content !== undefined) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const heard: Finding[] = [];
  const writer = createWriter({ dir, onFinding: (each) => heard.push(each) });
  onTestFinished(async () => {
    await writer.close();
  });
  return { dir, file, heard, writer };
}

function appendAll(writer: Writer, from: number, to: number): void {
  for (let total = from; total <= to; total += 1) writer.append('nav_history', navPoint(total));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

it('appends one line per record in the order of the calls, over several batches', async () => {
  const { file, writer } = setUp();
  appendAll(writer, 1, 15_000);
  await writer.flush();
  appendAll(writer, 15_001, 15_010);
  expect(await writer.close()).toEqual({ ok: true, findings: [] });
  expect(navTotals(file)).toEqual(range(1, 15_010));
  expect(writer.stats().ledgers.nav_history).toMatchObject({ appended: 15_010, written: 15_010, failed: 0 });
});

it.each([
  ['an empty file', '', []],
  ['whole lines', `${first}\n`, [first]],
  ['a torn last line', `${first}\n{"schema":"nav_hi`, [first, '{"schema":"nav_hi']],
  ['a last line that lacks only its newline', first, [first]],
])('leaves %s as it is and starts on a line of its own', async (_title, content, before) => {
  const { file, writer } = setUp(content);
  appendAll(writer, 1, 2);
  await writer.flush();
  expect(readFileSync(file, 'utf8').startsWith(content)).toBe(true);
  expect(linesOf(file).slice(0, -2)).toEqual(before);
  expect(linesOf(file).slice(-2)).toEqual([first.replace(':0}', ':1}'), first.replace(':0}', ':2}')]);
});

it('ends a torn line that another process leaves while the file is open', async () => {
  const { file, writer } = setUp();
  appendAll(writer, 1, 1);
  await writer.flush();
  appendFileSync(file, '{"torn');
  appendAll(writer, 2, 2);
  await writer.flush();
  expect(linesOf(file)[1]).toBe('{"torn');
  expect(linesOf(file)[2]).toContain('"nav_total":2');
});

it('goes on in a new file after a rotation', async () => {
  const { file, writer } = setUp();
  appendAll(writer, 1, 3);
  await writer.flush();
  renameSync(file, `${file}.1`);
  appendAll(writer, 4, 6);
  await writer.flush();
  expect(navTotals(`${file}.1`)).toEqual([1, 2, 3]);
  expect(navTotals(file)).toEqual([4, 5, 6]);
});

it.each([
  ['file', (file: string) => rmSync(file)],
  ['directory', (file: string) => rmSync(path.dirname(file), { recursive: true })],
])('makes a new file where the %s was removed', async (_title, remove) => {
  const { file, writer } = setUp();
  appendAll(writer, 1, 1);
  await writer.flush();
  remove(file);
  appendAll(writer, 2, 2);
  expect(await writer.flush()).toMatchObject({ ok: true });
  expect(navTotals(file)).toEqual([2]);
});

it('goes on at the end of a file that was truncated', async () => {
  const { file, writer } = setUp();
  appendAll(writer, 1, 3);
  await writer.flush();
  truncateSync(file, 0);
  appendAll(writer, 4, 4);
  await writer.flush();
  expect(navTotals(file)).toEqual([4]);
});

it('keeps its lines where the file cannot be opened and writes them at the next append', async () => {
  const { dir, file, writer, heard } = setUp();
  writeFileSync(dir, '');
  appendAll(writer, 1, 3);
  expect(await writer.flush()).toMatchObject({
    ok: false,
    findings: [{ rule: 'write-failed', surface: 'nav_history', file: lockOf(file), actual: 'ENOTDIR' }],
  });
  expect(heard).toHaveLength(1);
  rmSync(dir);
  appendAll(writer, 4, 4);
  await expect.poll(() => existsSync(file) && linesOf(file).length).toBe(4);
  expect(navTotals(file)).toEqual([1, 2, 3, 4]);
  expect(writer.stats().ledgers.nav_history).toMatchObject({ appended: 4, written: 4 });
  expect(writer.stats().ledgers.nav_history.failed).toBeGreaterThan(0);
});

it('does not write into a FIFO, and does not hang on one', async () => {
  const { file, writer } = setUp('');
  rmSync(file);
  execFileSync('mkfifo', [file]);
  appendAll(writer, 1, 1);
  expect(await writer.flush()).toMatchObject({ ok: false, findings: [{ actual: 'not a regular file' }] });
  rmSync(file);
  expect(await writer.flush()).toMatchObject({ ok: true });
  expect(navTotals(file)).toEqual([1]);
});

it('does nothing to a file that the kernel holds append-only but append', async ({ skip }) => {
  const { file, writer } = setUp(`${first}\n{"torn`);
  const { status, stderr, error } = spawnSync('chattr', ['+a', file]);
  if (error !== undefined || status !== 0) return skip(`chattr +a fails: ${error?.message ?? String(stderr)}`);
  onTestFinished(() => {
    spawnSync('chattr', ['-a', file]);
  });
  appendAll(writer, 1, 2);
  expect(await writer.flush()).toEqual({ ok: true, findings: [] });
  expect(linesOf(file)).toHaveLength(4);
});

it('continues a line that a full disk cut, so that the ledger stays whole', async ({ skip }) => {
  const { dir, file, writer } = setUp();
  mkdirSync(dir);
  const unavailable = mountTmpfs(dir, '128k');
  if (unavailable !== null) return skip(unavailable);
  const filler = path.join(dir, 'filler');
  writeFileSync(filler, Buffer.alloc(96 * 1024));
  appendAll(writer, 1, 1000);
  expect(await writer.flush()).toMatchObject({ ok: false, findings: [{ rule: 'write-failed', actual: 'ENOSPC' }] });
  const cut = readFileSync(file, 'utf8');
  expect(cut.length).toBeGreaterThan(0);
  expect(cut.endsWith('\n')).toBe(false);
  appendAll(writer, 1001, 1001);
  rmSync(filler);
  expect(await writer.flush()).toMatchObject({ ok: true });
  expect(navTotals(file)).toEqual(range(1, 1001));
});

it('writes a cut line anew where another process wrote after it', async ({ skip }) => {
  const { dir, file, writer } = setUp();
  mkdirSync(dir);
  const unavailable = mountTmpfs(dir, '128k');
  if (unavailable !== null) return skip(unavailable);
  const filler = path.join(dir, 'filler');
  writeFileSync(filler, Buffer.alloc(96 * 1024));
  appendAll(writer, 1, 1000);
  await writer.flush();
  const cut = statSync(file).size;
  rmSync(filler);
  appendFileSync(file, ' from elsewhere');
  expect(await writer.flush()).toMatchObject({ ok: true });
  expect(readFileSync(file, 'utf8').slice(cut)).toMatch(/^ from elsewhere\n\{"schema"/);
  const whole = linesOf(file).filter((line) => !line.endsWith('elsewhere'));
  expect(whole.map((line) => (JSON.parse(line) as { nav_total: number }).nav_total)).toEqual(range(1, 1000));
});

function lockOf(file: string): string {
  return path.join(path.dirname(file), `.${path.basename(file)}.lock`);
}
