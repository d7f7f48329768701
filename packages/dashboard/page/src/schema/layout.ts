import type { FieldNode } from '@hedge-telemetry/contract';
import type { Leaf } from '../../../src/view/layout.js';

export { columnsOf, layoutOf } from '../../../src/view/layout.js';

/** Single values that lie in the same object. */
export interface Group {
  /** Where the object lies; empty for the document itself. */
  readonly title: string;
  readonly leaves: readonly Leaf[];
}

/** Groups single values by the object that they lie in, in the order of the contract. */
export function groupsOf(leaves: readonly Leaf[]): readonly Group[] {
  const groups = new Map<string, Leaf[]>();
  for (const leaf of leaves) {
    const title = leaf.path.slice(0, -1).join(' / ');
    groups.set(title, [...(groups.get(title) ?? []), leaf]);
  }
  return [...groups].map(([title, group]) => ({ title, leaves: group }));
}

/** The node at a path of declared fields. */
export function nodeAt(root: FieldNode, path: readonly string[]): FieldNode | undefined {
  return path.reduce<FieldNode | undefined>((node, key) => node?.fields?.[key], root);
}
