import { nullableRef, properties, resolveRef } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

/** A schema and the file it stands in, which its references are resolved from. */
export interface Located {
  readonly file: SchemaFile;
  readonly schema: Schema;
}

/** The documents that hold a field, by the schema of the field: roots of surfaces and records, of a union its branches. */
export type FieldUses = ReadonlyMap<Schema, readonly Located[]>;

/** Finds, for every property that a canonical document can hold, the roots of the documents that hold it. */
export function fieldUses(set: SchemaSet): FieldUses {
  const uses = new Map<Schema, Located[]>();
  for (const file of set.files.filter(({ kind }) => kind === 'state' || kind === 'ledger' || kind === 'record'))
    for (const root of alternatives(set, { file, schema: file.schema })) collect(set, root, root, uses, []);
  return uses;
}

/** The fields that a pointer from a root goes through, the last one being what it names; null where it names nothing. */
export function fieldsOnTheWay(set: SchemaSet, root: Located, pointer: string): Schema[] | null {
  return follow(
    set,
    root,
    pointer
      .split('/')
      .slice(1)
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')),
  );
}

function follow(set: SchemaSet, at: Located, keys: readonly string[]): Schema[] | null {
  const [key, ...rest] = keys;
  if (key === undefined) return [];
  for (const { file, schema } of alternatives(set, at)) {
    const next = key === '*' ? itemsOf(schema) : properties(schema)[key];
    const way = next === undefined ? null : follow(set, { file, schema: next }, rest);
    if (next !== undefined && way !== null) return [next, ...way];
  }
  return null;
}

function collect(set: SchemaSet, root: Located, at: Located, uses: Map<Schema, Located[]>, open: Schema[]): void {
  for (const { file, schema } of alternatives(set, at)) {
    if (open.includes(schema)) continue;
    const within = [...open, schema];
    for (const field of Object.values(properties(schema))) {
      const roots = uses.get(field) ?? [];
      if (!roots.some((each) => each.schema === root.schema)) uses.set(field, [...roots, root]);
      collect(set, root, { file, schema: field }, uses, within);
    }
    const items = itemsOf(schema);
    if (items !== undefined) collect(set, root, { file, schema: items }, uses, within);
  }
}

/** What a schema stands for: references followed, a union as its branches. A reference to nothing is nothing. */
function alternatives(set: SchemaSet, { file, schema }: Located, depth = 0): Located[] {
  const ref = typeof schema['$ref'] === 'string' ? schema['$ref'] : nullableRef(schema);
  if (ref !== null) {
    const target = targetOf(set, file, ref);
    return target === null || depth > set.files.length ? [] : alternatives(set, target, depth + 1);
  }
  if (!Array.isArray(schema['oneOf'])) return [{ file, schema }];
  return (schema['oneOf'] as Schema[]).flatMap((branch) => alternatives(set, { file, schema: branch }, depth + 1));
}

function targetOf(set: SchemaSet, file: SchemaFile, ref: string): Located | null {
  try {
    return resolveRef(set, file, ref);
  } catch {
    return null;
  }
}

function itemsOf(schema: Schema): Schema | undefined {
  const items = schema['items'] ?? schema['additionalProperties'];
  return typeof items === 'object' && items !== null ? (items as Schema) : undefined;
}
