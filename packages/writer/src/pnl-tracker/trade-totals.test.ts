import type { OrderRecord } from '@hedge-telemetry/contract';
import { expect, it } from 'vitest';
import { createTradeTotals } from './trade-totals.js';

function figures(...records: object[]): object {
  const totals = createTradeTotals();
  for (const record of records) totals.add(record as OrderRecord);
  return totals.figures();
}

const close = (realizedPnlUsd: number | null): object => ({
  event_type: 'order_close',
  realizedPnlUsd,
  fees_total: 99,
});
const fill = (fee_total: number | null): object => ({ event_type: 'order_fill', fee_total });

it.each<[string, object[], object]>([
  ['no lines', [], { closes: 0, realizedUsd: 0, feesUsd: 0, feePnlRatio: null }],
  ['a gain', [fill(1), fill(0.5), close(3)], { closes: 1, realizedUsd: 3, feesUsd: 1.5, feePnlRatio: 0.5 }],
  ['a loss', [fill(1), close(-2), close(0)], { closes: 2, realizedUsd: -2, feesUsd: 1, feePnlRatio: 0.5 }],
  ['break-even', [fill(1), close(0)], { closes: 1, realizedUsd: 0, feesUsd: 1, feePnlRatio: null }],
  ['an unknown fee', [fill(null), close(1)], { closes: 1, realizedUsd: 1, feesUsd: null, feePnlRatio: null }],
  ['an unknown PnL', [fill(1), close(null), close(1)], { closes: 2, realizedUsd: null, feesUsd: 1, feePnlRatio: null }],
])('sums up %s', (_name, records, want) => {
  expect(figures(...records)).toEqual(want);
});
