import type { Schema } from './load.js';
import { transform, walk } from './walk.js';

const ANNOTATIONS: ReadonlySet<string> = new Set([
  '$id',
  '$schema',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
]);

/** The schema without anything that no validator sees. */
export function withoutAnnotations(schema: Schema): Schema {
  return transform(schema, (each) =>
    Object.fromEntries(
      Object.entries(each).filter(([keyword]) => !ANNOTATIONS.has(keyword) && !keyword.startsWith('x-')),
    ),
  );
}

/** JSON with sorted keys: equal texts, equal values. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`;
}

/** Stands for the version that is yet to be derived. */
export const NEXT = 'next';

/**
 * Puts versions in place of `"x-since": "next"`: what an earlier release says of the same field, else `version`.
 * Shared types keep "next", since the surfaces that use them got the field in different versions.
 */
export function resolveSince(schema: Schema, earlier: readonly Schema[], version: string): Schema {
  const known = new Map<string, unknown>();
  for (const release of earlier)
    walk(release, (each, pointer) => {
      if (each['x-since'] !== undefined && !known.has(pointer)) known.set(pointer, each['x-since']);
    });
  const copy = structuredClone(schema);
  walk(copy, (each, pointer) => {
    if (each['x-since'] === NEXT) each['x-since'] = known.get(pointer) ?? version;
  });
  return copy;
}
