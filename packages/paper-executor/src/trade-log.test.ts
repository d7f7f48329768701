import { describe, expect, it } from 'vitest';
import { createTradeLog, expectancyOf, sharpeOf, sharpeState } from './trade-log.js';
import type { ClosedTrade } from './trade-log.js';

const trades = (...pnls: number[]): ClosedTrade[] =>
  pnls.map((pnl, at) => ({ symbol: 'ETHUSDT', at, pnl, fees: 1, regime: 'normal' }));

describe('expectancyOf', () => {
  it('is hit rate times average win plus miss rate times average loss', () => {
    expect(expectancyOf(trades(3, -1, 5, -2))).toEqual({
      count: 4,
      hitRate: 0.5,
      averageReturn: 1.25,
      averageWin: 4,
      averageLoss: -1.5,
      expectancy: 1.25,
      perRisk: 0.83333333,
      maxDrawdown: 2,
    });
  });

  it('counts a break-even trade', () => {
    expect(expectancyOf(trades(2, 0))).toMatchObject({ count: 2, hitRate: 0.5, expectancy: 1, averageLoss: 0 });
  });

  it('knows nothing but the count where there are no trades', () => {
    const { count, ...rest } = expectancyOf([]);
    expect(count).toBe(0);
    expect(Object.values(rest).every((each) => each === null)).toBe(true);
  });
});

describe('sharpeOf', () => {
  it('needs two trades that differ', () => {
    expect(sharpeOf(trades(1))).toBeNull();
    expect(sharpeOf(trades(1, 1))).toBeNull();
    expect(sharpeOf(trades(1, 3))).toBe(2);
  });

  it('is classed by sign and size', () => {
    expect([null, -0.1, 0.2, 0.5].map(sharpeState)).toEqual(['unknown', 'poor', 'neutral', 'strong']);
  });
});

describe('createTradeLog', () => {
  it('forgets trades older than 48 hours', () => {
    const log = createTradeLog();
    for (const trade of trades(1, 2, 3)) log.add(trade);
    expect(log.recent(48 * 3600 + 1).map(({ pnl }) => pnl)).toEqual([2, 3]);
  });
});
