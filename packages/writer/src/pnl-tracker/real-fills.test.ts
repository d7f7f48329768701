import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OrderRecord } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { fileOf, temporaryDirectory } from '../../test/fixtures.js';
import { createTradeLog } from '../trade-log/trade-log.js';
import { closeFields } from './ledger.js';
import type { CloseFields } from './ledger.js';
import { createPnlTracker } from './pnl-tracker.js';
import { createTradeTotals } from './trade-totals.js';

const shared = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../../../shared/corpus');
const logs = path.join(process.env['TELEMETRY_CORPUS'] ?? shared, 'real-logs');

interface Compared {
  readonly recorded: CloseFields;
  readonly replayed: CloseFields | null;
}

interface Replayed {
  readonly fills: number;
  readonly closes: Compared[];
  readonly realized: number;
  readonly recorded: number | null;
}

/** Replays the fills of a ledger, with new lots whenever another process writes, or with the same lots throughout. */
async function replay(dir: string, lots: 'of each process' | 'throughout'): Promise<Replayed> {
  const totals = createTradeTotals();
  const byOrder = new Map<string | null, CloseFields | null>();
  const closes: Compared[] = [];
  let [tracker, pid, fills, realized] = [createPnlTracker(), null as OrderRecord['pid'], 0, 0];
  for await (const record of createTradeLog({ dir }).ordersExecuted({ order: 'oldest' })) {
    totals.add(record);
    if (lots === 'of each process' && record.pid !== pid) tracker = createPnlTracker();
    pid = record.pid;
    const effect = tracker.replay(record)?.effect ?? null;
    if (effect !== null && record.event_type === 'order_fill') {
      fills += 1;
      realized += effect.close?.realizedUsd ?? 0;
      byOrder.set(record.orderId, closeFields([effect]));
    }
    if (record.event_type === 'order_close')
      closes.push({ recorded: record, replayed: byOrder.get(record.orderId) ?? null });
  }
  return { fills, closes, realized, recorded: totals.figures().realizedUsd };
}

const FIGURES = ['realizedPnlUsd', 'fees_total', 'position_size_before', 'position_size_after', 'closed_qty'] as const;

/** How far a replayed close is from the recorded one: the largest difference of any figure; infinite where one is missing. */
function distance({ recorded, replayed }: Compared): number {
  return Math.max(...FIGURES.map((key) => Math.abs((replayed?.[key] ?? Infinity) - (recorded[key] ?? NaN))));
}

/** Recorded figures are floats, summed up trade by trade: they differ from a sum over the order in the last digits. */
const LAST_DIGITS = 1e-9;

describe.skipIf(!existsSync(logs))('the fills of a real executor', () => {
  it('give all recorded closes with the lots of each process', async () => {
    const { fills, closes, realized, recorded } = await replay(logs, 'of each process');
    expect([fills, closes.length]).toEqual([189, 27]);
    expect(closes.filter((each) => !(distance(each) < LAST_DIGITS))).toEqual([]);
    expect(recorded).toBeCloseTo(48.7931, 4);
    expect(realized).toBeCloseTo(48.7931, 4);
  });

  it('give another sum with the same lots throughout', async () => {
    const { closes, realized } = await replay(logs, 'throughout');
    expect(realized).toBeCloseTo(23.2374, 4);
    expect(closes.filter((each) => distance(each) < LAST_DIGITS)).toHaveLength(4);
  });
});

/** BTCUSDT LONG; process, side, quantity, price, and the PnL that the process recorded where it closed something. */
const FILLS: [pid: number, side: 'BUY' | 'SELL', qty: number, price: number, recorded?: number][] = [
  [1, 'BUY', 2, 100],
  [1, 'SELL', 1, 110, 10],
  [2, 'BUY', 1, 120],
  [2, 'SELL', 1, 120, 0],
  [2, 'SELL', 1, 115],
];

describe('the same with fills made up', () => {
  const start = { schema: 'orders_executed_v1', ts: '2025-11-24T00:00:00Z', symbol: 'BTCUSDT', clientOrderId: null, positionSide: 'LONG' }; // prettier-ignore

  function madeUp(): string {
    const dir = temporaryDirectory();
    mkdirSync(path.join(dir, 'execution'));
    const lines = FILLS.flatMap(([pid, side, qty, price, recorded], index) => {
      const head = { ...start, orderId: String(index), pid };
      const fill = { ...head, event_type: 'order_fill', side, executedQty: qty, avgPrice: price, fee_total: 0, feeAsset: 'USDT', tradeIds: null, status: 'FILLED' }; // prettier-ignore
      const before = index === 1 ? 2 : 1;
      const close = { ...head, event_type: 'order_close', realizedPnlUsd: recorded, fees_total: 0, position_size_before: before, position_size_after: before - qty, closed_qty: qty }; // prettier-ignore
      return recorded === undefined ? [fill] : [fill, close];
    });
    writeFileSync(fileOf(dir, 'orders_executed'), lines.map((each) => `${JSON.stringify(each)}\n`).join(''));
    return dir;
  }

  it('gives all recorded closes with the lots of each process, the break-even one among them', async () => {
    const { fills, closes, realized, recorded } = await replay(madeUp(), 'of each process');
    expect([fills, closes.length, realized, recorded]).toEqual([5, 2, 10, 10]);
    expect(closes.map(distance)).toEqual([0, 0]);
  });

  it('gives another sum with the same lots throughout', async () => {
    const { closes, realized } = await replay(madeUp(), 'throughout');
    expect(realized).toBe(10 + 20 - 5);
    expect(closes.map(({ replayed }) => replayed?.realizedPnlUsd)).toEqual([10, 20]);
  });
});
