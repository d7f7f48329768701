import { interpolated, percentileOfSorted, rankOf } from '../log-utils/percentile.js';
import type { Weighted } from './sketch.js';

/** Measurements: one by one in ascending order, or as weighted points of a sketch, or both. */
export interface Distribution {
  readonly values: Float64Array;
  readonly points: readonly Weighted[];
}

/** All measurements of several distributions; equal points are one. */
export function joined(distributions: readonly Distribution[]): Distribution {
  const filled = distributions.filter(({ values }) => values.length > 0);
  const [only] = filled;
  const values = filled.length === 1 && only !== undefined ? only.values : sortedTogether(filled);
  return { values, points: pointsTogether(distributions.flatMap(({ points }) => points)) };
}

/** The points with the counts of equal values added up. */
export function pointsTogether(points: readonly Weighted[]): Weighted[] {
  const counts = new Map<number, number>();
  for (const [value, count] of points) counts.set(value, (counts.get(value) ?? 0) + count);
  return [...counts];
}

/** Percentiles of a distribution, by linear interpolation at rank (n - 1) * p / 100; null where it is empty. */
export function percentilesOf<const P extends readonly number[]>(
  { values, points }: Distribution,
  ps: P,
): { [K in keyof P]: number | null } {
  if (points.length === 0) return ps.map((p) => percentileOfSorted(values, p)) as { [K in keyof P]: number | null };
  const all = [...points, ...Array.from(values, (value): Weighted => [value, 1])].toSorted(([a], [b]) => a - b);
  const count = all.reduce((sum, [, each]) => sum + each, 0);
  return ps.map((p) => weightedPercentile(all, count, p)) as { [K in keyof P]: number | null };
}

function sortedTogether(distributions: readonly Distribution[]): Float64Array {
  const together = new Float64Array(distributions.reduce((sum, { values }) => sum + values.length, 0));
  let filled = 0;
  for (const { values } of distributions) {
    together.set(values, filled);
    filled += values.length;
  }
  return together.toSorted();
}

function weightedPercentile(sorted: readonly Weighted[], count: number, p: number): number | null {
  const rank = rankOf(count, p);
  const below = valueAt(sorted, Math.floor(rank));
  const above = valueAt(sorted, Math.ceil(rank));
  return below === null || above === null ? null : interpolated(below, above, rank);
}

function valueAt(sorted: readonly Weighted[], rank: number): number | null {
  let passed = 0;
  for (const [value, count] of sorted) {
    passed += count;
    if (passed > rank) return value;
  }
  return null;
}
