import type { OrderRecord } from '@hedge-telemetry/contract';
import type { Appendable } from '@hedge-telemetry/writer';
import type { Activity } from '../activity.js';
import { averagePrice, filledQty, fillStatus } from '../attempt.js';
import type { PaperOrder } from '../attempt.js';
import { closingOf } from '../closing.js';
import { round, sum } from '../numbers.js';
import { STRATEGY } from '../strategy.js';
import { iso } from '../time.js';
import { joinOf, writerOf } from './stamp.js';
import type { ActivityOf, Stamp } from './stamp.js';

type Given = Appendable<OrderRecord>;

/** The lines of orders_executed.jsonl that tell of an activity: an acknowledgement, a fill with what it closed, an error. */
export function orderRecords(activity: Activity, stamp: Stamp): Given[] {
  switch (activity.kind) {
    case 'answered':
      return [ackRecord(activity, stamp)];
    case 'settled':
      return [fillRecord(activity.order, stamp), ...closeRecords(activity.order, stamp)];
    case 'failed':
      return [errorRecord(activity, stamp)];
    default:
      return [];
  }
}

function ackRecord({ order, reason }: ActivityOf<'answered'>, stamp: Stamp): Given {
  const { signal } = order.attempt;
  const accepted = order.status !== 'REJECTED';
  const dry = order.status === 'DRY';
  return {
    ts: iso(stamp.at),
    event_type: 'order_ack',
    symbol: signal.market.symbol,
    side: signal.side,
    orderId: order.orderId,
    clientOrderId: order.clientOrderId,
    request_qty: order.qty,
    order_type: order.type,
    status: dry || !accepted ? order.status : 'NEW',
    price: order.price,
    executedQty: dry ? null : 0,
    avgPrice: null,
    ts_ack: dry ? null : iso(stamp.at),
    positionSide: signal.positionSide,
    reduceOnly: signal.reduceOnly,
    accepted,
    reason,
    latency_ms: order.latencyMs,
    exchange: stamp.settings.testnet ? 'binance_testnet' : 'binance',
    ...tail(order, stamp),
  };
}

function fillRecord(order: PaperOrder, stamp: Stamp): Given {
  const { signal } = order.attempt;
  const { trades } = order;
  return {
    ts: iso(stamp.at),
    event_type: 'order_fill',
    symbol: signal.market.symbol,
    side: signal.side,
    orderId: order.orderId,
    clientOrderId: order.clientOrderId,
    executedQty: filledQty(trades),
    avgPrice: averagePrice(trades),
    fee_total: round(sum(trades.map(({ fee }) => fee))),
    feeAsset: 'USDT',
    tradeIds: trades.map(({ tradeId }) => tradeId),
    status: fillStatus(order, trades),
    ts_fill_first: isoOrNull(trades.at(0)?.at),
    ts_fill_last: isoOrNull(trades.at(-1)?.at),
    positionSide: signal.positionSide,
    reduceOnly: signal.reduceOnly,
    ...tail(order, stamp),
  };
}

function closeRecords(order: PaperOrder, stamp: Stamp): Given[] {
  const closing = closingOf(order);
  if (closing === null) return [];
  const { signal } = order.attempt;
  return [
    {
      ts: iso(stamp.at),
      event_type: 'order_close',
      symbol: signal.market.symbol,
      orderId: order.orderId,
      clientOrderId: order.clientOrderId,
      realizedPnlUsd: closing.realized,
      fees_total: closing.fees,
      position_size_before: closing.before,
      position_size_after: closing.after,
      closed_qty: closing.closedQty,
      ts_close: isoOrNull(order.trades.at(-1)?.at),
      positionSide: signal.positionSide,
      ...tail(order, stamp),
    },
  ];
}

function errorRecord({ attempt, error }: ActivityOf<'failed'>, stamp: Stamp): Given {
  const { signal } = attempt;
  return {
    ts: iso(stamp.at),
    event_type: 'order_error',
    symbol: signal.market.symbol,
    side: signal.side,
    name: error.name,
    code: error.code,
    message: error.message,
    order_type: attempt.makerStart ? 'LIMIT' : 'MARKET',
    price: signal.market.quote().mark,
    qty: signal.qty,
    position_side: signal.positionSide,
    reduce_only: signal.reduceOnly,
    dry_run: false,
    ...joinOf(signal),
    strategy: STRATEGY,
    ...writerOf(stamp),
  };
}

function tail(
  { attempt }: PaperOrder,
  stamp: Stamp,
): ReturnType<typeof joinOf> & ReturnType<typeof writerOf> & { strategy: string; metadata: Record<string, unknown> } {
  const { signal } = attempt;
  return {
    ...joinOf(signal),
    strategy: STRATEGY,
    metadata: { reason: signal.reason, strength: round(signal.strength, 4) },
    ...writerOf(stamp),
  };
}

function isoOrNull(at: number | undefined): string | null {
  return at === undefined ? null : iso(at);
}
