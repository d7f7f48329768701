import { describe, expect, it } from 'vitest';
import { makerReliability, rejectPenalty, routerHealthScore, slippageBps, slippagePenalty } from './score.js';

describe('slippageBps', () => {
  it.each([
    ['BUY', 101, 100, 100],
    ['SELL', 101, 100, -100],
    ['BUY', 99, 100, -100],
    ['SELL', 99, 100, 100],
    ['SELL', 100, 100, 0],
  ] as const)('is positive where it costs: %s at %d, mark %d', (side, fill, mark, want) => {
    expect(slippageBps(side, fill, mark)).toBe(want);
  });

  it.each([
    [0, 100],
    [null, 100],
    [100, 0],
    [100, null],
    [NaN, 100],
  ])('is null without prices: fill %d, mark %d', (fill, mark) => {
    expect(slippageBps('BUY', fill, mark)).toBeNull();
  });
});

describe('penalties', () => {
  it.each([
    [-50, 0],
    [0, 0],
    [5, 0],
    [10, 0.05],
    [15, 0.1],
    [25, 0.2],
    [35, 0.3],
    [10_000, 0.3],
  ])('takes for %d bps of slippage %d', (bps, want) => {
    expect(slippagePenalty(bps)).toBeCloseTo(want, 12);
  });

  it.each([
    [0, 0],
    [0.1, 0.05],
    [0.4, 0.2],
    [1, 0.2],
  ])('takes for a share of %d rejected %d', (share, want) => {
    expect(rejectPenalty(share)).toBeCloseTo(want, 12);
  });
});

describe('scores', () => {
  it('are null where the maker share is not known, whatever else is', () => {
    const shares = { maker: null, fallback: 0, reject: 0 };
    expect([routerHealthScore(shares, 0), makerReliability(shares)]).toEqual([null, null]);
  });

  it('take off fallbacks, slippage and rejects', () => {
    const shares = { maker: 0.9, fallback: 0.5, reject: 0.2 };
    expect(routerHealthScore(shares, 10)).toBeCloseTo(0.9 - 0.15 - 0.05 - 0.1, 12);
    expect(makerReliability(shares)).toBeCloseTo(0.9 - 0.15 - 0.04, 12);
  });

  it('take nothing off for what did not occur', () => {
    const shares = { maker: 0.75, fallback: null, reject: null };
    expect([routerHealthScore(shares, null), makerReliability(shares)]).toEqual([0.75, 0.75]);
  });

  it('stay within 0 and 1', () => {
    expect(routerHealthScore({ maker: 0, fallback: 1, reject: 1 }, 1_000)).toBe(0);
    expect(makerReliability({ maker: 0.1, fallback: 1, reject: 1 })).toBe(0);
    expect(routerHealthScore({ maker: 1, fallback: 0, reject: 0 }, -1_000)).toBe(1);
  });
});
