import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { validateReaderView, validateWriterView } from '@hedge-telemetry/contract';
import type { LedgerName, OrderMetricRecord } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { createRouterMetrics } from '../router-metrics/router-metrics.js';
import { createTradeLog } from './trade-log.js';
import type { TradeLogEntry } from './entry.js';

const shared = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../../../shared/corpus');
const dir = path.join(process.env['TELEMETRY_CORPUS'] ?? shared, 'real-logs');

async function collect<T>(given: AsyncIterable<T>): Promise<T[]> {
  const all = [];
  for await (const each of given) all.push(each);
  return all;
}

describe.skipIf(!existsSync(dir))('the ledgers of a real executor', () => {
  const log = createTradeLog({ dir });

  it.each<[LedgerName, number]>([
    ['orders_executed', 1_580],
    ['order_metrics', 638],
    ['risk_vetoes', 935],
  ])('are understood to the last line: %s', async (ledger, count) => {
    const entries: TradeLogEntry[] = await collect(log.entries(ledger));
    expect(entries.length).toBe(count);
    expect(entries.filter(({ record, dialect }) => record === null || dialect !== 'v7')).toEqual([]);
    expect(entries.flatMap(({ record }) => validateReaderView(ledger, record))).toEqual([]);
  });

  it('are the same in either order', async () => {
    const newest = await collect(log.ordersExecuted());
    const oldest = await collect(log.ordersExecuted({ order: 'oldest' }));
    expect(newest.toReversed()).toEqual(oldest);
  });

  it('hold 27 closes, newest first', async () => {
    const closes = await collect(log.closes());
    const times = closes.map(({ at }) => at ?? NaN);
    expect(closes.length).toBe(27);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect((await collect(log.closes({ symbol: 'LTCUSDT', limit: 2 }))).map(({ symbol }) => symbol)).toEqual(['LTCUSDT', 'LTCUSDT']); // prettier-ignore
  });

  it('keep an order id beyond 2^53 to the last digit', async () => {
    const acks = await collect(log.ordersExecuted({ symbol: 'ETHUSDT' }));
    expect(acks.some((each) => 'orderId' in each && each.orderId === '8389765988001940435')).toBe(true);
  });

  it('give router metrics of the orders alone, without slippage where nothing was filled', async () => {
    const metrics = createRouterMetrics({ symbols: ['XRPUSDT'], windows: { count: 1_000 } });
    const lines: OrderMetricRecord[] = await collect(log.orderMetrics({ order: 'oldest' }));
    expect(metrics.replay(lines)).toBe(614);
    const { slippage, isExact } = metrics.stats();
    expect(isExact).toBe(true);
    expect(Math.abs(slippage.mean ?? NaN)).toBeLessThan(100);
    const summary = metrics.summary();
    expect(summary).toMatchObject({ order_count: 614, maker_fill_rate: null, router_health_score: null });
    expect(summary.symbols[0]).toMatchObject({ symbol: 'XRPUSDT', order_count: 0, slippage_p50: null });
    expect(validateWriterView('router_health', summary)).toEqual([]);
  });
});
