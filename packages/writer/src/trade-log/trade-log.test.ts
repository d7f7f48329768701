import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MAX_LINE_BYTES } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../test/fixtures.js';
import { createTradeLog } from './trade-log.js';
import type { TradeLogQuery } from './query.js';

const NOW = Date.UTC(2025, 10, 24) / 1000;

let dir: string;
let file: string;

beforeEach(() => {
  dir = temporaryDirectory();
  mkdirSync(path.join(dir, 'execution'));
  file = path.join(dir, 'execution', 'orders_executed.jsonl');
});

/** Line n of the ledger: alternating symbols, one second apart. */
function line(n: number, extra: object = {}): string {
  return JSON.stringify({
    schema: 'orders_executed_v1', ts: new Date((NOW + n) * 1000).toISOString(), event_type: 'order_ack',
    symbol: n % 2 === 0 ? 'BTCUSDT' : 'ETHUSDT', side: 'BUY', orderId: String(Math.abs(n)), clientOrderId: null, request_qty: 1,
    order_type: 'MARKET', status: 'NEW', ...extra,
  }); // prettier-ignore
}

function lines(count: number, from = 0): string {
  return Array.from({ length: count }, (_, index) => `${line(from + index)}\n`).join('');
}

async function collect<T>(given: AsyncIterable<T>): Promise<T[]> {
  const all = [];
  for await (const each of given) all.push(each);
  return all;
}

async function ids(query: TradeLogQuery = {}): Promise<number[]> {
  const records = await collect(createTradeLog({ dir }).ordersExecuted(query));
  return records.flatMap((record) => (record.event_type === 'order_ack' ? [Number(record.orderId)] : []));
}

/** What each entry holds: the record's id, or the rules that say what is wrong. */
async function told(query: TradeLogQuery = {}): Promise<(number | string)[]> {
  const found = await collect(createTradeLog({ dir }).entries('orders_executed', query));
  return found.map(({ record, findings }) =>
    record?.event_type === 'order_ack' ? Number(record.orderId) : findings.map(({ rule }) => rule).join(),
  );
}

describe('records', () => {
  it('come newest first, or oldest first where asked', async () => {
    writeFileSync(file, lines(5));
    expect(await ids()).toEqual([4, 3, 2, 1, 0]);
    expect(await ids({ order: 'oldest' })).toEqual([0, 1, 2, 3, 4]);
  });

  it('come by symbol and up to a limit, which counts what is given', async () => {
    writeFileSync(file, lines(10));
    expect(await ids({ symbol: 'ETHUSDT', limit: 3 })).toEqual([9, 7, 5]);
    expect(await ids({ symbol: 'SOLUSDT' })).toEqual([]);
    expect(await ids({ limit: 0 })).toEqual([]);
  });

  it('come by time: from since, before until', async () => {
    writeFileSync(file, lines(10));
    expect(await ids({ since: NOW + 3, until: NOW + 6 })).toEqual([5, 4, 3]);
    expect(await ids({ since: new Date((NOW + 8) * 1000) })).toEqual([9, 8]);
    expect(await ids({ until: NOW + 2, order: 'oldest' })).toEqual([0, 1]);
  });

  it('are found by time although the clock was set back, and a few lines are of another century', async () => {
    const odd = [line(500), line(-200), line(-1e9), line(501), line(-1e9), line(100), line(502)];
    writeFileSync(file, `${lines(3)}${odd.join('\n')}\n`);
    expect(await ids({ since: NOW + 400 })).toEqual([502, 501, 500]);
  });

  it('are found by time behind many lines that a clock set back by minutes wrote', async () => {
    const behind = `${line(350)}\n`.repeat(300);
    writeFileSync(file, `${line(500)}\n${behind}`);
    expect(await ids({ since: NOW + 400 })).toEqual([500]);
    writeFileSync(file, `${behind}${line(100)}\n`);
    expect(await ids({ until: NOW + 300, order: 'oldest' })).toEqual([100]);
  });

  it('are not looked for far beyond the window', async () => {
    writeFileSync(file, `garbage\n${lines(2_000)}${lines(10, 10_000)}`);
    const heard: Finding[] = [];
    expect(await ids({ since: NOW + 10_005, onFinding: (each) => heard.push(each) })).toHaveLength(5);
    expect(heard).toEqual([]);
    expect(await ids({ until: NOW, order: 'oldest' })).toEqual([]);
  });

  it('refuse a query that means nothing', () => {
    const log = createTradeLog({ dir });
    for (const query of [{ limit: -1 }, { limit: 1.5 }, { since: NaN }, { until: new Date(NaN) }])
      expect(() => log.events(query)).toThrow(RangeError);
  });

  it('are those of the file as it was when it was opened', async () => {
    writeFileSync(file, lines(3));
    const records = createTradeLog({ dir }).ordersExecuted({ order: 'oldest' });
    const first = await records.next();
    appendFileSync(file, lines(3, 3));
    expect([first.done, (await collect(records)).length]).toEqual([false, 2]);
  });

  it('keep ids beyond 2^53 to the last digit', async () => {
    writeFileSync(file, `${line(0).replace('"orderId":"0"', '"orderId":8389765988001940435')}\n`);
    const records = await collect(createTradeLog({ dir }).ordersExecuted());
    expect(records).toMatchObject([{ orderId: '8389765988001940435' }]);
  });

  it('are migrated where they are in a legacy dialect', async () => {
    const legacy = { event_type: 'order_close', symbol: 'BTCUSDT', ts: '2025-11-24T00:00:00+00:00', ts_close: '2025-11-24T00:00:05+00:00', orderId: 5, clientOrderId: 'c', realizedPnlUsd: 0.0, fees_total: 0.1, position_size_before: 1, position_size_after: 0, closed_qty: 1, positionSide: 'LONG', pid: 7, hostname: 'h' }; // prettier-ignore
    writeFileSync(file, `${JSON.stringify(legacy)}\n`);
    const [entry] = await collect(createTradeLog({ dir }).entries('orders_executed'));
    expect(entry).toMatchObject({ dialect: 'v7', record: { schema: 'orders_executed_v1', orderId: '5' } });
  });
});

describe('closes', () => {
  it('are closing orders only, and a break-even one is among them', async () => {
    const close = (n: number, realizedPnlUsd: number | null): string =>
      `${line(n, { event_type: 'order_close', side: undefined, request_qty: undefined, order_type: undefined, status: undefined, realizedPnlUsd, fees_total: null, position_size_before: 1, position_size_after: 0, closed_qty: 1, ts_close: n === 2 ? '2025-11-24T01:00:00Z' : null })}\n`; // prettier-ignore
    writeFileSync(file, `${close(0, 1.5)}${line(1)}\n${close(2, 0)}${line(3)}\n${close(4, -2)}${close(6, null)}`);
    const closes = await collect(createTradeLog({ dir }).closes({ symbol: 'BTCUSDT' }));
    expect(closes.map(({ pnlUsd }) => pnlUsd)).toEqual([null, -2, 0, 1.5]);
    expect(closes[2]).toMatchObject({ feesUsd: null, at: NOW + 3_600, qty: 1, orderId: '2', positionSide: null });
    expect(closes[3]?.at).toBe(NOW);
    const limited = await collect(createTradeLog({ dir }).closes({ limit: 2 }));
    expect(limited.map(({ pnlUsd }) => pnlUsd)).toEqual([null, -2]);
  });
});

describe.each(['newest', 'oldest'] as const)('what is torn, %s first', (order) => {
  const inOrder = (want: (number | string)[]): (number | string)[] => (order === 'oldest' ? want : want.toReversed());
  const nul = (count: number): string => '\0'.repeat(count);
  const start = line(7).slice(0, 60);
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, { a: index }]));
  const nested = '{"schema":"x","metadata":{"b":2}';

  it.each<[string, string, (number | string)[]]>([
    ['an empty file', '', []],
    ['blank lines and CRLF', `\r\n${line(0)}\r\n \t\n\n${line(1)}\r\n`, [0, 1]],
    ['a torn last line', `${line(0)}\n${start}`, [0, 'line-unterminated,json-syntax']],
    ['a last line without its newline', `${line(0)}\n${line(1)}`, [0, 1]],
    ['malformed lines', `${line(0)}\nnot json\n[1]\n${line(1)}\n`, [0, 'json-syntax', 'unrecognised-shape', 1]],
    ['bytes that are not UTF-8', `${line(0)}\n\uFFFF\n${line(1)}\n`, [0, 'json-encoding', 1]],
    ['a record that breaks the contract', `${line(0, { status: 'LOST' })}\n${line(1)}\n`, ['unknown-enum-value', 1]],
    ['NUL bytes between lines', `${line(0)}\n${nul(9)}\n${line(1)}\n`, [0, 'json-syntax', 1]],
    ['NUL bytes beside records', `${line(0)}${nul(9)}${line(1)}\n`, [0, 'json-syntax', 1]],
    ['NUL bytes within a record', `${line(0)}\n${start}${nul(9)}${line(1)}\n`, [0, 'json-syntax', 'json-syntax', 1]],
    ['NUL bytes at both ends', `${nul(9)}${line(0)}\n${nul(9)}`, ['json-syntax', 0, 'json-syntax']],
    ['NUL bytes over many chunks', `${line(0)}\n${nul(200_001)}${line(1)}\n`, [0, 'json-syntax', 1]],
    ['a fragment before a record', `${start}${line(1)}\n${line(2)}\n`, ['json-syntax', 1, 2]],
    ['a fragment with a nested object before a record', `${nested}${line(1)}\n`, ['json-syntax', 1]],
    ['two records in one line', `${line(0)}${line(1)}\n`, [0, 1]],
    ['a fragment between records', `${line(0)}${start}${line(1)}${line(2)}\n`, [0, 'json-syntax', 1, 2]],
    ['a record with many objects before another', `${line(0, { metadata: many })}${line(1)}\n`, [0, 1]],
    [
      'a fragment with many objects before a record',
      `${JSON.stringify(many).slice(0, -1)}${line(1)}\n`,
      ['json-syntax', 1],
    ],
    ['a fragment with a nested object', `${nested}\n${line(1)}\n`, ['json-syntax', 1]],
    ['a line that is too long', `${line(0)}\n${'x'.repeat(MAX_LINE_BYTES + 1)}\n${line(1)}\n`, [0, 'line-too-long', 1]],
    ['a line of the greatest length', `${line(0)}\n"${'x'.repeat(MAX_LINE_BYTES - 2)}"\n`, [0, 'unrecognised-shape']],
  ])('costs no record: %s', async (name, text, want) => {
    writeFileSync(file, name.includes('UTF-8') ? Buffer.from(text.replace('\uFFFF', '\u00ff'), 'latin1') : text);
    expect(await told({ order })).toEqual(inOrder(want));
  });

  it('is the same wherever a chunk of the file ends', async () => {
    const text = `${line(0)}${nul(5)}${line(1)}\r\n\n${start}\n${line(2)}\n${nul(3)}\n${line(3)}`;
    for (let shift = 0; shift < text.length + 10; shift += 7) {
      const filler = ' '.repeat(order === 'oldest' ? 65_536 - shift : 65_536 - text.length + shift);
      writeFileSync(file, order === 'oldest' ? `${filler}\n${text}` : `${text}\n${filler}`);
      expect(await told({ order })).toEqual(inOrder([0, 'json-syntax', 1, 'json-syntax', 2, 'json-syntax', 3]));
    }
  });

  it('says where it stands in the file', async () => {
    const text = `${line(0)}\n${start}${nul(4)}${line(1)}\n`;
    writeFileSync(file, text);
    const entries = await collect(createTradeLog({ dir }).entries('orders_executed', { order }));
    const spans = entries.map(({ offset, end }) => text.slice(offset ?? 0, end ?? 0));
    expect(order === 'oldest' ? spans : spans.toReversed()).toEqual([line(0), start, nul(4), line(1)]);
    expect(entries.every((entry) => entry.findings.every((each) => each.file === file))).toBe(true);
  });
});

describe('a hostile line', () => {
  it.each([
    ['starts without end', '{"'.repeat(1_000_000)],
    ['objects without a record', '{"a":{"b":1}}'.repeat(100_000)],
    ['nesting without end', '{"a":'.repeat(500_000)],
  ])('is refused in bounded time: %s', async (_name, text) => {
    writeFileSync(file, `${line(0)}\n${text}\n${line(1)}\n`);
    const started = process.cpuUsage();
    expect(await told()).toEqual([1, 'json-syntax', 0]);
    expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
  });
});

describe('findings', () => {
  it('reach the listener, and what it throws reaches nobody', async () => {
    writeFileSync(file, `bad\n${line(0)}\n${line(1)}`);
    const heard: string[] = [];
    const query = { onFinding: ({ rule }: Finding): void => { heard.push(rule); throw new Error('no'); } }; // prettier-ignore
    expect(await ids(query)).toEqual([1, 0]);
    expect(heard).toEqual(['line-unterminated', 'json-syntax']);
  });
});
