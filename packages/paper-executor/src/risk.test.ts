import { describe, expect, it } from 'vitest';
import { createAccount } from './account.js';
import type { Account } from './account.js';
import { assess } from './risk.js';
import type { RoutingHealth } from './risk.js';
import { createSettings } from './settings.js';

const AT = 1_780_056_000;
const GOOD: RoutingHealth = { quality: 'good', fallbackRatio: 0.1 };
const settings = createSettings(false, false, 1000);

function accountAfter(...pnls: number[]): Account {
  const account = createAccount(1000);
  account.refresh(0, AT);
  for (const pnl of pnls) {
    account.settle(pnl, 0, AT);
    account.refresh(0, AT);
  }
  return account;
}

const modeOf = (account: Account, routing = GOOD, at = AT): string =>
  assess(account.view(at), routing, settings, at).mode;

describe('assess', () => {
  it('is OK while NAV is fresh and near its peak', () => {
    const view = assess(accountAfter(-3).view(AT), GOOD, settings, AT);
    expect(view).toMatchObject({ mode: 'OK', score: 0, ddState: 'normal', navAgeSeconds: 0 });
    expect(view.drawdown?.points).toBeCloseTo(0.3, 12);
  });

  it('is HALTED without a NAV, and then knows no drawdown', () => {
    const account = accountAfter();
    account.forget();
    expect(assess(account.view(AT), GOOD, settings, AT)).toMatchObject({
      mode: 'HALTED',
      drawdown: null,
      dailyLoss: null,
      ddState: null,
      navAgeSeconds: null,
    });
  });

  it('is HALTED while a source does not answer, and when NAV is older than its threshold', () => {
    const account = accountAfter();
    expect(modeOf(account, GOOD, AT + 90)).toBe('OK');
    expect(modeOf(account, GOOD, AT + 91)).toBe('HALTED');
    account.miss();
    expect(modeOf(account)).toBe('HALTED');
  });

  it('is DEFENSIVE from the drawdown limit on', () => {
    const view = assess(accountAfter(-12).view(AT), GOOD, settings, AT);
    expect(view).toMatchObject({ mode: 'DEFENSIVE', ddState: 'defensive', score: 1 });
  });

  it('is DEFENSIVE from the daily loss limit on', () => {
    expect(modeOf(accountAfter(-7.9))).toBe('OK');
    expect(modeOf(accountAfter(-8))).toBe('DEFENSIVE');
  });

  it('is WARN while orders are routed badly', () => {
    const account = accountAfter();
    expect(modeOf(account, { quality: 'degraded', fallbackRatio: 0 })).toBe('WARN');
    expect(modeOf(account, { quality: 'good', fallbackRatio: 0.6 })).toBe('WARN');
    expect(modeOf(account, { quality: 'unknown', fallbackRatio: null })).toBe('OK');
  });

  it('judges by looser limits on the testnet', () => {
    const testnet = createSettings(true, false, 1000);
    expect(assess(accountAfter(-12).view(AT), GOOD, testnet, AT).mode).toBe('OK');
  });
});
