import { describe, expect, it } from 'vitest';
import { round, sum } from './numbers.js';
import { createPortfolio } from './portfolio.js';
import type { Booking } from './portfolio.js';
import { createRandom } from './random.js';

const long = (side: Booking['side'], qty: number, price: number): Booking => ({
  symbol: 'ETHUSDT',
  positionSide: 'LONG',
  side,
  qty,
  price,
});

describe('createPortfolio', () => {
  it('closes the oldest lots first', () => {
    const portfolio = createPortfolio();
    portfolio.book(long('BUY', 1, 100));
    portfolio.book(long('BUY', 2, 110));
    const effect = portfolio.book(long('SELL', 2, 120));
    expect(effect).toEqual({ realized: 30, closedQty: 2, before: 3, after: 1 });
    expect(portfolio.position('ETHUSDT')).toMatchObject({ side: 'LONG', qty: 1, entryPrice: 110, realized: 30 });
  });

  it('gains on a short that is bought back lower', () => {
    const portfolio = createPortfolio();
    const short = (side: Booking['side'], price: number): Booking => ({
      ...long(side, 2, price),
      positionSide: 'SHORT',
    });
    portfolio.book(short('SELL', 50));
    expect(portfolio.position('ETHUSDT')).toMatchObject({ side: 'SHORT', qty: -2, entryPrice: 50 });
    expect(portfolio.book(short('BUY', 40))).toEqual({ realized: 20, closedQty: 2, before: -2, after: 0 });
    expect(portfolio.position('ETHUSDT')).toBeNull();
  });

  it('opens a lot with what a fill does not close, on either side', () => {
    const portfolio = createPortfolio();
    expect(portfolio.book(long('SELL', 1, 110))).toEqual({ realized: null, closedQty: 0, before: 0, after: -1 });
    expect(portfolio.book(long('BUY', 3, 120))).toEqual({ realized: -10, closedQty: 1, before: -1, after: 2 });
  });

  it('knows a break-even close from a fill that closed nothing', () => {
    const portfolio = createPortfolio();
    expect(portfolio.book(long('BUY', 1, 100)).realized).toBeNull();
    expect(portfolio.book(long('SELL', 1, 100)).realized).toBe(0);
  });

  it('leaves no dust where decimals do not add up in binary', () => {
    const portfolio = createPortfolio();
    portfolio.book(long('BUY', 0.1, 10));
    portfolio.book(long('BUY', 0.2, 10));
    portfolio.book(long('SELL', 0.3, 10));
    expect(portfolio.positions()).toEqual([]);
  });

  it('forgets what was realised on a position once it is flat', () => {
    const portfolio = createPortfolio();
    portfolio.book(long('BUY', 1, 100));
    portfolio.book(long('SELL', 1, 150));
    portfolio.book(long('BUY', 1, 100));
    expect(portfolio.position('ETHUSDT')?.realized).toBe(0);
  });

  it('conserves value: realised plus open PnL equals the cash flow plus the open size at the mark', () => {
    const random = createRandom(11);
    const portfolio = createPortfolio();
    const mark = 100;
    let cash = 0;
    const realized: number[] = [];
    for (let index = 0; index < 500; index += 1) {
      const side = random.chance(0.5) ? 'BUY' : 'SELL';
      const qty = round(random.between(0.1, 3), 2);
      const price = round(random.between(80, 120), 2);
      cash += side === 'BUY' ? -qty * price : qty * price;
      realized.push(portfolio.book(long(side, qty, price)).realized ?? 0);
      const held = portfolio.position('ETHUSDT');
      const open = held === null ? 0 : (mark - held.entryPrice) * held.qty;
      expect(sum(realized) + open).toBeCloseTo(cash + (held?.qty ?? 0) * mark, 4);
    }
  });
});
