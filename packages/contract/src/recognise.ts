import type { Shape, SurfaceEntry } from './registry.js';

/** What a document may be read as. */
export interface Form {
  /** "canonical", "v<major>" for an older major version, or the name of a legacy dialect. */
  readonly dialect: string;
  /** Major version that it is of; legacy dialects are migrated to the first. */
  readonly major: number;
  readonly isLegacy: boolean;
}

/** What a document was recognised as. */
export interface Recognised {
  /** The first of these whose reader view accepts the document, else the first. Empty where no shape is known. */
  readonly forms: readonly Form[];
  /** Major version that the document names, null where it names none. */
  readonly named: number | null;
}

const LEGACY_MAJOR = 1;

/** Tells the versions and legacy dialects of a surface apart: by the document's schema tag, else by its root keys, newest first. */
export function recognise(entry: SurfaceEntry, document: unknown): Recognised {
  const named = namedMajor(entry, document);
  return { forms: named === null ? formsByShape(entry, document) : [formNamed(entry, named)], named };
}

/** Major version of the canonical schema. */
export function workingMajor({ version }: SurfaceEntry): number {
  return Number.parseInt(version, 10);
}

/** A version that nobody knows yet is read as the newest one. */
function formNamed(entry: SurfaceEntry, named: number): Form {
  const known = entry.majors.some(({ major }) => major === named);
  return known ? olderForm(named) : canonicalForm(entry);
}

function formsByShape(entry: SurfaceEntry, document: unknown): Form[] {
  const forms = matches(entry.shape, document) ? [canonicalForm(entry)] : [];
  for (const { major, shape } of entry.majors) if (matches(shape, document)) forms.push(olderForm(major));
  if (forms.length > 0) return forms;
  const dialect = entry.dialects.find((each) => matches(each, document));
  if (dialect !== undefined) return [{ dialect: dialect.name, major: LEGACY_MAJOR, isLegacy: true }];
  return resemblesCanonical(entry, document) ? [canonicalForm(entry)] : [];
}

function canonicalForm(entry: SurfaceEntry): Form {
  return { dialect: 'canonical', major: workingMajor(entry), isLegacy: false };
}

function olderForm(major: number): Form {
  return { dialect: `v${major}`, major, isLegacy: false };
}

function namedMajor(entry: SurfaceEntry, document: unknown): number | null {
  const tag = keysOf(document)?.['schema'];
  if (typeof tag !== 'string' || !tag.startsWith(`${entry.name}_v`)) return null;
  const major = tag.slice(entry.name.length + 2);
  return /^[1-9]\d{0,3}$/.test(major) ? Number(major) : null;
}

function matches(shape: Shape, document: unknown): boolean {
  if (shape.root === 'array') return Array.isArray(document);
  const keys = keysOf(document);
  if (keys === null) return false;
  const has = (key: string): boolean => Object.hasOwn(keys, key);
  return (
    shape.has.every(has) &&
    (shape.hasAny.length === 0 || shape.hasAny.some(has)) &&
    !shape.lacks.some(has) &&
    Object.entries(shape.equals).every(([key, value]) => has(key) && keys[key] === value)
  );
}

/** A canonical document with a part missing is still read as one: at least half of the required keys are there. */
function resemblesCanonical(entry: SurfaceEntry, document: unknown): boolean {
  const keys = keysOf(document);
  if (keys === null) return false;
  const required = entry.root.kind === 'union' ? [entry.root.tag ?? ''] : (entry.root.required ?? []);
  const present = required.filter((key) => Object.hasOwn(keys, key));
  return required.length > 0 && present.length * 2 >= required.length;
}

function keysOf(document: unknown): Record<string, unknown> | null {
  return typeof document === 'object' && document !== null && !Array.isArray(document)
    ? (document as Record<string, unknown>)
    : null;
}
