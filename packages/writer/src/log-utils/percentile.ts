/**
 * The p-th percentile by linear interpolation: the value at rank (n - 1) * p / 100 of the n sorted values, in their
 * unit. Nullish and non-finite values are left out; null where none is left, never 0.
 * @param p percent points in [0, 100]; anything else is a RangeError.
 */
export function percentile(values: Iterable<number | null | undefined>, p: number): number | null {
  return percentileOfSorted(sortedFinite(values), p);
}

/** The finite values in ascending order, for several percentiles of the same values. */
export function sortedFinite(values: Iterable<number | null | undefined>): Float64Array {
  const finite: number[] = [];
  for (const value of values) if (typeof value === 'number' && Number.isFinite(value)) finite.push(value);
  return Float64Array.from(finite).toSorted();
}

/** {@link percentile} of values that are finite and in ascending order already. */
export function percentileOfSorted(sorted: ArrayLike<number>, p: number): number | null {
  const rank = rankOf(sorted.length, p);
  const below = sorted[Math.floor(rank)];
  const above = sorted[Math.ceil(rank)];
  return below === undefined || above === undefined ? null : interpolated(below, above, rank);
}

/** (n - 1) * p / 100, which is no rank where there are no values. A RangeError where p is not within [0, 100]. */
export function rankOf(count: number, p: number): number {
  if (!(p >= 0 && p <= 100)) throw new RangeError(`p is ${p}, expected percent points in [0, 100]`);
  return ((count - 1) * p) / 100;
}

/** The value at a rank between the values at the whole ranks below and above it. */
export function interpolated(below: number, above: number, rank: number): number {
  const share = rank - Math.floor(rank);
  return share === 0 ? below : below * (1 - share) + above * share;
}
