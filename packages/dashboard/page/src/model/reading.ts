import type { KnownReading, Reading, ReadingState, UnknownReading } from '@hedge-telemetry/contract';
import { worse } from './states.js';

/** The freshness that every known field of a document has right now. */
export interface Freshness {
  readonly state: KnownReading<unknown>['state'];
  /** Seconds; null where the document tells no time. */
  readonly age_s: number | null;
}

/** True when the value is known: fresh, stale or skewed. */
export function isKnown<T>(reading: Reading<T>): reading is KnownReading<T> {
  return reading.state === 'fresh' || reading.state === 'stale' || reading.state === 'skewed';
}

/** True for a leaf of a tree of readings. */
export function isReading(node: unknown): node is Reading<unknown> {
  return isObject(node) && typeof node['state'] === 'string' && 'value' in node && 'age_s' in node;
}

/** A reading that says nothing but its state. */
export function unknown(state: UnknownReading['state']): UnknownReading {
  return { state, value: null, age_s: null };
}

/**
 * The reading at a path of a tree of readings. An unknown reading on the way answers for everything below it; a path
 * that leads nowhere is absent.
 */
export function readingAt(tree: unknown, path: readonly string[]): Reading<unknown> {
  const [key, ...rest] = path;
  if (isReading(tree)) {
    if (key === undefined || !isKnown(tree)) return tree;
    return readingAt(child(tree.value, key), path.slice(1));
  }
  if (key === undefined) return groupReading(tree);
  return readingAt(child(tree, key), rest);
}

/** The rows of an array of readings; null where the array itself is not known. */
export function rowsOf(reading: Reading<unknown>): readonly unknown[] | null {
  return isKnown(reading) && Array.isArray(reading.value) ? reading.value : null;
}

/** The entries of a map of readings; null where the map itself is not known. */
export function entriesOf(reading: Reading<unknown>): readonly (readonly [string, unknown])[] | null {
  return isKnown(reading) && isObject(reading.value) ? Object.entries(reading.value) : null;
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

function groupReading(tree: unknown): Reading<unknown> {
  const found = isObject(tree) ? Object.values(tree).find((each) => isReading(each)) : undefined;
  return isReading(found) && !isKnown(found) ? found : unknown('absent');
}

function child(node: unknown, key: string): unknown {
  return isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
}

function isObject(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null;
}
