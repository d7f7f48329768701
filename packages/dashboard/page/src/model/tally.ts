import type { Columns } from './columns.js';
import { firstAt } from './series.js';

/** How often something occurred. */
export interface Tally {
  readonly label: string;
  readonly count: number;
}

/** What a ledger holds of a range. */
export interface RangeTally {
  readonly tallies: readonly Tally[];
  readonly total: number;
  /** The newest record of all that are held, in seconds since 1970. */
  readonly newest: number | null;
  /** The oldest record within what is held. */
  readonly oldest: number | null;
}

/** Counts a column by value from a time on, most frequent first; what is not stated counts as "not reported". */
export function tallyOf({ values, count }: Columns, field: string, start: number): RangeTally {
  const times = values['ts'] ?? [];
  const column = values[field] ?? [];
  const counts = new Map<string, number>();
  const from = firstAt(times, start);
  for (let index = from; index < count; index += 1) {
    const value = column[index];
    const label = typeof value === 'string' && value !== '' ? value : 'not reported';
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const tallies = [...counts].map(([label, amount]) => ({ label, count: amount }));
  tallies.sort((one, other) => other.count - one.count || (one.label < other.label ? -1 : 1));
  return { tallies, total: count - from, newest: timeAt(times, count - 1), oldest: timeAt(times, 0) };
}

function timeAt(times: readonly unknown[], index: number): number | null {
  const time = times[index];
  return typeof time === 'number' ? time : null;
}
