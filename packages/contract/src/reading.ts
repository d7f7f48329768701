export type { KnownReading, Reading, ReadingState, UnknownReading } from '../generated/reading.js';

import type { KnownReading, Reading } from '../generated/reading.js';

/** True when the value is known: fresh, stale or skewed. */
export function isKnown<T>(reading: Reading<T>): reading is KnownReading<T> {
  return reading.state === 'fresh' || reading.state === 'stale' || reading.state === 'skewed';
}
