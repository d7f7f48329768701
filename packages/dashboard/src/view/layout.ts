import type { FieldNode } from '@hedge-telemetry/contract';

/** A field that is shown as one value. */
export interface Leaf {
  readonly path: readonly string[];
  readonly node: FieldNode;
}

/** A field that holds rows. */
export interface Rows {
  readonly path: readonly string[];
  readonly node: FieldNode;
}

/** How the fields of a document are laid out: single values first, then a table for each list or map. */
export interface Layout {
  readonly leaves: readonly Leaf[];
  readonly rows: readonly Rows[];
}

/** Lays out what a node declares; objects within objects become part of the whole. */
export function layoutOf(node: FieldNode, path: readonly string[] = []): Layout {
  if (node.kind === 'array' || node.kind === 'map') return { leaves: [], rows: [{ path, node }] };
  if (node.kind !== 'object') return { leaves: [{ path, node }], rows: [] };
  const parts = Object.entries(node.fields ?? {})
    .filter(([key]) => path.length > 0 || key !== 'schema')
    .map(([key, field]) => layoutOf(field, [...path, key]));
  return { leaves: parts.flatMap(({ leaves }) => leaves), rows: parts.flatMap(({ rows }) => rows) };
}

/** The columns of a table of such rows: what lists and maps a row holds is one column each. */
export function columnsOf(node: FieldNode): readonly Leaf[] {
  const item = (node.kind === 'array' ? node.items : node.values) ?? node;
  if (item.kind !== 'object') return [{ path: [], node: item }];
  const { leaves, rows } = layoutOf(item, []);
  return inOrder(item, [...leaves, ...rows]);
}

function inOrder(item: FieldNode, leaves: readonly Leaf[]): readonly Leaf[] {
  const order = Object.keys(item.fields ?? {});
  const place = ({ path }: Leaf): number => (path[0] === 'symbol' ? -1 : order.indexOf(path[0] ?? ''));
  return leaves.toSorted((one, other) => place(one) - place(other));
}
