import { segments } from '@hedge-telemetry/contract';
import { entriesOf, isReading, readingAt, rowsOf } from '../view/reading.js';
import { ITEMS, VALUES } from './definitions.js';
import type { MetricDefinition } from './definitions.js';

/** One value of a time series. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Series of one metric beyond this are left out: a hostile file must not flood the time series database. */
export const MAX_SERIES = 2_000;

/** A place in the tree of readings, and the row and key that enclose it. */
interface Place {
  readonly tree: unknown;
  readonly row: unknown;
  readonly key: string | null;
}

/**
 * The samples that a surface's readings hold. Only fresh values count: a series whose value is missing, old or invalid
 * ends, instead of going on as if it were known.
 */
export function samplesOf(definition: MetricDefinition, readings: unknown): Sample[] {
  return places(definition.path, { tree: readings, row: null, key: null })
    .slice(0, MAX_SERIES)
    .flatMap((place) => sampleAt(definition, place));
}

function places(path: readonly string[], place: Place): Place[] {
  const [step, ...rest] = path;
  if (step === undefined) return [place];
  const reading = readingAt(place.tree, []);
  if (step === ITEMS) {
    const rows = rowsOf(isReading(place.tree) ? place.tree : reading) ?? [];
    return rows.flatMap((row) => places(rest, { tree: row, row, key: null }));
  }
  if (step === VALUES) {
    const entries = entriesOf(isReading(place.tree) ? place.tree : reading) ?? [];
    return entries.flatMap(([key, row]) => places(rest, { tree: row, row, key }));
  }
  const next = childOf(place.tree, step);
  return next === undefined ? [] : places(rest, { ...place, tree: next });
}

function sampleAt(definition: MetricDefinition, { tree, row, key }: Place): Sample[] {
  if (!isReading(tree) || tree.state !== 'fresh') return [];
  const labels = labelsOf(definition, row, key);
  if (labels === null) return [];
  const { value } = tree;
  if (definition.type === 'stateset')
    return definition.states.map((state) => ({ labels: { ...labels, state }, value: state === value ? 1 : 0 }));
  if (typeof value === 'boolean') return [{ labels, value: value ? 1 : 0 }];
  if (typeof value !== 'number' || !Number.isFinite(value)) return [];
  return [{ labels, value: (value * definition.factor) / definition.divisor }];
}

/** Null where a label cannot be told: a series without it would be another one. What may be null is an empty label. */
function labelsOf({ labels }: MetricDefinition, row: unknown, key: string | null): Record<string, string> | null {
  const told: Record<string, string> = {};
  for (const [label, source] of Object.entries(labels)) {
    const value: unknown = source === 'key' ? key : valueOf(readingAt(row, segments(source)));
    if (value === undefined) return null;
    told[label] = typeof value === 'string' ? value : '';
  }
  return told;
}

function valueOf(reading: ReturnType<typeof readingAt>): unknown {
  if (reading.state === 'absent') return null;
  return reading.state === 'invalid' ? undefined : reading.value;
}

/** A known object in a map or array is a Reading that holds it; below an object its fields follow at once. */
function childOf(tree: unknown, key: string): unknown {
  if (isReading(tree))
    return typeof tree.value === 'object' && tree.value !== null ? ownOf(tree.value, key) : undefined;
  return ownOf(tree, key);
}

function ownOf(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key)
    ? (node as Record<string, unknown>)[key]
    : undefined;
}
