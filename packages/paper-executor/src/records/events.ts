import type { EventRecord } from '@hedge-telemetry/contract';
import type { Appendable } from '@hedge-telemetry/writer';
import type { Activity } from '../activity.js';
import { attemptSlippage, averagePrice, endedAsMaker, fillStatus, slippageBps, tradesOf } from '../attempt.js';
import type { PaperOrder, Signal } from '../attempt.js';
import type { ExchangeError } from '../exchange-error.js';
import { STRATEGY } from '../strategy.js';
import { iso } from '../time.js';
import { joinOf } from './stamp.js';
import type { ActivityOf, Stamp } from './stamp.js';

type Given = Appendable<EventRecord>;

/** The line of events.jsonl that tells of an activity; null where another ledger does. */
export function eventRecord(activity: Activity, { at, settings }: Stamp): Given | null {
  const ts = iso(at);
  switch (activity.kind) {
    case 'answered':
      return orderEvent(activity, ts);
    case 'traded':
      return fillEvent(activity, ts);
    case 'cancelled':
      return cancelEvent(activity, ts);
    case 'finished':
      return routerEvent(activity, ts, settings.dryRun);
    case 'failed':
      return failureEvent(activity, ts);
    case 'unavailable':
      return { ...nothing(ts, 'error'), metadata: { source: activity.source }, ...errorFields(activity.error) };
    case 'refreshed': {
      const { source, interval } = activity;
      return { ...nothing(ts, 'refresh'), metadata: {}, source, interval };
    }
    default:
      return null;
  }
}

function orderEvent({ order, reason }: ActivityOf<'answered'>, ts: string): Given {
  const { status } = order;
  return {
    ts,
    type: 'order',
    symbol: order.attempt.signal.market.symbol,
    qty: order.qty,
    price: order.price,
    is_maker: order.type === 'LIMIT',
    slippage_bps: null,
    metadata: reason === null ? { strategy: STRATEGY } : { strategy: STRATEGY, reason },
    ...orderFields(order),
    status: status === 'REJECTED' || status === 'DRY' ? status : 'NEW',
  };
}

function fillEvent({ order, trade }: ActivityOf<'traded'>, ts: string): Given {
  const { signal } = order.attempt;
  const upToThis = order.trades.slice(0, order.trades.indexOf(trade) + 1);
  return {
    ts,
    type: 'fill',
    symbol: signal.market.symbol,
    qty: trade.qty,
    price: trade.price,
    is_maker: trade.isMaker,
    slippage_bps: slippageBps(signal.side, trade.price, order.mark),
    metadata: { strategy: STRATEGY },
    ...orderFields(order),
    status: fillStatus(order, upToThis),
    fee_usd: trade.fee,
    fee_asset: 'USDT',
    realized_pnl: trade.realized,
  };
}

function cancelEvent({ order, openQty, reason }: ActivityOf<'cancelled'>, ts: string): Given {
  return {
    ts,
    type: 'cancel',
    symbol: order.attempt.signal.market.symbol,
    qty: openQty,
    price: order.price,
    is_maker: order.type === 'LIMIT',
    slippage_bps: slippageBps(order.attempt.signal.side, averagePrice(order.trades), order.mark),
    metadata: {},
    ...orderFields(order),
    status: 'CANCELED',
    reason,
  };
}

function routerEvent({ attempt }: ActivityOf<'finished'>, ts: string, dryRun: boolean): Given {
  const { signal, makerStart, orders, postOnlyRejects } = attempt;
  const last = orders.at(-1);
  return {
    ts,
    type: 'router',
    symbol: signal.market.symbol,
    qty: signal.qty,
    price: averagePrice(tradesOf(attempt)),
    is_maker: endedAsMaker(attempt),
    slippage_bps: attemptSlippage(attempt),
    metadata: { reason: signal.reason },
    ...signalFields(signal),
    order_id: last?.orderId ?? null,
    client_order_id: last?.clientOrderId ?? null,
    order_type: last?.type ?? null,
    route: makerStart ? 'maker_first' : 'market',
    used_fallback: dryRun ? null : attempt.usedFallback,
    post_only_reject: dryRun ? null : postOnlyRejects > 0,
    retries: orders.length - 1,
    latency_ms: last?.latencyMs ?? null,
  };
}

function failureEvent({ attempt, error }: ActivityOf<'failed'>, ts: string): Given {
  const { signal, makerStart } = attempt;
  return {
    ...nothing(ts, 'error'),
    symbol: signal.market.symbol,
    qty: signal.qty,
    is_maker: makerStart,
    metadata: { strategy: STRATEGY },
    ...signalFields(signal),
    order_id: null,
    client_order_id: null,
    order_type: makerStart ? 'LIMIT' : 'MARKET',
    ...errorFields(error),
  };
}

function nothing<Type extends string>(
  ts: string,
  type: Type,
): { ts: string; type: Type; symbol: null; qty: null; price: null; is_maker: null; slippage_bps: null } {
  return { ts, type, symbol: null, qty: null, price: null, is_maker: null, slippage_bps: null };
}

function errorFields({ name, code, message, fingerprint }: ExchangeError): Omit<ExchangeError, 'component'> {
  return { name, code, message, fingerprint };
}

function signalFields(
  signal: Signal,
): { side: Signal['side']; position_side: Signal['positionSide'] } & ReturnType<typeof joinOf> {
  return { side: signal.side, position_side: signal.positionSide, ...joinOf(signal) };
}

function orderFields(
  order: PaperOrder,
): ReturnType<typeof signalFields> & { order_id: string | null; client_order_id: string; order_type: string } {
  return {
    ...signalFields(order.attempt.signal),
    order_id: order.orderId,
    client_order_id: order.clientOrderId,
    order_type: order.type,
  };
}
