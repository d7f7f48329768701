import { describe, expect, it } from 'vitest';
import { createMarket } from './market.js';
import { createRandom } from './random.js';

describe('createMarket', () => {
  it('keeps every price near its home, between bid and ask', () => {
    const market = createMarket(['BTCUSDT', 'SUIUSDT', 'NEWUSDT'], createRandom(2));
    for (let tick = 0; tick < 5000; tick += 1) {
      market.tick();
      for (const each of market.symbols) {
        const { mark, bid, ask } = each.quote();
        expect(bid).toBeLessThanOrEqual(mark);
        expect(ask).toBeGreaterThanOrEqual(mark);
        expect(ask).toBeGreaterThan(bid);
        expect(Math.abs(mark / each.instrument.price - 1)).toBeLessThan(0.5);
      }
    }
  });

  it('lists a symbol once, however often it was given', () => {
    const market = createMarket(['ETHUSDT', 'ETHUSDT'], createRandom(2));
    expect(market.symbols.map(({ symbol }) => symbol)).toEqual(['ETHUSDT']);
  });

  it('knows no stretch and no volatility until there is enough history', () => {
    const market = createMarket(['ETHUSDT'], createRandom(2));
    const [ether] = market.symbols;
    market.tick();
    expect(ether?.stretch()).toBeNull();
    expect(ether?.volatility()).toEqual({ atrNow: null, atrMedian: null, ratio: null, regime: 'unknown' });
    for (let tick = 0; tick < 100; tick += 1) market.tick();
    expect(ether?.stretch()).not.toBeNull();
    expect(ether?.volatility().atrNow).toBeGreaterThan(0);
    expect(ether?.volatility().regime).not.toBe('unknown');
  });
});
