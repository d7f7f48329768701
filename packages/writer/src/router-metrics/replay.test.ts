import { validateWriterView } from '@hedge-telemetry/contract';
import type { OrderMetricRecord, OrderRecord } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { createRouterMetrics } from './router-metrics.js';

const NOW = 1_764_000_000;

type OrderMetric = Extract<OrderMetricRecord, { event: 'order' }>;

function metric(given: Partial<OrderMetric> = {}): OrderMetric {
  return {
    schema: 'order_metrics_v1', ts: NOW - 5, event: 'order', attempt_id: 'sig_1', intent_id: null, symbol: 'BTCUSDT', side: 'BUY',
    route: 'maker_first', prices: null, qty: null, timing_ms: { decision: null, submit: null, ack: 12, fill: null },
    result: { status: 'FILLED', retries: 0, cancelled: false }, fees_usd: 0, slippage_bps: 0,
    maker_start: true, is_maker_final: true, used_fallback: false, decision: { route: 'maker', reasons: [] }, ...given,
  }; // prettier-ignore
}

const close: OrderMetricRecord = {
  schema: 'order_metrics_v1', ts: NOW, event: 'position_close', attempt_id: 'sig_1', intent_id: null, symbol: 'BTCUSDT',
  side: 'SELL', pnl_at_close_usd: 0, order_status: 'FILLED',
}; // prettier-ignore

const head = { schema: 'orders_executed_v1', ts: '2025-11-24T16:00:00Z', symbol: 'BTCUSDT', side: 'BUY', attempt_id: 'sig_1' } as const; // prettier-ignore
const refused: OrderRecord = {
  ...head, event_type: 'order_ack', orderId: null, clientOrderId: null, request_qty: 1, order_type: 'LIMIT',
  status: 'REJECTED', accepted: false, reason: 'post-only order would have taken liquidity',
}; // prettier-ignore
const failed: OrderRecord = { ...head, event_type: 'order_error', name: null, code: '-2010', message: null };
const other: OrderRecord = { ...head, event_type: 'order_error', name: null, code: '-2019', message: 'no margin' };

describe('replay', () => {
  it('counts what was counted when it happened', () => {
    const live = createRouterMetrics({ now: () => NOW });
    live.record({ symbol: 'BTCUSDT', at: NOW - 9, makerStart: true, isMaker: false, usedFallback: true, postOnlyRejects: 2, slippageBps: 6.5, ackLatencyMs: 40 }); // prettier-ignore
    live.record({ symbol: 'ETHUSDT', at: NOW - 8, makerStart: true, isMaker: true, usedFallback: false, postOnlyRejects: 0, slippageBps: 0, ackLatencyMs: 12 }); // prettier-ignore
    live.record({ symbol: 'ETHUSDT', at: NOW - 7, makerStart: false, isMaker: null, usedFallback: false, rejected: true, postOnlyRejects: 0 }); // prettier-ignore
    const lines = [
      refused, failed, other,
      metric({ ts: NOW - 9, is_maker_final: false, used_fallback: true, slippage_bps: 6.5, timing_ms: { decision: 1, submit: 1, ack: 40, fill: 1 } }),
      metric({ ts: NOW - 8, symbol: 'ETHUSDT', attempt_id: 'sig_2' }),
      metric({ ts: NOW - 7, symbol: 'ETHUSDT', attempt_id: 'sig_3', maker_start: false, is_maker_final: null, slippage_bps: null, timing_ms: null, result: { status: 'REJECTED', retries: 0, cancelled: false } }),
      close,
    ]; // prettier-ignore
    for (const each of lines)
      expect(validateWriterView('event' in each ? 'order_metrics' : 'orders_executed', each)).toEqual([]);
    const restarted = createRouterMetrics({ now: () => NOW });
    expect(restarted.replay(lines)).toBe(3);
    expect(restarted.summary()).toEqual(live.summary());
    expect(restarted.stats()).toEqual(live.stats());
  });

  it('takes no closing of a position for an order', () => {
    const metrics = createRouterMetrics({ symbols: ['BTCUSDT'], now: () => NOW });
    expect(metrics.replay([close, close])).toBe(0);
    expect(metrics.summary()).toMatchObject({ order_count: 0, taker_count: 0, router_health_score: null });
  });

  it('knows of one post-only reject where only the decision tells of any, and of none where nothing does', () => {
    const metrics = createRouterMetrics({ now: () => NOW });
    metrics.replay([metric({ decision: { route: 'maker', reasons: ['post_only_reject'] } })]);
    expect(metrics.summary()).toMatchObject({ post_only_rejects: 1, reject_count: 1 });
    const silent = createRouterMetrics({ now: () => NOW });
    silent.replay([metric({ decision: null, result: null })]);
    expect(silent.summary()).toMatchObject({ post_only_rejects: null, reject_count: null });
  });

  it('leaves out what is older than the window', () => {
    const metrics = createRouterMetrics({ windows: { seconds: 60 }, now: () => NOW });
    expect(metrics.replay([metric({ ts: NOW - 61 }), metric({ ts: NOW - 59 })])).toBe(2);
    expect(metrics.stats().orders).toBe(1);
  });
});
