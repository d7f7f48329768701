import { mean, quantile } from './numbers.js';

/** Loss tail of a series of returns, as fractions and never negative. */
export interface Tail {
  /** Loss that is exceeded with probability 1 - confidence. */
  readonly valueAtRisk: number;
  /** Mean loss beyond the value at risk. */
  readonly shortfall: number;
  /** Returns used. */
  readonly count: number;
}

/** Confidence level of the tail. */
export const CONFIDENCE = 0.95;

const MIN_RETURNS = 30;

/** The historical loss tail; null for fewer than 30 returns. */
export function tailOf(returns: readonly number[]): Tail | null {
  const threshold = quantile(returns, 1 - CONFIDENCE);
  if (returns.length < MIN_RETURNS || threshold === null) return null;
  const beyond = mean(returns.filter((each) => each <= threshold)) ?? threshold;
  return { valueAtRisk: Math.max(0, -threshold), shortfall: Math.max(0, -beyond), count: returns.length };
}
