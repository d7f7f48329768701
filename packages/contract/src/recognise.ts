import type { Shape, SurfaceEntry } from './registry.js';

/** What a document was recognised as. */
export interface Recognised {
  /** "canonical", the name of a legacy dialect, or null. */
  readonly dialect: string | null;
  /** Major version that the document names, null where it names none. */
  readonly major: number | null;
}

/** Tells the canonical shape from the legacy dialects of a surface: by the document's schema tag, else by its root keys, newest first. */
export function recognise(entry: SurfaceEntry, document: unknown): Recognised {
  const major = taggedMajor(entry, document);
  if (major !== null || matches(entry.shape, document)) return { dialect: 'canonical', major };
  const dialect = entry.dialects.find((each) => matches(each, document));
  if (dialect !== undefined) return { dialect: dialect.name, major };
  return { dialect: resemblesCanonical(entry, document) ? 'canonical' : null, major };
}

function taggedMajor(entry: SurfaceEntry, document: unknown): number | null {
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
