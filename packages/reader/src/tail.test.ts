import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { MAX_LINE_BYTES } from '@hedge-telemetry/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LedgerEntry } from './ledger-entry.js';
import { createReader } from './reader.js';
import type { TailOptions } from './tail.js';

let dir: string;
let path: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reader-tail-'));
  path = join(dir, 'execution', 'nav_history.jsonl');
  await mkdir(dirname(path));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

function point(ts: number, nav_total: number | null = 1): string {
  return `${JSON.stringify({ schema: 'nav_history_v1', ts, nav_total })}\n`;
}

async function all(options?: TailOptions): Promise<LedgerEntry<'nav_history'>[]> {
  const entries: LedgerEntry<'nav_history'>[] = [];
  for await (const entry of createReader({ dir }).tail('nav_history', options)) entries.push(entry);
  return entries;
}

function times(entries: readonly LedgerEntry<'nav_history'>[]): (number | undefined)[] {
  return entries.map(({ record }) => record?.ts);
}

describe('tail', () => {
  it('yields the records in file order with their place', async () => {
    await writeFile(path, point(1, 0) + point(2, null));
    const first = point(1, 0);
    expect(await all()).toEqual([
      {
        ledger: 'nav_history',
        line: 1,
        offset: 0,
        end: first.length,
        record: { schema: 'nav_history_v1', ts: 1, nav_total: 0 },
        raw: first.trimEnd(),
        dialect: 'canonical',
        version: '1.0.0',
        findings: [],
      },
      expect.objectContaining({
        line: 2,
        offset: first.length,
        record: { schema: 'nav_history_v1', ts: 2, nav_total: null },
      }),
    ]);
  });

  it('yields nothing for a missing and for an empty file', async () => {
    expect(await all()).toEqual([]);
    await writeFile(path, '');
    expect(await all()).toEqual([]);
  });

  it('reads CRLF and passes over blank lines, which count as lines', async () => {
    await writeFile(path, `${point(1).replace('\n', '\r\n')}\n \t\r\n${point(4)}`);
    expect((await all()).map(({ line, record }) => [line, record?.ts])).toEqual([
      [1, 1],
      [4, 4],
    ]);
  });

  it('yields a line that is not understood with findings and goes on', async () => {
    await writeFile(
      path,
      `${point(1)}{"ts": 2, "nav\n{"hello":"world"}\n{"ts":"x","nav_total":1}\n[]\n\u0000\u0000\n${point(6)}`,
    );
    const entries = await all();
    expect(entries.map(({ line, record, findings }) => [line, record?.ts ?? null, findings[0]?.rule])).toEqual([
      [1, 1, undefined],
      [2, null, 'json-syntax'],
      [3, null, 'unrecognised-shape'],
      [4, null, 'type-mismatch'],
      [5, null, 'unrecognised-shape'],
      [6, null, 'json-syntax'],
      [7, 6, undefined],
    ]);
    expect(entries[3]).toMatchObject({
      raw: '{"ts":"x","nav_total":1}',
      findings: [{ surface: 'nav_history', file: path, line: 4, pointer: '/ts' }],
    });
  });

  it('yields two records that share a line as one broken line', async () => {
    await writeFile(path, point(1).trimEnd() + point(2) + point(3));
    expect(times(await all())).toEqual([undefined, 3]);
  });

  it('yields a line that is not UTF-8 without its text', async () => {
    await writeFile(
      path,
      Buffer.concat([Buffer.from('{"ts":1,"nav_total":"'), Buffer.from([0xff]), Buffer.from('"}\n')]),
    );
    expect(await all()).toMatchObject([{ line: 1, record: null, raw: null, findings: [{ rule: 'json-encoding' }] }]);
  });

  it('keeps every digit of an id beyond 2^53 that was written as a number', async () => {
    const line =
      '{"event_type":"order_fill","ts":"2025-10-21T04:11:52Z","symbol":"AVAXUSDT","side":"BUY","orderId":8400000000000001234,"executedQty":2.5,"avgPrice":31.45,"status":"FILLED"}';
    await writeFile(join(dir, 'execution/orders_executed.jsonl'), `${line}\n`);
    const records: unknown[] = [];
    for await (const { record } of createReader({ dir }).tail('orders_executed')) records.push(record);
    expect(records).toMatchObject([{ orderId: '8400000000000001234' }]);
  });

  it('reports a last line without a newline and yields no record of it', async () => {
    await writeFile(path, point(1) + point(2).trimEnd());
    const [, rest] = await all();
    expect(rest).toMatchObject({
      line: 2,
      record: null,
      raw: point(2).trimEnd(),
      findings: [{ rule: 'line-unterminated' }],
    });
    expect(rest?.offset).toBe(point(1).length);
  });

  it('reports a line that is too long and goes on after it', async () => {
    await writeFile(path, `${point(1)}"${'x'.repeat(MAX_LINE_BYTES)}"\n${point(3)}`);
    const [first, long, last] = await all();
    expect([first?.record?.ts, last?.record?.ts]).toEqual([1, 3]);
    expect(long).toMatchObject({ line: 2, record: null, raw: null, findings: [{ rule: 'line-too-long', line: 2 }] });
    expect(long?.end).toBe(last?.offset);
  });

  it('passes over 256 MB without a newline in bounded memory', async () => {
    const handle = await open(path, 'w');
    await handle.write(point(1), 0);
    await handle.truncate(256 * 1024 * 1024);
    await handle.write(`\n${point(3)}`, 256 * 1024 * 1024);
    await handle.close();
    const before = process.memoryUsage().rss;
    const entries = await all();
    expect(entries.map(({ line, record }) => [line, record?.ts])).toEqual([
      [1, 1],
      [2, undefined],
      [3, 3],
    ]);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('goes on from the end of any entry', async () => {
    await writeFile(path, point(1) + point(2) + point(3));
    const whole = await all();
    for (const [index, { end }] of whole.entries()) {
      const rest = await all({ from: end });
      expect(rest.map(({ raw, offset }) => [raw, offset])).toEqual(
        whole.slice(index + 1).map(({ raw, offset }) => [raw, offset]),
      );
      expect(rest.every(({ line }) => line === null)).toBe(true);
    }
    expect(await all({ from: 1_000_000 })).toEqual([]);
  });

  it('refuses a start that is no byte offset', () => {
    const reader = createReader({ dir });
    for (const from of [-1, 0.5, NaN, Infinity]) expect(() => reader.tail('nav_history', { from })).toThrow(RangeError);
  });

  it('ends after the limit', async () => {
    await writeFile(path, point(1) + point(2) + point(3));
    expect(times(await all({ limit: 2 }))).toEqual([1, 2]);
    expect(await all({ limit: 0 })).toEqual([]);
  });

  it('yields nothing once it is aborted', async () => {
    await writeFile(path, point(1));
    expect(await all({ signal: AbortSignal.abort() })).toEqual([]);
    expect(await all({ signal: AbortSignal.abort(), follow: true })).toEqual([]);
  });

  it('yields lines across chunks whole', async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => point(index + 1)).join('');
    await writeFile(path, lines);
    expect(times(await all())).toEqual(Array.from({ length: 20_000 }, (_, index) => index + 1));
  });

  it('says why a path that is no plain file cannot be read, at once', async () => {
    execFileSync('mkfifo', [path]);
    expect(await all()).toMatchObject([
      { line: null, record: null, findings: [{ rule: 'file-unreadable', actual: 'a FIFO' }] },
    ]);
    await rm(path);
    await mkdir(path);
    expect(await all()).toMatchObject([{ findings: [{ rule: 'file-unreadable', file: path, actual: 'a directory' }] }]);
  });

  it('does not see what is appended after it has ended', async () => {
    await writeFile(path, point(1));
    const entries = createReader({ dir }).tail('nav_history')[Symbol.asyncIterator]();
    expect((await entries.next()).value?.record?.ts).toBe(1);
    expect((await entries.next()).done).toBe(true);
    await appendFile(path, point(2));
    expect((await entries.next()).done).toBe(true);
  });
});
