import { documentTime, registry } from '@hedge-telemetry/contract';
import type { OrderRecord, PositionSide } from '@hedge-telemetry/contract';

/** A position, or a part of one, that was closed. */
export interface ClosedTrade {
  readonly symbol: string;
  readonly positionSide: PositionSide | null;
  /** Seconds since 1970: the exchange's time of the close, else when the line was written. */
  readonly at: number | null;
  /** USD before fees, 0 for break-even; null where PnL was not tracked. */
  readonly pnlUsd: number | null;
  /** USD of the closing fill; null where they are not known. */
  readonly feesUsd: number | null;
  /** In the base asset. */
  readonly qty: number | null;
  readonly orderId: string | null;
  readonly clientOrderId: string | null;
  readonly attemptId: string | null;
  readonly intentId: string | null;
  readonly strategy: string | null;
}

/** The trade that an order_close tells of; null for any other line. */
export function closedTrade(record: OrderRecord): ClosedTrade | null {
  if (record.event_type !== 'order_close') return null;
  return {
    symbol: record.symbol,
    positionSide: record.positionSide ?? null,
    at: timeOf(record.ts_close) ?? timeOf(record.ts),
    pnlUsd: record.realizedPnlUsd,
    feesUsd: record.fees_total,
    qty: record.closed_qty,
    orderId: record.orderId,
    clientOrderId: record.clientOrderId,
    attemptId: record.attempt_id ?? null,
    intentId: record.intent_id ?? null,
    strategy: record.strategy ?? null,
  };
}

function timeOf(ts: string | null | undefined): number | null {
  return documentTime(registry.orders_executed, { ts });
}
