import type { AtrRegime, SharpeState } from '@hedge-telemetry/contract';
import { round, rounded } from './numbers.js';

/** What scales the size of an entry. */
export interface Sizing {
  readonly sharpe: number | null;
  readonly bySharpe: number;
  readonly byRegime: number;
  readonly combined: number;
  /** Null where the symbol has no score. */
  readonly byScore: number | null;
  /** Null where the symbol has no score. */
  readonly final: number | null;
}

const BY_SHARPE: Readonly<Record<SharpeState, number>> = { poor: 0.8, neutral: 1, strong: 1.15, unknown: 1 };
const BY_REGIME: Readonly<Record<AtrRegime, number>> = { quiet: 1.1, normal: 1, hot: 0.7, panic: 0.4, unknown: 1 };

/** Size multipliers of a symbol. */
export function sizingOf(sharpe: number | null, state: SharpeState, regime: AtrRegime, score: number | null): Sizing {
  const bySharpe = BY_SHARPE[state];
  const byRegime = BY_REGIME[regime];
  const combined = round(bySharpe * byRegime);
  const byScore = rounded(score === null ? null : 0.75 + 0.5 * score);
  return { sharpe, bySharpe, byRegime, combined, byScore, final: byScore === null ? null : round(combined * byScore) };
}
