import type { OrderRecord } from '@hedge-telemetry/contract';

/** Sums over the lines that were added, in USD. */
export interface TradeTotalsFigures {
  readonly closes: number;
  /** Sum of realizedPnlUsd over order_close, before fees; null where a close does not say. */
  readonly realizedUsd: number | null;
  /** Sum of fee_total over order_fill, opening and closing; null where a fill does not say. */
  readonly feesUsd: number | null;
  /** fees / |realized|; null where nothing was realised or one of them is not known. */
  readonly feePnlRatio: number | null;
}

/** Sums up lines of orders_executed, in any order. */
export interface TradeTotals {
  /** The fees_total of a close are not counted: they are those of the closing fill. */
  add(record: OrderRecord): void;
  figures(): TradeTotalsFigures;
}

/** Totals of no lines yet. */
export function createTradeTotals(): TradeTotals {
  let closes = 0;
  let realized: number | null = 0;
  let fees: number | null = 0;
  return {
    add(record) {
      if (record.event_type === 'order_fill') fees = plus(fees, record.fee_total);
      if (record.event_type !== 'order_close') return;
      closes += 1;
      realized = plus(realized, record.realizedPnlUsd);
    },
    figures: () => ({ closes, realizedUsd: realized, feesUsd: fees, feePnlRatio: ratio(fees, realized) }),
  };
}

function plus(sum: number | null, amount: number | null): number | null {
  return sum === null || amount === null ? null : sum + amount;
}

function ratio(fees: number | null, realized: number | null): number | null {
  return fees === null || realized === null || realized === 0 ? null : fees / Math.abs(realized);
}
