import type { LegacyExample } from './examples.js';

/** Where a key of a dialect is found in the canonical document. */
export interface Rename {
  readonly from: string;
  /** Null where the canonical document has no place for it. */
  readonly to: string | null;
  /** The value is the same; else it was converted on the way. */
  readonly exact: boolean;
}

/**
 * What the examples of a dialect show of where its keys went: a value that stands once in the old document and once in
 * the new one was moved; one under the same path was kept or converted. Nothing is said of a key where the examples
 * leave it open.
 */
export function renames(examples: readonly LegacyExample[]): Rename[] {
  const found = new Map<string, Rename>();
  for (const { document, canonical } of examples) {
    const [before, after] = [leaves(document), leaves(canonical)];
    for (const [from, value] of before) {
      const to = target(from, value, before, after);
      if (to !== null && !found.has(from)) found.set(from, to);
    }
  }
  return [...found.values()].toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

function target(
  from: string,
  value: unknown,
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): Rename | null {
  if (Object.is(after.get(from), value)) return { from, to: from, exact: true };
  if (isTelling(value) && holders(before, value).length === 1) {
    const [to, ...others] = holders(after, value);
    if (to !== undefined && others.length === 0) return { from, to, exact: true };
  }
  const same = after.get(from);
  return same === undefined || same === null ? null : { from, to: from, exact: false };
}

function holders(document: ReadonlyMap<string, unknown>, value: unknown): string[] {
  return [...document].filter(([, each]) => Object.is(each, value)).map(([path]) => path);
}

/** A value that does not occur by chance. */
function isTelling(value: unknown): boolean {
  if (typeof value === 'number') return value !== 0 && value !== 1;
  return typeof value === 'string' && value.length > 2;
}

/** Paths of the first occurrence of every scalar; items of arrays are `*`, the first of them counts. */
function leaves(document: unknown): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const visit = (value: unknown, path: readonly string[]): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each, [...path, '*']);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, each] of Object.entries(value)) visit(each, [...path, key]);
    } else if (!found.has(path.join('.'))) found.set(path.join('.'), value);
  };
  visit(document, []);
  return found;
}
