import { parseTree } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';

/** Where something stands in a text. */
export interface Position {
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units. */
  readonly column: number;
  /** The line in which its value ends. */
  readonly endLine: number;
}

/** Finds what a JSON pointer names; null where the text holds no JSON. */
export type Locator = (pointer: string) => Position | null;

/**
 * Finds places of a JSON text: the name of a property, the beginning of an item of an array or of the root. Where the
 * pointer names nothing, its nearest ancestor that exists is meant. The text may be damaged: what stands before the
 * damage is found. Never throws.
 */
export function createLocator(text: string): Locator {
  const root = treeOf(text);
  const starts = lineStarts(text);
  return (pointer) => {
    if (root === null) return null;
    const { name, value } = nearest(root, segmentsOf(pointer));
    const line = lineAt(starts, name.offset);
    const column = name.offset - (starts[line - 1] ?? 0) + 1;
    return { line, column, endLine: lineAt(starts, value.offset + value.length) };
  };
}

/** What is pointed at: the token that names it, and its value. */
interface Place {
  readonly name: Node;
  readonly value: Node;
}

/** The parser recurses, so that a text nested without end gives no tree. */
function treeOf(text: string): Node | null {
  try {
    return parseTree(text) ?? null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function nearest(root: Node, keys: readonly string[]): Place {
  let place: Place = { name: root, value: root };
  for (const key of keys) {
    const child = childOf(place.value, key);
    if (child === null) break;
    place = child;
  }
  return place;
}

/** Of several properties of one name the last one counts, as it does for whoever parses the text. */
function childOf({ type, children = [] }: Node, key: string): Place | null {
  if (type === 'array') {
    const item = /^(0|[1-9]\d*)$/.test(key) ? children[Number(key)] : undefined;
    return item === undefined ? null : { name: item, value: item };
  }
  const property = children.findLast((each) => each.children?.[0]?.value === key);
  const [name, value] = property?.children ?? [];
  return type !== 'object' || name === undefined ? null : { name, value: value ?? name };
}

function segmentsOf(pointer: string): string[] {
  const [, ...keys] = pointer.split('/');
  return keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Number of the line that an offset stands in, counted from 1. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
