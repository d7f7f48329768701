import type { FieldNode } from '@hedge-telemetry/contract';

/** A column of a view: a key of the document and its DuckDB type. */
export interface DuckdbColumn {
  readonly key: string;
  readonly type: string;
  /** Unit of the values, e.g. epoch_s. */
  readonly unit: string | null;
}

/**
 * The columns of the documents at a node, in the order of its schema. The kinds of record of a union share their columns;
 * a key that has different types in them is JSON.
 */
export function columnsOf(node: FieldNode): DuckdbColumn[] {
  const columns = new Map<string, DuckdbColumn>();
  for (const fields of fieldSetsOf(node)) {
    for (const [key, field] of Object.entries(fields)) {
      const type = duckdbType(field);
      const known = columns.get(key);
      const isSame = known === undefined || known.type === type;
      columns.set(key, { key, type: isSame ? type : 'JSON', unit: isSame ? (field.unit ?? null) : null });
    }
  }
  return [...columns.values()];
}

/** An identifier, quoted. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text, quoted. */
export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Ids are text in the contract, so that 64-bit numbers keep their digits; anything that has no one type is JSON. */
function duckdbType(node: FieldNode): string {
  switch (node.kind) {
    case 'scalar':
      return scalarType(node);
    case 'array':
      return node.items === undefined ? 'JSON' : `${duckdbType(node.items)}[]`;
    case 'map':
      return node.values === undefined ? 'JSON' : `MAP(VARCHAR, ${duckdbType(node.values)})`;
    case 'object':
    case 'union':
      return structType(columnsOf(node));
    case 'open':
      return 'JSON';
  }
}

function scalarType({ type }: FieldNode): string {
  switch (type) {
    case 'number':
      return 'DOUBLE';
    case 'integer':
      return 'BIGINT';
    case 'boolean':
      return 'BOOLEAN';
    case 'string':
      return 'VARCHAR';
    default:
      return 'JSON';
  }
}

function structType(columns: readonly DuckdbColumn[]): string {
  if (columns.length === 0) return 'JSON';
  return `STRUCT(${columns.map(({ key, type }) => `${quotedName(key)} ${type}`).join(', ')})`;
}

function fieldSetsOf(node: FieldNode): Readonly<Record<string, FieldNode>>[] {
  if (node.kind !== 'union') return [node.fields ?? {}];
  return Object.values(node.branches ?? {}).map(({ fields = {} }) => fields);
}
