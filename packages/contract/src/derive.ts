import { finding, show } from './finding.js';
import type { Finding } from './finding.js';
import { normalizePercentage, percentPoints, toPercentPoints, fraction } from './percent.js';
import { segments, valueAt } from './pointer.js';
import type { DerivedField, SurfaceEntry } from './registry.js';

/** A document whose derived fields were computed, and what had to be said about it. */
export interface Derived {
  readonly document: unknown;
  readonly findings: readonly Finding[];
}

/**
 * Computes the fields that the contract derives, for example dd_frac from dd_pct. `document` is plain data in which
 * percentages already stand in their field's unit. Where the document holds only the derived field, its source is
 * filled in from it, so that the invariant holds either way.
 */
export function deriveFields(entry: SurfaceEntry, document: unknown): Derived {
  if (entry.derived.length === 0 || typeof document !== 'object' || document === null || Array.isArray(document))
    return { document, findings: [] };
  const findings: Finding[] = [];
  const result: Record<string, unknown> = { ...document };
  for (const field of entry.derived) deriveField(entry, field, result, findings);
  return { document: result, findings };
}

function deriveField(
  entry: SurfaceEntry,
  field: DerivedField,
  document: Record<string, unknown>,
  findings: Finding[],
): void {
  const key = segments(field.pointer)[0] ?? '';
  const given = document[key];
  const sources = field.from
    .map((pointer) => ({ pointer, value: valueAt(document, pointer) }))
    .filter(({ value }) => typeof value === 'number');
  const [first, ...others] = sources;
  if (first === undefined) return fromFraction(entry, field, key, document, findings);
  for (const other of others.filter(({ value }) => value !== first.value)) {
    findings.push(
      finding('percent-contradiction', {
        surface: entry.name,
        pointer: other.pointer,
        expected: `the value of ${first.pointer}, ${show(first.value)}`,
        actual: show(other.value),
      }),
    );
  }
  const computed = normalizePercentage(percentPoints(first.value as number), (each) =>
    findings.push({ ...each, surface: entry.name, pointer: first.pointer }),
  );
  document[key] = computed;
  if (given !== undefined && given !== null && given !== computed)
    findings.push(replaced(entry, field, given, computed));
}

/**
 * The source is not known. Where the fraction was given, it is clamped, and its source is written in percent points
 * beside it; where it was left out, it is null.
 */
function fromFraction(
  entry: SurfaceEntry,
  field: DerivedField,
  key: string,
  document: Record<string, unknown>,
  findings: Finding[],
): void {
  const given = document[key];
  if (given === undefined) document[key] = null;
  if (typeof given !== 'number') return;
  const share = normalizePercentage(fraction(given), (each) =>
    findings.push({ ...each, surface: entry.name, pointer: field.pointer }),
  );
  const points = toPercentPoints(fraction(share ?? 0));
  const source = segments(field.from[0] ?? '')[0] ?? '';
  document[source] = points;
  document[key] = normalizePercentage(percentPoints(points ?? 0));
}

/** What is no number is not shown: it has not been looked at for secrets yet. */
function replaced(entry: SurfaceEntry, field: DerivedField, given: unknown, computed: number | null): Finding {
  return finding('derived-recomputed', {
    surface: entry.name,
    pointer: field.pointer,
    expected: `${show(computed)}, computed from ${field.from.join(' or ')}`,
    actual: typeof given === 'number' ? show(given) : `a ${typeof given}`,
  });
}
