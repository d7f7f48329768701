import { registry, validateWriterView } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { fileOf, readJson, temporaryDirectory } from '../../test/fixtures.js';
import { createWriter } from '../writer.js';
import { EXACT_ORDERS } from './limits.js';
import { createRouterMetrics } from './router-metrics.js';
import type { RouterMetrics, RouterMetricsOptions } from './router-metrics.js';

const NOW = 1_764_000_000;

function metricsOf(options: RouterMetricsOptions = {}): RouterMetrics {
  return createRouterMetrics({ symbols: ['BTCUSDT', 'ETHUSDT'], now: () => NOW, ...options });
}

/** Declared keys that only the writer, or a caller who knows more than the orders, can fill in. */
const OPTIONAL = new Set(['schema', 'policy', 'autotune']);

function declared(node: { readonly fields?: object } | undefined): string[] {
  return Object.keys(node?.fields ?? {}).filter((key) => !OPTIONAL.has(key));
}

const unmeasured = {
  maker_fill_rate: null,
  fallback_ratio: null,
  slippage_p50: null,
  slip_q95: null,
  avg_slippage_bps: null,
  order_count: 0,
  maker_count: 0,
  taker_count: 0,
  fallback_count: 0,
  reject_count: 0,
  post_only_rejects: 0,
};

describe('summary', () => {
  it('without activity has every symbol, nulls for what is measured, and is valid', () => {
    const summary = metricsOf().summary();
    const row = { ...unmeasured, ack_latency_ms: null, maker_reliability: null, last_ts: null, quality: null };
    expect(summary).toEqual({
      updated_ts: NOW,
      router_health_score: null,
      ...unmeasured,
      window_s: null,
      symbols: [
        { symbol: 'BTCUSDT', ...row },
        { symbol: 'ETHUSDT', ...row },
      ],
      summary: { count: 2, quality_counts: null, maker_first_enabled: null },
    });
    expect(validateWriterView('router_health', { schema: 'router_health_v1', ...summary })).toEqual([]);
  });

  it.each([['without activity'], ['with orders'], ['with nothing but unknowns']])(
    'holds every key that the schema declares, %s',
    (activity) => {
      const metrics = metricsOf();
      if (activity === 'with orders') metrics.record({ symbol: 'BTCUSDT', isMaker: true, slippageBps: 1 });
      if (activity === 'with nothing but unknowns') metrics.record({ symbol: 'SOLUSDT' });
      const summary = metrics.summary();
      const { root } = registry.router_health;
      expect(Object.keys(summary).toSorted()).toEqual(declared(root).toSorted());
      for (const row of summary.symbols)
        expect(Object.keys(row).toSorted()).toEqual(declared(root.fields?.['symbols']?.items).toSorted());
      expect(Object.keys(summary.summary ?? {}).toSorted()).toEqual(declared(root.fields?.['summary']).toSorted());
    },
  );

  it('is published as it stands, without a finding', async () => {
    const dir = temporaryDirectory();
    const writer = createWriter({ dir, now: () => NOW });
    const metrics = metricsOf({ windows: { seconds: 3_600 } });
    metrics.record({ symbol: 'BTCUSDT', isMaker: true, makerStart: true, usedFallback: false, slippageBps: -0.5 });
    const policy = { maker_first: true, taker_bias: 'prefer_maker', quality: 'ok', offset_bps: 1.5 } as const;
    const known = { ETHUSDT: { quality: 'ok', policy, autotune: null }, BTCUSDT: { quality: 'ok', policy: null } } as const; // prettier-ignore
    expect(writer.publish('router_health', metrics.summary(known))).toEqual({ ok: true, findings: [] });
    await writer.close();
    expect(readJson(fileOf(dir, 'router_health'))).toMatchObject({
      window_s: 3_600,
      router_health_score: 1,
      symbols: [
        { quality: 'ok', policy: null },
        { policy, autotune: null },
      ],
      summary: { count: 2, quality_counts: { ok: 2 }, maker_first_enabled: 1 },
    });
  });

  it('counts orders of all symbols, and of those that were not named at the start', () => {
    const metrics = metricsOf();
    metrics.record({ symbol: 'SOLUSDT', isMaker: false, makerStart: true, usedFallback: true, postOnlyRejects: 2, slippageBps: 8, ackLatencyMs: 30 }); // prettier-ignore
    metrics.record({ symbol: 'BTCUSDT', isMaker: true, makerStart: true, usedFallback: false, postOnlyRejects: 0, slippageBps: -2, ackLatencyMs: 10 }); // prettier-ignore
    metrics.record({ symbol: 'BTCUSDT', isMaker: null, makerStart: true, usedFallback: false, rejected: true, postOnlyRejects: 0 }); // prettier-ignore
    const { symbols, ...total } = metrics.summary();
    expect(total).toMatchObject({
      order_count: 3, maker_count: 1, taker_count: 1, fallback_count: 1, reject_count: 2, post_only_rejects: 2,
      maker_fill_rate: 0.5, fallback_ratio: 1 / 3, slippage_p50: 3, slip_q95: 7.5, avg_slippage_bps: 3,
    }); // prettier-ignore
    expect(total.router_health_score).toBeCloseTo(0.5 - 0.3 / 3 - 0 - 0.2, 12);
    expect(symbols.map(({ symbol, order_count }) => [symbol, order_count])).toEqual([
      ['BTCUSDT', 2],
      ['ETHUSDT', 0],
      ['SOLUSDT', 1],
    ]);
    expect(symbols[2]).toMatchObject({ ack_latency_ms: 30, last_ts: NOW, maker_reliability: 0 });
  });

  it('says 0, not null, where everything that was measured is 0', () => {
    const metrics = metricsOf();
    metrics.record({ symbol: 'BTCUSDT', isMaker: false, makerStart: true, usedFallback: false, postOnlyRejects: 0, slippageBps: 0, ackLatencyMs: 0 }); // prettier-ignore
    const zero = { maker_fill_rate: 0, fallback_ratio: 0, slippage_p50: 0, slip_q95: 0, avg_slippage_bps: 0, reject_count: 0, post_only_rejects: 0 }; // prettier-ignore
    const summary = metrics.summary();
    expect(summary).toMatchObject({ ...zero, router_health_score: 0 });
    expect(summary.symbols[0]).toMatchObject({ ...zero, ack_latency_ms: 0, maker_reliability: 0 });
  });

  it('takes a slippage of exactly 0 into the mean', () => {
    const metrics = metricsOf();
    for (const slippageBps of [0, 4]) metrics.record({ symbol: 'BTCUSDT', slippageBps });
    expect(metrics.summary()).toMatchObject({ avg_slippage_bps: 2, slippage_p50: 2 });
  });

  it('says null, not 0, where orders do not say', () => {
    const metrics = metricsOf();
    metrics.record({ symbol: 'BTCUSDT' });
    expect(metrics.summary()).toMatchObject({
      ...unmeasured, order_count: 1, reject_count: null, post_only_rejects: null, router_health_score: null,
    }); // prettier-ignore
  });

  it('has shares within [0, 1] where flags contradict each other', () => {
    const metrics = metricsOf();
    metrics.record({ symbol: 'BTCUSDT', usedFallback: true });
    metrics.record({ symbol: 'BTCUSDT', usedFallback: true, makerStart: false });
    metrics.record({ symbol: 'BTCUSDT', postOnlyRejects: 3, rejected: false });
    const summary = metrics.summary();
    expect(summary).toMatchObject({ fallback_ratio: 1, fallback_count: 1, reject_count: 1 });
    expect(validateWriterView('router_health', summary)).toEqual([]);
  });
});

describe('record', () => {
  it('makes null of what is impossible, says so, and counts the rest', () => {
    const metrics = metricsOf();
    const doubtful = { symbol: 'BTCUSDT', isMaker: 'yes', slippageBps: NaN, ackLatencyMs: -1, postOnlyRejects: 0.5 };
    const findings = metrics.record({ ...doubtful, usedFallback: false } as never);
    expect(findings.map(({ pointer }) => pointer).toSorted()).toEqual(['/ackLatencyMs', '/isMaker', '/postOnlyRejects', '/slippageBps']); // prettier-ignore
    expect(metrics.summary()).toMatchObject({ order_count: 1, maker_count: 0, taker_count: 0, slippage_p50: null });
  });

  it.each([[''], ['x'.repeat(65)], [undefined], [5]])(
    'leaves an order of the symbol %j out, with a finding',
    (symbol) => {
      const metrics = metricsOf();
      expect(metrics.record({ symbol } as never)).toMatchObject([{ rule: 'invalid-value' }]);
      expect(metrics.summary()).toMatchObject({ order_count: 0, summary: { count: 2 } });
    },
  );

  it('tracks a bounded number of symbols', () => {
    const metrics = createRouterMetrics({ now: () => NOW });
    const all = Array.from({ length: 1_001 }, (_, index) => `S${index}`);
    expect(metrics.track(all)).toHaveLength(1);
    expect(metrics.record({ symbol: 'S1000' })).toHaveLength(1);
    expect(metrics.summary().symbols).toHaveLength(1_000);
  });

  it('takes a time in the future for now', () => {
    const metrics = metricsOf();
    metrics.record({ symbol: 'BTCUSDT', at: NOW + 1e9 });
    expect(metrics.stats('BTCUSDT').lastAt).toBe(NOW);
  });
});

describe('windows', () => {
  it('keep the newest orders of each symbol by count', () => {
    const metrics = metricsOf({ windows: { count: 2 } });
    for (const slippageBps of [100, 1, 2]) metrics.record({ symbol: 'BTCUSDT', slippageBps });
    metrics.record({ symbol: 'ETHUSDT', slippageBps: 9 });
    expect(metrics.summary()).toMatchObject({ order_count: 3, avg_slippage_bps: 4 });
  });

  it('let orders go by time, and a symbol that has none left is unmeasured again', () => {
    let time = NOW;
    const metrics = createRouterMetrics({ windows: { seconds: 60 }, now: () => time });
    metrics.record({ symbol: 'BTCUSDT', isMaker: true, slippageBps: 1 });
    time += 60;
    metrics.record({ symbol: 'ETHUSDT', isMaker: false, slippageBps: 3 });
    const { symbols, ...total } = metrics.summary();
    expect(total).toMatchObject({ window_s: 60, order_count: 1, maker_fill_rate: 0, slippage_p50: 3 });
    expect(symbols[0]).toMatchObject({ symbol: 'BTCUSDT', ...unmeasured, last_ts: null });
    expect(metrics.stats().slippageEwmaBps).toBeGreaterThan(1);
  });

  it('are worked out anew when an order comes, when one goes, and when the clock is set back', () => {
    let time = NOW;
    const metrics = createRouterMetrics({ symbols: ['A'], windows: { seconds: 60 }, now: () => time });
    const counts = (): unknown[] => [metrics.stats().orders, metrics.stats('A').orders, metrics.summary().order_count];
    expect(counts()).toEqual([0, 0, 0]);
    metrics.record({ symbol: 'A', slippageBps: 1 });
    expect(counts()).toEqual([1, 1, 1]);
    time += 30;
    metrics.record({ symbol: 'A', slippageBps: 3 });
    metrics.record({ symbol: 'B', slippageBps: 2 });
    expect(counts()).toEqual([3, 2, 3]);
    expect(metrics.summary()).toMatchObject({ slippage_p50: 2 });
    time += 30;
    expect(counts()).toEqual([2, 1, 2]);
    time += 30;
    expect(counts()).toEqual([0, 0, 0]);
    time -= 31;
    expect(counts()).toEqual([3, 2, 3]);
  });

  it.each([{ count: 0 }, { count: 1.5 }, { count: 10_001 }, { seconds: 0 }, { seconds: Infinity }])(
    'refuse %j',
    (windows) => {
      expect(() => createRouterMetrics({ windows })).toThrow(RangeError);
    },
  );

  it('say when they stop being exact', () => {
    const metrics = metricsOf({ windows: { count: null } });
    for (let index = 0; index < EXACT_ORDERS; index += 1) metrics.record({ symbol: 'BTCUSDT', slippageBps: index });
    expect(metrics.stats()).toMatchObject({ isExact: true, orders: EXACT_ORDERS, slippage: { p50: 499.5 } });
    metrics.record({ symbol: 'BTCUSDT', slippageBps: 1_000 });
    expect(metrics.stats()).toMatchObject({ isExact: false, orders: EXACT_ORDERS + 1 });
    expect(metrics.stats('ETHUSDT')).toMatchObject({ isExact: true, orders: 0, slippage: { p50: null, mean: null } });
  });
});
