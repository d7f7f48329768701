import type { Reading, ReadingState } from '@hedge-telemetry/contract';
import type { SurfaceReading } from '@hedge-telemetry/reader';
import type { ShownValue } from './shown-values.js';

/** What a reader of the same files knows, by surface. */
export type Known = ReadonlyMap<string, SurfaceReading>;

const known = new Set<ReadingState>(['fresh', 'stale', 'skewed']);

/** States of a document in which fields of it can be known: what no finding points at in an invalid one is. */
const mayHold = new Set<ReadingState>([...known, 'invalid']);

/** Everything that the page says of a value and the files do not; empty where it tells the truth. */
export function lies(values: readonly ShownValue[], readings: Known): string[] {
  return values.flatMap((value) => {
    const trouble = lie(value, readings);
    return trouble === null ? [] : [`${value.panel} ${value.of}: ${trouble} (shown "${value.text}")`];
  });
}

function lie({ of, state, value, text }: ShownValue, readings: Known): string | null {
  const [surface, pointer] = split(of);
  const reading = readings.get(surface);
  if (reading === undefined) return null;
  const isKnownShown = known.has(state as ReadingState);
  if (!isKnownShown && (value !== null || /\d|\bOK\b|Flat/.test(text))) return `a value although it is ${state}`;
  if (isKnownShown && !mayHold.has(reading.state)) return `${state} although the surface is ${reading.state}`;
  if (!pointer.startsWith('/') && pointer !== '') return null;
  const expected = fieldOf(
    reading,
    pointer
      .split('/')
      .slice(1)
      .filter((key) => key !== ''),
  );
  if (expected === null) return null;
  if (expected.state !== state) return `${state}, but a reader says ${expected.state}`;
  return value === null || !known.has(expected.state) ? null : wrongValue(value, expected.value);
}

function wrongValue(shown: string, value: unknown): string | null {
  if (typeof value === 'string')
    return shown === value || shown.endsWith('…') || shown.includes(value) ? null : `not "${value}"`;
  if (typeof value !== 'number') return null;
  const digits = Number(shown.replaceAll(',', '').replace('\u2212', '-').replace('+', ''));
  if (Number.isNaN(digits)) return null;
  const isSame = [1, 100].some(
    (scale) => Math.abs(digits - value * scale) <= Math.max(0.006, Math.abs(value * scale) * 0.002),
  );
  return isSame ? null : `not ${value}`;
}

function split(of: string): [string, string] {
  const at = of.indexOf(':');
  return at < 0 ? [of, ''] : [of.slice(0, at), of.slice(at + 1)];
}

/** The reading of a field by its path; null for what the page computes of several. */
function fieldOf(reading: SurfaceReading, path: readonly string[]): Reading<unknown> | null {
  let node: unknown = reading.readings;
  for (const key of path) {
    if (isReading(node)) {
      if (!known.has(node.state)) return node;
      node = node.value;
    }
    if (typeof node !== 'object' || node === null) return null;
    if (!Object.hasOwn(node, key)) return null;
    node = (node as Record<string, unknown>)[key];
  }
  return isReading(node) ? node : null;
}

function isReading(node: unknown): node is Reading<unknown> {
  return typeof node === 'object' && node !== null && 'state' in node && 'value' in node && 'age_s' in node;
}
