import type { AtrRegime, SharpeState } from '@hedge-telemetry/contract';
import { deviation, mean, ratio, round, rounded, sum } from './numbers.js';

/** A closed trade. */
export interface ClosedTrade {
  readonly symbol: string;
  /** Seconds since 1970. */
  readonly at: number;
  /** USD realised, before fees. */
  readonly pnl: number;
  /** USD of the closing order. */
  readonly fees: number;
  readonly regime: AtrRegime;
}

/** Closed trades of the lookback window; they outlive a process. */
export interface TradeLog {
  add(trade: ClosedTrade): void;
  /** Trades not older than the lookback, oldest first. */
  recent(at: number): ClosedTrade[];
}

/** What trades earned on average, in USD; everything but the count is null where there are none. */
export interface Expectancy {
  readonly count: number;
  readonly hitRate: number | null;
  readonly averageReturn: number | null;
  /** Null where no trade won. */
  readonly averageWin: number | null;
  /** At most 0; null where no trade lost. */
  readonly averageLoss: number | null;
  readonly expectancy: number | null;
  /** Expectancy per average loss; null where there is none to measure against. */
  readonly perRisk: number | null;
  readonly maxDrawdown: number | null;
}

/** Length of the window in hours. */
export const LOOKBACK_HOURS = 48;

const MAX_TRADES = 2000;

export function createTradeLog(): TradeLog {
  let trades: ClosedTrade[] = [];
  return {
    add: (trade) => {
      trades.push(trade);
      if (trades.length > MAX_TRADES) trades = trades.slice(-MAX_TRADES);
    },
    recent: (at) => trades.filter((each) => each.at >= at - LOOKBACK_HOURS * 3600),
  };
}

/** Expectancy of trades; break-even counts as a loss of nothing. */
export function expectancyOf(trades: readonly ClosedTrade[]): Expectancy {
  const pnls = trades.map(({ pnl }) => pnl);
  const wins = pnls.filter((pnl) => pnl > 0);
  const losses = pnls.filter((pnl) => pnl <= 0);
  const hitRate = pnls.length === 0 ? null : wins.length / pnls.length;
  const averageWin = rounded(mean(wins));
  const averageLoss = rounded(mean(losses));
  const expectancy = hitRate === null ? null : round(hitRate * (averageWin ?? 0) + (1 - hitRate) * (averageLoss ?? 0));
  return {
    count: pnls.length,
    hitRate,
    averageReturn: rounded(mean(pnls)),
    averageWin,
    averageLoss,
    expectancy,
    perRisk: rounded(ratio(expectancy, averageLoss === null ? null : -averageLoss)),
    maxDrawdown: worstFall(pnls),
  };
}

/** Mean PnL over its deviation; null for fewer than two trades or trades that are all the same. */
export function sharpeOf(trades: readonly ClosedTrade[]): number | null {
  const pnls = trades.map(({ pnl }) => pnl);
  const spread = deviation(pnls);
  const centre = mean(pnls);
  return pnls.length < 2 || spread === null || centre === null || spread === 0 ? null : round(centre / spread);
}

/** Class of a Sharpe ratio. */
export function sharpeState(sharpe: number | null): SharpeState {
  if (sharpe === null) return 'unknown';
  if (sharpe < 0) return 'poor';
  return sharpe < 0.5 ? 'neutral' : 'strong';
}

/** Largest fall of the running total, starting from zero; null for no trades. */
function worstFall(pnls: readonly number[]): number | null {
  if (pnls.length === 0) return null;
  let total = 0;
  let highest = 0;
  let worst = 0;
  for (const pnl of pnls) {
    total += pnl;
    highest = Math.max(highest, total);
    worst = Math.max(worst, highest - total);
  }
  return round(worst);
}

/** Sums over trades. */
export function totals(trades: readonly ClosedTrade[]): { pnl: number; fees: number } {
  return { pnl: round(sum(trades.map(({ pnl }) => pnl))), fees: round(sum(trades.map(({ fees }) => fees))) };
}
