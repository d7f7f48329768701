import { clamp, mean, rounded, sum } from './numbers.js';
import { slippagePenalty } from './routing.js';
import type { RoutingStats } from './routing.js';
import type { Expectancy } from './trade-log.js';

/** How attractive a symbol is, and the parts of that; a part is null where it could not be computed. */
export interface Score {
  /** In [0, 1]; null where neither trades nor orders say anything. */
  readonly value: number | null;
  readonly expectancy: number | null;
  readonly router: number | null;
  readonly slippagePenalty: number | null;
  readonly feePenalty: number | null;
  readonly volatilityPenalty: number | null;
}

/** Scores a symbol by what its trades earned and how well its orders were routed, less penalties. */
export function scoreOf(
  stats: Expectancy,
  routing: RoutingStats,
  feeRatio: number | null,
  atrRatio: number | null,
): Score {
  const expectancy = expectancyPart(stats);
  const slip = routing.averageSlippage === null ? null : slippagePenalty(routing.averageSlippage);
  const feePenalty = feeRatio === null ? null : clamp(feeRatio * 0.1, 0, 0.2);
  const volatilityPenalty = atrRatio === null ? null : clamp((atrRatio - 1.5) * 0.1, 0, 0.2);
  const base = mean([expectancy, routing.score].flatMap((each) => each ?? []));
  const penalties = sum([slip, feePenalty, volatilityPenalty].flatMap((each) => each ?? []));
  return {
    value: base === null ? null : rounded(clamp(base - penalties, 0, 1), 6),
    expectancy: rounded(expectancy, 6),
    router: rounded(routing.score, 6),
    slippagePenalty: rounded(slip, 6),
    feePenalty: rounded(feePenalty, 6),
    volatilityPenalty: rounded(volatilityPenalty, 6),
  };
}

/** 0.5 is neutral; without a loss to measure against, only the sign counts. */
function expectancyPart({ expectancy, perRisk }: Expectancy): number | null {
  if (expectancy === null) return null;
  return clamp(0.5 + 0.25 * (perRisk ?? Math.sign(expectancy)), 0, 1);
}
