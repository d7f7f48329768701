import { firstAt, gapsOf } from './series.js';

/** How much of a window the records of a ledger span. */
export interface Coverage {
  /** Seconds of the window between records that follow each other as closely as usual. */
  readonly seconds: number;
  /** The same as a share of the window. */
  readonly share: number;
  /** Stretches without a record, longer than the usual spacing, between the first record and the end. */
  readonly gaps: number;
}

/**
 * The part of a window (seconds since 1970) that a ledger covers which is written at a steady pace: from its first record
 * in it to the end, less every gap. Null where no two records tell the pace.
 */
export function coverageOf(column: readonly unknown[], start: number, end: number): Coverage | null {
  const first = firstAt(column, start);
  const times = column.slice(Math.max(0, first - 1)).filter((each): each is number => typeof each === 'number');
  times.sort((one, other) => one - other);
  const { spacing, limit } = gapsOf(times);
  if (spacing === null || (times.at(-1) ?? 0) < start) return null;
  let seconds = 0;
  let gaps = 0;
  for (const [index, time] of times.entries()) {
    const next = Math.min(end, times[index + 1] ?? end);
    if (next <= start) continue;
    if (next - time > limit) gaps += 1;
    else seconds += Math.max(0, next - Math.max(start, time));
  }
  return { seconds, share: Math.min(1, seconds / (end - start)), gaps };
}
