import type { KnownReading, Reading, UnknownReading } from '@hedge-telemetry/contract';

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
    return readingAt(child(tree.value, key), rest);
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
