import type { OrderMetricRecord } from '@hedge-telemetry/contract';
import type { Appendable } from '@hedge-telemetry/writer';
import type { Activity } from '../activity.js';
import { attemptSlippage, averagePrice, endedAsMaker, filledQty, tradesOf } from '../attempt.js';
import type { Attempt, PaperOrder } from '../attempt.js';
import { closingOf } from '../closing.js';
import { round, sum } from '../numbers.js';
import { joinOf } from './stamp.js';
import type { Stamp } from './stamp.js';

type Given = Appendable<OrderMetricRecord>;
type OrderMetric = Extract<OrderMetricRecord, { event: 'order' }>;
type Decision = NonNullable<OrderMetric['decision']>;

/** The lines of order_metrics.jsonl that tell of an activity: how a signal was executed, what an order closed. */
export function metricRecords(activity: Activity, stamp: Stamp): Given[] {
  switch (activity.kind) {
    case 'finished':
      return activity.attempt.orders.slice(0, 1).map((first) => attemptRecord(activity.attempt, first, stamp));
    case 'settled':
      return closeRecords(activity.order, stamp);
    default:
      return [];
  }
}

function attemptRecord(attempt: Attempt, first: PaperOrder, { at, settings }: Stamp): Given {
  const { signal, makerStart, policy } = attempt;
  const trades = tradesOf(attempt);
  const last = attempt.orders.at(-1) ?? first;
  const average = averagePrice(trades);
  const filled = filledQty(trades);
  const filledAt = trades.at(-1)?.at;
  return {
    ts: at,
    event: 'order',
    ...joinOf(signal),
    symbol: signal.market.symbol,
    side: signal.side,
    route: makerStart ? 'maker_first' : 'market',
    prices: { mark: first.mark, submitted: first.price ?? first.mark, avg_fill: average },
    qty: {
      contracts: settings.dryRun ? null : filled,
      notional_usd: average === null ? null : round(filled * average),
    },
    timing_ms: {
      decision: attempt.decisionMs,
      submit: attempt.submitMs,
      ack: first.latencyMs,
      fill: filledAt === undefined ? null : round((filledAt - first.sentAt) * 1000, 3),
    },
    result: {
      status: last.status,
      retries: attempt.orders.length - 1,
      cancelled: settings.dryRun ? null : filled < signal.qty,
    },
    fees_usd: trades.length === 0 ? null : round(sum(trades.map(({ fee }) => fee))),
    slippage_bps: attemptSlippage(attempt),
    venue: settings.testnet ? 'binance_futures_testnet' : 'binance_futures',
    execution_style: 'single',
    ack_latency_ms: attempt.decisionMs,
    maker_start: makerStart,
    is_maker_final: endedAsMaker(attempt),
    used_fallback: settings.dryRun ? null : attempt.usedFallback,
    policy,
    policy_before: policy,
    policy_after: policy,
    autotune_applied: false,
    decision: decisionOf(attempt, first),
  };
}

function decisionOf(attempt: Attempt, first: PaperOrder): Decision {
  const { signal, makerStart, policy, usedFallback, postOnlyRejects } = attempt;
  const dry = first.status === 'DRY';
  return {
    route: makerStart ? 'maker' : 'taker',
    reasons: [
      policy.maker_first ? 'policy_maker_first' : 'policy_taker',
      ...(signal.urgent ? ['urgent'] : []),
      ...(postOnlyRejects > 0 ? ['post_only_reject'] : []),
      ...(usedFallback ? ['fallback'] : []),
    ],
    maker_requested: policy.maker_first,
    maker_allowed: makerStart,
    maker_started: makerStart && !dry,
    maker_used: endedAsMaker(attempt),
    used_fallback: dry ? null : usedFallback,
    maker_qty: makerStart && !dry ? first.qty : null,
    maker_price: first.price,
    maker_offset_bps: makerStart ? policy.offset_bps : null,
    offset_bps: policy.offset_bps,
    spread_bps: signal.market.instrument.spreadBps,
    spread_clamped: false,
    policy_maker_first: policy.maker_first,
    policy_taker_bias: policy.taker_bias,
    policy_quality: policy.quality,
    latency_ms: attempt.decisionMs,
  };
}

function closeRecords(order: PaperOrder, { at }: Stamp): Given[] {
  const closing = closingOf(order);
  if (closing === null) return [];
  const { signal } = order.attempt;
  return [
    {
      ts: at,
      event: 'position_close',
      ...joinOf(signal),
      symbol: signal.market.symbol,
      side: signal.side,
      pnl_at_close_usd: closing.realized,
      order_status: order.status,
    },
  ];
}
