import { findNodeAtLocation, parseTree } from 'jsonc-parser';

import { NEXT } from '../tree/annotations.js';
import type { Bundle } from '../tree/bundle.js';
import type { Schema } from '../tree/load.js';
import { unescapeSegment } from '../tree/segment.js';
import { walk } from '../tree/walk.js';

/** The text of a schema with its tag moved to the next major version. */
export function withNextTag(text: string, surface: string, from: number): string {
  return text.replaceAll(`"${surface}_v${from}"`, `"${surface}_v${from + 1}"`);
}

/** A working schema, and the same with the versions that stand for "next" in it. */
export interface Resolved {
  readonly bundle: Pick<Bundle, 'schema' | 'origin'>;
  readonly resolved: Schema;
}

/** File below schemas/, to pointer of a schema that says "next", to the version that all surfaces with it agree on. */
export function sinceEdits(surfaces: Iterable<Resolved>): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, Set<unknown>>>();
  for (const { bundle, resolved } of surfaces) {
    const versions = new Map<string, unknown>();
    walk(resolved, (each, pointer) => versions.set(pointer, each['x-since']));
    walk(bundle.schema, (each, pointer) => {
      if (each['x-since'] !== NEXT) return;
      const place = bundle.origin(pointer);
      const file = found.get(place.file) ?? new Map<string, Set<unknown>>();
      found.set(place.file, file);
      file.set(place.pointer, (file.get(place.pointer) ?? new Set()).add(versions.get(pointer)));
    });
  }
  return new Map(
    [...found].flatMap(([file, places]): [string, Map<string, string>][] => {
      const settled = [...places].flatMap(([pointer, versions]): [string, string][] => {
        const [version, ...others] = versions;
        return typeof version !== 'string' || version === NEXT || others.length > 0 ? [] : [[pointer, version]];
      });
      return settled.length === 0 ? [] : [[file, new Map(settled)]];
    }),
  );
}

/** The text of a schema in which "next" is replaced at these pointers; all else stays as it was written. */
export function withSince(text: string, versions: ReadonlyMap<string, string>): string {
  const root = parseTree(text);
  if (root === undefined) return text;
  const edits = [...versions].flatMap(([pointer, version]) => {
    const path = [...pointer.split('/').slice(1).map(segment), 'x-since'];
    const node = findNodeAtLocation(root, path);
    return node?.value === NEXT ? [{ offset: node.offset, length: node.length, version }] : [];
  });
  return edits
    .toSorted((a, b) => b.offset - a.offset)
    .reduce(
      (result, { offset, length, version }) =>
        `${result.slice(0, offset)}${JSON.stringify(version)}${result.slice(offset + length)}`,
      text,
    );
}

/** The parser tells an item of an array from a key of an object by its type. */
function segment(text: string, index: number, all: readonly string[]): string | number {
  const before = all[index - 1];
  const isIndex = before === 'oneOf' || before === 'anyOf' || before === 'allOf' || before === 'prefixItems';
  return isIndex && /^\d+$/.test(text) ? Number(text) : unescapeSegment(text);
}
