import { childNode, interpret, registry } from '@hedge-telemetry/contract';
import type { FieldNode, SurfaceName } from '@hedge-telemetry/contract';

import type { LegacyExample } from './examples.js';
import { leavesOf, otherValue, withValue } from './leaves.js';
import type { Leaf } from './leaves.js';

/** What becomes of a key of a dialect. */
export interface Rename {
  /** Path in the dialect: `*` stands for every item of an array. */
  readonly from: string;
  /** Path in the canonical document. */
  readonly to: string;
  /** The value is the same; else it was converted, or others are computed from it. */
  readonly exact: boolean;
}

/**
 * Where the keys of a dialect go, found by experiment: each value of each example is changed, one at a time, and what
 * changes in the migrated document came from it. Nothing is said of a key that the examples lack or whose value cannot
 * be changed alone.
 */
export function renames(surface: string, examples: readonly LegacyExample[]): Rename[] {
  if (!Object.hasOwn(registry, surface)) return [];
  const found = new Map<string, Rename>();
  for (const { document } of examples) {
    const before = migrated(surface as SurfaceName, document);
    if (before === null) continue;
    for (const leaf of leavesOf(document))
      for (const each of traced(surface as SurfaceName, document, leaf, before)) {
        const key = `${each.from}\n${each.to}`;
        if (!found.has(key) || each.exact) found.set(key, each);
      }
  }
  return [...found.values()].toSorted((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
}

/** The old names of canonical paths: what a field was called in any dialect, where it had another name. */
export function oldNames(all: Iterable<readonly Rename[]>): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { from, to } of [...all].flat()) {
    const [old, now] = [from.split('.').at(-1) ?? '', to.split('.').at(-1)];
    if (old === now || old === '*') continue;
    names.set(to, [...new Set([...(names.get(to) ?? []), old])].toSorted());
  }
  return names;
}

/** Places of the migrated document that follow one value of the old one. */
function traced(
  surface: SurfaceName,
  document: unknown,
  { keys, value }: Leaf,
  before: ReadonlyMap<string, Place>,
): Rename[] {
  const other = otherValue(value);
  const after = other === null ? null : migrated(surface, withValue(document, keys, other));
  if (after === null) return [];
  const changed = [...after].filter(([place, now]) => {
    const old = before.get(place);
    return old !== undefined && old.value !== null && now.value !== null && !Object.is(old.value, now.value);
  });
  return changed.map(([, { path, mapKeys, value: now }]) => ({
    from: starredArrays(keys, document)
      .map((key) => (mapKeys.has(key) ? '*' : key))
      .join('.'),
    to: path.join('.'),
    exact: Object.is(now, other),
  }));
}

/** A scalar of a migrated document: its path with stars, and the keys of maps that these stand for. */
interface Place {
  readonly path: readonly string[];
  readonly mapKeys: ReadonlySet<string>;
  readonly value: unknown;
}

/** The scalars of the migrated document; null where it is not valid. */
function migrated(surface: SurfaceName, document: unknown): Map<string, Place> | null {
  const { document: canonical } = interpret(surface, document);
  if (canonical === null) return null;
  return new Map(leavesOf(canonical).map((leaf) => [leaf.keys.join('/'), placeOf(surface, canonical, leaf)]));
}

function placeOf(surface: SurfaceName, document: unknown, { keys, value }: Leaf): Place {
  let node: FieldNode | undefined = registry[surface].root;
  let holder: unknown = document;
  const path: string[] = [];
  const mapKeys = new Set<string>();
  for (const key of keys) {
    const isMap = node?.kind === 'map';
    if (isMap) mapKeys.add(key);
    path.push(isMap || Array.isArray(holder) ? '*' : key);
    node = childNode(node, holder as object, key);
    holder = Reflect.get(holder as object, key);
  }
  return { path, mapKeys, value };
}

/** The path with stars for items of arrays. */
function starredArrays(keys: readonly string[], document: unknown): string[] {
  let holder: unknown = document;
  return keys.map((key) => {
    const name = Array.isArray(holder) ? '*' : key;
    holder = Reflect.get(holder as object, key);
    return name;
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
