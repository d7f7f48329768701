import { describe, expect, it } from 'vitest';
import { healthScore, reliability, slippagePenalty } from './routing.js';
import { createRouting } from './routing.js';

describe('slippagePenalty', () => {
  it.each([
    [-3, 0],
    [5, 0],
    [10, 0.05],
    [15, 0.1],
    [20, 0.15],
    [90, 0.3],
  ])('of %d bps is %d', (bps, expected) => {
    expect(slippagePenalty(bps)).toBeCloseTo(expected, 12);
  });
});

describe('healthScore', () => {
  it('takes fallbacks, slippage and rejects off the maker share', () => {
    expect(healthScore(0.8, 0.5, 10, 0.1)).toBeCloseTo(0.8 - 0.15 - 0.05 - 0.05, 12);
    expect(healthScore(0.9, 0, 0, 0.9)).toBeCloseTo(0.7, 12);
  });

  it('stays within [0, 1] and is null where no order filled', () => {
    expect(healthScore(0, 1, 90, 1)).toBe(0);
    expect(healthScore(1, null, null, null)).toBe(1);
    expect(healthScore(null, null, null, 1)).toBeNull();
  });
});

describe('reliability', () => {
  it('weighs fallbacks 0.3 and rejects 0.2', () => {
    expect(reliability(0.7, 0.5, 0.5)).toBeCloseTo(0.45, 12);
    expect(reliability(null, null, null)).toBeNull();
  });
});

describe('createRouting', () => {
  it('knows no rates before an order was routed', () => {
    const stats = createRouting().of('BTCUSDT');
    expect(stats).toMatchObject({ orders: 0, makerFillRate: null, score: null, quality: 'unknown', lastAt: null });
    expect(stats.slippage).toEqual({ q25: null, q50: null, q75: null, q95: null });
  });
});
