import type { ExpectancyStats, ExpectancyV6 } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import type { Snapshot } from '../snapshot.js';
import { utcHour } from '../time.js';
import { expectancyOf, LOOKBACK_HOURS } from '../trade-log.js';
import type { ClosedTrade, Expectancy } from '../trade-log.js';

export function expectancyV6Document({ at, trades }: Snapshot): Publishable<ExpectancyV6> {
  return {
    symbols: grouped(trades, ({ symbol }) => symbol),
    updated_ts: at,
    hours: grouped(trades, (trade) => String(utcHour(trade.at))),
    regimes: grouped(trades, ({ regime }) => regime),
    sample_count: trades.length,
    lookback_hours: LOOKBACK_HOURS,
  };
}

/** Statistics of a group of trades. */
export function expectancyStats(stats: Expectancy): ExpectancyStats {
  return {
    count: stats.count,
    hit_rate: stats.hitRate,
    avg_return: stats.averageReturn,
    avg_win: stats.averageWin,
    avg_loss: stats.averageLoss,
    expectancy: stats.expectancy,
    expectancy_per_risk: stats.perRisk,
    max_drawdown: stats.maxDrawdown,
  };
}

function grouped(
  trades: readonly ClosedTrade[],
  keyOf: (trade: ClosedTrade) => string,
): Record<string, ExpectancyStats> {
  const keys = [...new Set(trades.map(keyOf))].toSorted();
  const statsOf = (key: string): ExpectancyStats =>
    expectancyStats(expectancyOf(trades.filter((each) => keyOf(each) === key)));
  return Object.fromEntries(keys.map((key) => [key, statsOf(key)]));
}
