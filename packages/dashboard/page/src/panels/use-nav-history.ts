import { useMemo } from 'preact/hooks';
import { second, serverNow } from '../model/clock.js';
import { reaches } from '../model/columns.js';
import type { Columns } from '../model/columns.js';
import { navHistory } from '../model/nav-history.js';
import type { NavHistory } from '../model/nav-history.js';
import { preferences } from '../model/prefs.js';
import { rangeSeconds, rangeStart } from '../model/time.js';
import type { Range } from '../model/time.js';
import { useColumns } from '../ui/use-columns.js';
import { useStore } from '../ui/use-store.js';

/** The curve of NAV over the range of the page. */
export interface RangedHistory {
  readonly range: Range;
  readonly columns: Columns;
  readonly history: NavHistory;
  /** Start and end of the range in seconds since 1970; for all, from the first to the last point. */
  readonly span: readonly [number, number];
  /** The history goes back to the start of the range. */
  readonly isLoaded: boolean;
}

/** Longest time that a curve is left standing although points arrived, in seconds. */
const REFRESH_S = 1;

/** Watches nav_history over the range of the page; computed anew at most once a second. */
export function useNavHistory(): RangedHistory {
  const { range } = useStore(preferences);
  const columns = useColumns('nav_history', rangeSeconds(range));
  const tick = Math.floor(useStore(second) / REFRESH_S);
  return useMemo(() => ranged(columns, range), [tick, range, columns.since, columns.trouble]);
}

let last: { readonly key: string; readonly result: RangedHistory } | null = null;

function ranged(columns: Columns, range: Range): RangedHistory {
  const now = serverNow();
  const key = `${range} ${Math.floor(now)} ${columns.count} ${columns.since ?? ''} ${columns.trouble ?? ''}`;
  if (last?.key === key) return last.result;
  const start = rangeStart(range, now);
  const history = navHistory(columns, start);
  const span: [number, number] =
    range === 'all' ? [history.times[0] ?? now - 3600, history.times.at(-1) ?? now] : [start, now];
  const result = { range, columns, history, span, isLoaded: reaches(columns, start) };
  last = { key, result };
  return result;
}
