import { describe, expect, it } from 'vitest';
import { createAccount, fallFrom, portfolioDrawdown } from './account.js';

const NOON = 1_780_056_000;
const MIDNIGHT = NOON + 12 * 3600;

describe('createAccount', () => {
  it('computes NAV from what was realised, paid in fees and is open', () => {
    const account = createAccount(1000);
    account.settle(50, 2, NOON);
    account.refresh(-8, NOON);
    expect(account.view(NOON)).toMatchObject({
      newest: { nav: 1040, unrealized: -8, at: NOON },
      sourcesOk: true,
      realizedToday: 50,
      fees: 2,
    });
  });

  it('knows no NAV before the balances were read, nor in a new process', () => {
    const account = createAccount(1000);
    expect(account.view(NOON)).toMatchObject({ newest: null, sourcesOk: null, peak: null });
    account.refresh(0, NOON);
    account.forget();
    expect(account.view(NOON)).toMatchObject({ newest: null, sourcesOk: null, peak: { nav: 1000 } });
    expect(account.view(NOON).series).toHaveLength(1);
  });

  it('keeps the last NAV and its time while the balances do not answer', () => {
    const account = createAccount(1000);
    account.refresh(0, NOON);
    account.settle(500, 0, NOON + 1);
    account.miss();
    expect(account.view(NOON + 60)).toMatchObject({ newest: { nav: 1000, at: NOON }, sourcesOk: false });
  });

  it('starts the day over at UTC midnight, but not the peak', () => {
    const account = createAccount(1000);
    account.settle(100, 0, NOON);
    account.refresh(0, NOON);
    account.settle(-300, 0, MIDNIGHT - 1);
    account.refresh(0, MIDNIGHT - 1);
    account.refresh(0, MIDNIGHT);
    expect(account.view(MIDNIGHT)).toMatchObject({
      realizedToday: 0,
      peak: { nav: 1100, at: NOON },
      dailyPeak: { nav: 800, at: MIDNIGHT },
    });
  });

  it('bounds the equity curve', () => {
    const account = createAccount(1000);
    for (let index = 0; index < 1000; index += 1) account.refresh(index, NOON + index);
    const { series } = account.view(NOON);
    expect(series.length).toBeLessThanOrEqual(240);
    expect(series.at(-1)?.nav).toBe(1999);
  });
});

describe('fallFrom', () => {
  it('gives percent points and never a negative fall', () => {
    expect(fallFrom({ nav: 2000, at: 0 }, 1990)).toMatchObject({ abs: 10, points: 0.5 });
    expect(fallFrom({ nav: 2000, at: 0 }, 2100)).toMatchObject({ abs: 0, points: 0 });
  });

  it('is not known without a peak or a NAV', () => {
    expect(fallFrom(null, 10)).toBeNull();
    expect(fallFrom({ nav: 10, at: 0 }, null)).toBeNull();
    expect(fallFrom({ nav: 0, at: 0 }, 0)).toBeNull();
  });
});

describe('portfolioDrawdown', () => {
  const curve = (...navs: number[]) => navs.map((nav, at) => ({ at, nav, unrealized: 0 }));

  it('is the fall of the last point below the highest, as a fraction', () => {
    expect(portfolioDrawdown(curve(100, 200, 150))).toBe(0.25);
    expect(portfolioDrawdown(curve(100, 200))).toBe(0);
    expect(portfolioDrawdown([])).toBeNull();
  });
});
