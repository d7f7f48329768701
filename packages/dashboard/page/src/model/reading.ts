import type { KnownReading, Reading, ReadingState } from '@hedge-telemetry/contract';
import { isKnown, unknown } from '../../../src/view/reading.js';
import { worse } from './states.js';

export { entriesOf, isKnown, isReading, readingAt, rowsOf, unknown } from '../../../src/view/reading.js';

/** The freshness that every known field of a document has right now. */
export interface Freshness {
  readonly state: KnownReading<unknown>['state'];
  /** Seconds; null where the document tells no time. */
  readonly age_s: number | null;
}

/** The reading with the freshness that its document has now; what is not known stays so. */
export function live<T>(reading: Reading<T>, now: Freshness | null): Reading<T> {
  return now === null || !isKnown(reading) ? reading : { ...reading, state: now.state, age_s: now.age_s };
}

/** A number that a reading holds; null where it holds none. */
export function numberOf(reading: Reading<unknown>): number | null {
  return isKnown(reading) && typeof reading.value === 'number' ? reading.value : null;
}

/** A text that a reading holds; null where it holds none. */
export function textOf(reading: Reading<unknown>): string | null {
  return isKnown(reading) && typeof reading.value === 'string' ? reading.value : null;
}

/** What follows from several readings: as trustworthy as the worst of them, and known only where all of them are. */
export function combine(
  readings: readonly Reading<unknown>[],
  compute: (values: readonly number[]) => number | null,
): Reading<number> {
  const [first] = readings;
  if (first === undefined) return unknown('absent');
  const state = readings.map((each) => each.state).reduce<ReadingState>(worse, first.state);
  const age = readings.reduce<number | null>((oldest, { age_s }) => Math.max(oldest ?? 0, age_s ?? 0), first.age_s);
  const values = readings.map(numberOf);
  if (values.some((each) => each === null)) {
    const cause = readings.find((each) => !isKnown(each));
    return cause === undefined || isKnown(cause) ? unknown('absent') : { state: cause.state, value: null, age_s: age };
  }
  const value = compute(values as number[]);
  if (value === null || !Number.isFinite(value)) return unknown('absent');
  return { state: state as KnownReading<number>['state'], value, age_s: age };
}
