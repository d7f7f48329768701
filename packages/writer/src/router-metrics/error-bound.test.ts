import { describe, expect, it } from 'vitest';
import { percentile } from '../log-utils/percentile.js';
import { RELATIVE_ERROR, SLICES } from './limits.js';
import { createRouterMetrics } from './router-metrics.js';
import { createSketch } from './sketch.js';

/** mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SEED = 4_711;
const random = seeded(SEED);
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const SMALLEST = 0.001;

const shapes: Record<string, () => number> = {
  'slippage around 0': () => normal() * 4,
  'a heavy tail of costs': () => Math.exp(normal() * 3),
  'mostly exactly 0': () => (random() < 0.8 ? 0 : normal()),
  'two far groups': () => (random() < 0.5 ? -10_000 : 10_000) + normal(),
  'one value': () => 7,
  'values too small to matter': () => normal() * 1e-5,
};

/** How far a percentile between two neighbours may be off: as far as the larger of them. */
function bound(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = ((sorted.length - 1) * p) / 100;
  const around = [sorted[Math.floor(rank)] ?? 0, sorted[Math.ceil(rank)] ?? 0];
  return Math.max(...around.map(Math.abs)) * RELATIVE_ERROR * (1 + 1e-9) + SMALLEST;
}

describe.each(Object.keys(shapes))(`percentiles of 40,000 orders, %s (seed ${SEED})`, (shape) => {
  it('are within the stated error, counts and mean exact', () => {
    const metrics = createRouterMetrics({ windows: { count: null, seconds: 3_600 }, now: () => 3_600 });
    const values = Array.from({ length: 40_000 }, shapes[shape] ?? (() => NaN));
    values.forEach((slippageBps, index) =>
      metrics.record({ symbol: `S${index % 3}`, at: 1 + index / 20, slippageBps, ackLatencyMs: Math.abs(slippageBps) }),
    );
    const { orders, slippage, latency, isExact } = metrics.stats();
    expect({ orders, isExact }).toEqual({ orders: 40_000, isExact: false });
    expect(slippage.mean).toBeCloseTo(values.reduce((sum, each) => sum + each, 0) / values.length, 6);
    for (const [p, got] of [
      [50, slippage.p50],
      [95, slippage.p95],
    ] as const)
      // prettier-ignore
      expect(Math.abs((got ?? NaN) - (percentile(values, p) ?? NaN))).toBeLessThanOrEqual(bound(values, p));
    const sizes = values.map(Math.abs);
    for (const [p, got] of [
      [50, latency.p50],
      [95, latency.p95],
    ] as const)
      // prettier-ignore
      expect(Math.abs((got ?? NaN) - (percentile(sizes, p) ?? NaN))).toBeLessThanOrEqual(bound(sizes, p));
  });
});

describe('a time window with more orders than are kept', () => {
  it('reaches back by its length and at most one slice more', () => {
    let time = 0;
    const metrics = createRouterMetrics({ windows: { count: null, seconds: 600 }, now: () => time });
    for (let index = 0; index < 20_000; index += 1) {
      time = index / 10;
      metrics.record({ symbol: 'A', slippageBps: index });
    }
    const { orders } = metrics.stats();
    expect(orders).toBeGreaterThanOrEqual(6_000);
    expect(orders).toBeLessThanOrEqual(6_000 + 6_000 / SLICES);
    time += 700;
    expect(metrics.stats()).toMatchObject({ orders: 0, isExact: true, slippage: { p50: null } });
  });
});

describe('createSketch', () => {
  it('stays within its number of buckets, whatever it is given', () => {
    const sketch = createSketch();
    for (let exponent = -30; exponent <= 30; exponent += 0.005)
      for (const sign of [-1, 1]) sketch.add(sign * 10 ** exponent);
    expect(sketch.points().length).toBeLessThanOrEqual(2_075);
    expect(sketch.points().every(([value, count]) => Number.isFinite(value) && count > 0)).toBe(true);
  });
});
