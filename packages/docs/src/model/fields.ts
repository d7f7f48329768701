import type { FieldNode, SurfaceEntry } from '@hedge-telemetry/contract';

/** A field of a surface, as a row of its table. */
export interface FieldRow {
  /** Keys from the root; `*` stands for every item of an array and every value of a map. */
  readonly path: readonly string[];
  readonly node: FieldNode;
  /** The key must be there. */
  readonly required: boolean;
  /** Record type of a ledger with several; null elsewhere. */
  readonly branch: string | null;
}

/** Fields of one kind of document: of a surface, or of one record type of a ledger. */
export interface FieldGroup {
  readonly branch: string | null;
  readonly description: string;
  readonly rows: readonly FieldRow[];
}

/** The fields of a surface in the order of its schema, one group per record type. */
export function fieldGroups({ root }: Pick<SurfaceEntry, 'root'>): FieldGroup[] {
  if (root.kind !== 'union')
    return [{ branch: null, description: root.description, rows: rowsIn(root, [], null, true) }];
  return Object.entries(root.branches ?? {}).map(([branch, node]) => ({
    branch,
    description: node.description,
    rows: rowsIn(node, [], branch, true),
  }));
}

/** All rows of a surface. */
export function fieldRows(entry: Pick<SurfaceEntry, 'root'>): FieldRow[] {
  return fieldGroups(entry).flatMap(({ rows }) => rows);
}

/** The path of a field as it is written in tables: symbols.*.symbol. */
export function pathText({ path }: Pick<FieldRow, 'path'>): string {
  return path.join('.');
}

/** Id of the anchor of a field; safe in a URL fragment. */
export function fieldAnchor({ path, branch }: Pick<FieldRow, 'path' | 'branch'>): string {
  return `field-${[...(branch === null ? [] : [branch]), ...path].join('.').replaceAll(/[^\w.*-]/g, '-')}`;
}

/** True for a field that holds a value and not further declared fields. */
export function isLeaf({ node }: Pick<FieldRow, 'node'>): boolean {
  return node.kind === 'scalar' || node.kind === 'open';
}

function rowsIn(node: FieldNode, path: readonly string[], branch: string | null, required: boolean): FieldRow[] {
  const own = path.length === 0 || isBareItem(node, path) ? [] : [{ path, node, required, branch }];
  return [...own, ...below(node, path, branch)];
}

function below(node: FieldNode, path: readonly string[], branch: string | null): FieldRow[] {
  const fields = Object.entries(node.fields ?? {}).flatMap(([key, field]) =>
    rowsIn(field, [...path, key], branch, node.required?.includes(key) ?? false),
  );
  const each = (child: FieldNode | undefined, word: string): FieldRow[] =>
    child === undefined ? [] : rowsIn(named(child, node, word), [...path, '*'], branch, true);
  return [...fields, ...each(node.items, 'Each item.'), ...each(node.values, 'Each value.')];
}

/** Items that have something to say, in words of their own, and in the unit that their list states. */
function named(node: FieldNode, { unit }: FieldNode, description: string): FieldNode {
  if (node.description !== '' || node.whenNull === undefined) return node;
  return { ...node, description, ...(node.unit === undefined && unit !== undefined ? { unit } : {}) };
}

/** Items that are nothing but the place of their fields, or that say nothing of themselves, have no row. */
function isBareItem(node: FieldNode, path: readonly string[]): boolean {
  if (path.at(-1) !== '*') return false;
  return node.kind === 'object' || (node.description === '' && node.whenNull === undefined);
}
