import type { Columns } from './columns.js';
import { firstAt, gapsOf } from './series.js';

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
  const times: number[] = [];
  const nav: (number | null)[] = [];
  const [timeColumn = [], navColumn = []] = [values['ts'], values['nav_total']];
  let isAscending = true;
  for (let index = firstAt(timeColumn, start); index < count; index += 1) {
    const time = timeColumn[index];
    if (typeof time !== 'number') continue;
    const value = navColumn[index];
    if (times.length > 0 && time < (times[times.length - 1] ?? 0)) isAscending = false;
    times.push(time);
    nav.push(typeof value === 'number' ? value : null);
  }
  const [orderedTimes, orderedNav] = isAscending ? [times, nav] : inOrder(times, nav);
  return {
    times: orderedTimes,
    nav: orderedNav,
    ...figures(orderedTimes, orderedNav),
    gapLimit: gapsOf(orderedTimes).limit,
  };
}

/** Plain loops: this runs every second over a day of points. */
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
  for (let index = 0; index < nav.length; index += 1) {
    const value = nav[index] ?? null;
    if (value === null) {
      missing += 1;
      peak.push(null);
      continue;
    }
    first ??= value;
    last = value;
    if (highest === null || value > highest) highest = value;
    if (low === null || value < low) low = value;
    const fall = highest > 0 ? (highest - value) / highest : null;
    if (fall !== null && (worst === null || fall > worst)) {
      worst = fall;
      worstAt = times[index] ?? null;
    }
    peak.push(highest);
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

function inOrder(times: readonly number[], nav: readonly (number | null)[]): [number[], (number | null)[]] {
  const order = times.map((_, index) => index).toSorted((one, other) => (times[one] ?? 0) - (times[other] ?? 0));
  return [order.map((index) => times[index] ?? 0), order.map((index) => nav[index] ?? null)];
}
