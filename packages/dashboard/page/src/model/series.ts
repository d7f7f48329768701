/** Points of a line chart; null is a gap. */
export interface Series {
  /** Seconds since 1970, ascending. */
  readonly times: readonly number[];
  readonly lines: readonly (readonly (number | null)[])[];
}

/** How the points of a series are spaced, and where it breaks off. */
export interface Gaps {
  /** Median spacing in seconds; null where there are fewer than two points. */
  readonly spacing: number | null;
  /** Spacing beyond which the line is broken. */
  readonly limit: number;
}

const SAMPLE = 2_000;
const MIN_GAP_S = 10;
const GAP_FACTOR = 6;

/** The first index whose time is at or after `start`; the column ascends but for stray lines. */
export function firstAt(times: readonly unknown[], start: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const time = times[middle];
    if (typeof time === 'number' && time >= start) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Tells how far apart points usually are, and from which distance on a stretch without points is a gap. */
export function gapsOf(times: readonly number[]): Gaps {
  const step = Math.max(1, Math.floor(times.length / SAMPLE));
  const spacings: number[] = [];
  for (let index = 1; index < times.length; index += step) {
    const spacing = (times[index] ?? 0) - (times[index - 1] ?? 0);
    if (spacing > 0) spacings.push(spacing);
  }
  if (spacings.length === 0) return { spacing: null, limit: Number.POSITIVE_INFINITY };
  spacings.sort((one, other) => one - other);
  const spacing = spacings[spacings.length >> 1] ?? 0;
  return { spacing, limit: Math.max(MIN_GAP_S, spacing * GAP_FACTOR) };
}

/**
 * Thins a series to at most about two points a bucket, keeping in each bucket the lowest and highest value of the first
 * line, so that no spike is lost. Gaps (a missing value, or a stretch longer than `limit`) stay gaps.
 */
export function thin({ times, lines }: Series, buckets: number, limit: number): Series {
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined) return { times: [], lines: lines.map(() => []) };
  const picked =
    times.length <= buckets * 2 ? times.map((_, index) => index) : extremes(times, lines[0] ?? [], buckets);
  const outTimes: number[] = [];
  const out: (number | null)[][] = lines.map(() => []);
  const put = (time: number, index: number | null): void => {
    outTimes.push(time);
    for (const [line, values] of out.entries()) values.push(index === null ? null : (lines[line]?.[index] ?? null));
  };
  let previous: number | null = null;
  for (const index of picked) {
    const time = times[index] ?? 0;
    if (previous !== null && hasGap(times, previous, index, limit)) put((times[previous] ?? 0) + 0.001, null);
    put(time, index);
    previous = index;
  }
  return { times: outTimes, lines: out };
}

function extremes(times: readonly number[], values: readonly (number | null)[], buckets: number): number[] {
  const first = times[0] ?? 0;
  const width = ((times.at(-1) ?? 0) - first) / buckets || 1;
  const picked: number[] = [0];
  let index = 0;
  for (let bucket = 0; bucket < buckets && index < times.length; bucket += 1) {
    const end = bucket === buckets - 1 ? Number.POSITIVE_INFINITY : first + (bucket + 1) * width;
    let low = -1;
    let high = -1;
    let hole = -1;
    for (; index < times.length && (times[index] ?? 0) < end; index += 1) {
      const value = values[index] ?? null;
      if (value === null) hole = index;
      else {
        if (low < 0 || value < (values[low] ?? 0)) low = index;
        if (high < 0 || value > (values[high] ?? 0)) high = index;
      }
    }
    for (const each of [low, high, hole].filter((one) => one >= 0).toSorted((one, other) => one - other)) {
      if (each !== picked.at(-1)) picked.push(each);
    }
  }
  const end = times.length - 1;
  if (picked.at(-1) !== end) picked.push(end);
  return picked;
}

function hasGap(times: readonly number[], from: number, to: number, limit: number): boolean {
  if ((times[to] ?? 0) - (times[from] ?? 0) <= limit) return false;
  for (let index = from + 1; index <= to; index += 1) {
    if ((times[index] ?? 0) - (times[index - 1] ?? 0) > limit) return true;
  }
  return false;
}
