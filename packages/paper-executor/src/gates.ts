import type { Signal } from './attempt.js';
import { sum } from './numbers.js';
import type { OpenPosition } from './portfolio.js';
import type { RiskView } from './risk.js';
import type { Limits } from './settings.js';

/** What the gates know when they judge an entry. */
export interface GateContext {
  readonly nav: number | null;
  readonly risk: RiskView;
  readonly limits: Limits;
  readonly positions: readonly Exposure[];
  readonly disabled: boolean;
  /** Null where the symbol has not been closed yet. */
  readonly loopsSinceClose: number | null;
  readonly recentTrades: number;
}

/** An open position with its value. */
export interface Exposure {
  readonly position: OpenPosition;
  readonly group: string;
  /** |qty| * mark in USD. */
  readonly notional: number;
}

/** A gate that refuses a signal, in the common vocabulary and in its own words. */
export interface Refusal {
  readonly reason: string;
  readonly original: string;
  /** The limit and what was measured against it. */
  readonly threshold: number | boolean;
  readonly observed: number | boolean | string;
}

/** The outcome of all gates. */
export interface Verdict {
  /** The decisive one first; empty means that the signal may trade. */
  readonly refusals: readonly Refusal[];
  readonly notional: number;
  readonly context: GateContext;
}

/** Runs an entry past every gate. Orders that only reduce a position pass. */
export function judge(signal: Signal, context: GateContext): Verdict {
  const notional = signal.qty * signal.market.quote().mark;
  if (signal.reduceOnly) return { refusals: [], notional, context };
  const refusals = [
    ...accountGates(context),
    ...symbolGates(signal, context),
    ...(context.nav === null ? [] : sizeGates(signal, notional, context.nav, context)),
  ];
  return { refusals, notional, context };
}

function accountGates({ risk, limits, recentTrades }: GateContext): Refusal[] {
  return [
    when(risk.mode === 'HALTED', 'kill_switch', 'risk_halted', true, risk.mode),
    when(
      risk.breakerActive === true,
      'circuit_breaker',
      'portfolio_drawdown',
      limits.maxPortfolioDrawdownFrac,
      risk.portfolioDrawdown ?? true,
    ),
    when(
      recentTrades >= limits.maxTradesPerWindow,
      'trade_rate_limit',
      'too_many_trades',
      limits.maxTradesPerWindow,
      recentTrades,
    ),
  ].flat();
}

function symbolGates({ market, leverage }: Signal, context: GateContext): Refusal[] {
  const { limits, positions, loopsSinceClose } = context;
  const held = positions.some(({ position }) => position.symbol === market.symbol);
  const resting = loopsSinceClose ?? limits.cooldownLoops;
  return [
    when(context.disabled, 'whitelist', 'symbol_disabled', true, false),
    when(leverage > limits.maxLeverage, 'leverage_cap', 'leverage_exceeded', limits.maxLeverage, leverage),
    when(resting < limits.cooldownLoops, 'cooldown', 'symbol_resting', limits.cooldownLoops, resting),
    when(
      !held && positions.length >= limits.maxPositions,
      'max_concurrent',
      'max_concurrent_positions',
      limits.maxPositions,
      positions.length,
    ),
  ].flat();
}

function sizeGates({ market }: Signal, notional: number, nav: number, context: GateContext): Refusal[] {
  const { limits, positions } = context;
  const valueOf = (counts: (each: Exposure) => boolean): number =>
    (sum(positions.filter(counts).map((each) => each.notional)) + notional) / nav;
  const cap = (name: string, original: string, limit: number, share: number): Refusal[] =>
    when(share > limit, name, original, limit, share);
  const { group } = market.instrument;
  return [
    when(notional < limits.minNotional, 'min_notional', 'below_min_notional', limits.minNotional, notional),
    cap('per_trade_cap', 'trade_exceeds_nav_share', limits.maxTradeFrac, notional / nav),
    cap(
      'symbol_cap',
      'symbol_exposure_exceeded',
      limits.maxSymbolFrac,
      valueOf(({ position }) => position.symbol === market.symbol),
    ),
    cap(
      'correlation_cap',
      'group_exposure_exceeded',
      limits.maxGroupFrac,
      valueOf((each) => each.group === group),
    ),
    cap(
      'portfolio_cap',
      'gross_exposure_exceeded',
      limits.maxGrossFrac,
      valueOf(() => true),
    ),
  ].flat();
}

function when(
  refused: boolean,
  reason: string,
  original: string,
  threshold: Refusal['threshold'],
  observed: Refusal['observed'],
): Refusal[] {
  return refused ? [{ reason, original, threshold, observed }] : [];
}
