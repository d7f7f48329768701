import { describe, expect, it } from 'vitest';
import { createAccount } from './account.js';
import type { Signal } from './attempt.js';
import { judge } from './gates.js';
import type { Exposure, GateContext } from './gates.js';
import { createMarket } from './market.js';
import type { SymbolMarket } from './market.js';
import { createRandom } from './random.js';
import { assess } from './risk.js';
import { createSettings } from './settings.js';

const AT = 1_780_056_000;
const NAV = 10_000;
const settings = createSettings(false, false, NAV);
const account = createAccount(NAV);
account.refresh(0, AT);
const risk = assess(account.view(AT), { quality: 'good', fallbackRatio: 0 }, settings, AT);
const [ether] = createMarket(['ETHUSDT'], createRandom(1)).symbols as [SymbolMarket];
const { mark } = ether.quote();

const signal = (notional: number, other: Partial<Signal> = {}): Signal => ({
  market: ether,
  side: 'BUY',
  positionSide: 'LONG',
  reduceOnly: false,
  qty: notional / mark,
  leverage: 2,
  strength: 0.5,
  urgent: false,
  reason: 'stretched',
  attemptId: 'sig_1',
  intentId: 'ord_1',
  at: AT,
  ...other,
});

const context = (other: Partial<GateContext> = {}): GateContext => ({
  nav: NAV,
  risk,
  limits: settings.limits,
  positions: [],
  disabled: false,
  loopsSinceClose: null,
  recentTrades: 0,
  ...other,
});

const held = (symbol: string, notional: number, group = 'alts'): Exposure => ({
  position: { symbol, side: 'LONG', qty: 1, entryPrice: notional, realized: 0 },
  group,
  notional,
});

const reasons = (verdict: ReturnType<typeof judge>): string[] => verdict.refusals.map(({ reason }) => reason);

describe('judge', () => {
  it('lets an entry within every limit pass', () => {
    expect(reasons(judge(signal(1500), context({ positions: [held('SOLUSDT', 1500)] })))).toEqual([]);
  });

  it.each<[string, Signal, GateContext]>([
    ['kill_switch', signal(1500), context({ risk: { ...risk, mode: 'HALTED' } })],
    ['circuit_breaker', signal(1500), context({ risk: { ...risk, breakerActive: true, portfolioDrawdown: 0.1 } })],
    ['trade_rate_limit', signal(1500), context({ recentTrades: 8 })],
    ['whitelist', signal(1500), context({ disabled: true })],
    ['leverage_cap', signal(1500, { leverage: 6 }), context()],
    ['cooldown', signal(1500), context({ loopsSinceClose: 5 })],
    ['max_concurrent', signal(500), context({ positions: ['A', 'B', 'C'].map((symbol) => held(symbol, 10)) })],
    ['min_notional', signal(19), context()],
    ['per_trade_cap', signal(2001), context()],
    ['symbol_cap', signal(1500), context({ positions: [held('ETHUSDT', 1600, 'majors')] })],
    ['correlation_cap', signal(1500), context({ positions: [held('BTCUSDT', 4100, 'majors')] })],
    ['portfolio_cap', signal(1500), context({ positions: [held('SOLUSDT', 7600)] })],
  ])('refuses for %s alone', (reason, given, knowing) => {
    expect(reasons(judge(given, knowing))).toEqual([reason]);
  });

  it('lists every reason, those of the account first', () => {
    const given = context({ disabled: true, risk: { ...risk, mode: 'HALTED' } });
    expect(reasons(judge(signal(5, { leverage: 9 }), given))).toEqual([
      'kill_switch',
      'whitelist',
      'leverage_cap',
      'min_notional',
    ]);
  });

  it('never holds up an order that only reduces a position', () => {
    const given = context({ disabled: true, risk: { ...risk, mode: 'HALTED' } });
    expect(reasons(judge(signal(5, { reduceOnly: true }), given))).toEqual([]);
  });
});
