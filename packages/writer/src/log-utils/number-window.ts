import { percentileOfSorted, sortedFinite } from './percentile.js';
import { createRollingWindow } from './rolling-window.js';
import type { RollingWindowOptions } from './rolling-window.js';

/** How far a window of numbers reaches back: 200 values by default, of any age. */
export type NumberWindowOptions = Partial<RollingWindowOptions>;

/** What a window holds, in the unit of its values; null where it holds nothing. */
export interface WindowSnapshot {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
}

/** The newest numbers. */
export interface NumberWindow {
  /** Adds a value of now, or of `at` seconds since 1970. Nullish and non-finite values are left out. */
  add(value: number | null | undefined, at?: number): void;
  /** The values within the window, in the order in which they were added. */
  values(): number[];
  snapshot(): WindowSnapshot;
}

const DEFAULT_COUNT = 200;

/** An empty window by count, by time, or by both; options out of range are a RangeError. */
export function createNumberWindow({
  maxCount = DEFAULT_COUNT,
  seconds = null,
  now = systemClock,
}: NumberWindowOptions = {}): NumberWindow {
  const window = createRollingWindow<number>({ maxCount, seconds, now });
  return {
    add(value, at) {
      if (typeof value === 'number' && Number.isFinite(value)) window.add(value, at);
    },
    values: () => window.items(),
    snapshot() {
      const sorted = sortedFinite(window.items());
      return { count: sorted.length, p50: percentileOfSorted(sorted, 50), p95: percentileOfSorted(sorted, 95) };
    },
  };
}

function systemClock(): number {
  return Date.now() / 1000;
}
