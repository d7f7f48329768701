import type { Columns } from './columns.js';
import { firstAt, gapsOf, numbers } from './series.js';

/** The NAV curve over a range, and what follows from it. */
export interface NavHistory {
  readonly times: readonly number[];
  readonly nav: readonly (number | null)[];
  /** Highest NAV so far within the range. */
  readonly peak: readonly (number | null)[];
  readonly points: number;
  readonly missing: number;
  readonly first: number | null;
  readonly last: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Largest fall from a running peak in the range, as a share of that peak; null without points. */
  readonly maxDrawdown: number | null;
  readonly maxDrawdownAt: number | null;
  /** Spacing in seconds beyond which the line is broken. */
  readonly gapLimit: number;
}

/** Reads the NAV curve from the columns of nav_history, from a time on (seconds since 1970). */
export function navHistory({ values, count }: Columns, start: number): NavHistory {
  const times = values['ts'] ?? [];
  const from = firstAt(times, start);
  const known = numbers(times, from, count);
  const nav = numbers(values['nav_total'], from, count);
  const kept = known.flatMap((time, index) => (time === null ? [] : [index]));
  const isWhole = kept.length === known.length && isAscending(known);
  const order = isWhole ? null : kept.toSorted((one, other) => (known[one] ?? 0) - (known[other] ?? 0));
  const sortedTimes = order === null ? (known as number[]) : order.map((index) => known[index] ?? 0);
  const sortedNav = order === null ? nav : order.map((index) => nav[index] ?? null);
  return {
    times: sortedTimes,
    nav: sortedNav,
    ...figures(sortedTimes, sortedNav),
    gapLimit: gapsOf(sortedTimes).limit,
  };
}

function figures(
  times: readonly number[],
  nav: readonly (number | null)[],
): Omit<NavHistory, 'times' | 'nav' | 'gapLimit'> {
  const peak: (number | null)[] = [];
  let highest: number | null = null;
  let low: number | null = null;
  let first: number | null = null;
  let last: number | null = null;
  let worst: number | null = null;
  let worstAt: number | null = null;
  let missing = 0;
  for (const [index, value] of nav.entries()) {
    if (value === null) missing += 1;
    else {
      first ??= value;
      last = value;
      if (highest === null || value > highest) highest = value;
      if (low === null || value < low) low = value;
      const fall = highest > 0 ? (highest - value) / highest : null;
      if (fall !== null && (worst === null || fall > worst)) {
        worst = fall;
        worstAt = times[index] ?? null;
      }
    }
    peak.push(value === null ? null : highest);
  }
  return {
    peak,
    points: nav.length,
    missing,
    first,
    last,
    low,
    high: highest,
    maxDrawdown: worst,
    maxDrawdownAt: worst === 0 ? null : worstAt,
  };
}

function isAscending(times: readonly (number | null)[]): boolean {
  return times.every((time, index) => index === 0 || (time ?? 0) >= (times[index - 1] ?? 0));
}
