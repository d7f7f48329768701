import type { Schema } from '../tree/load.js';
import { definitionOf, nullableRef, properties } from '../tree/resolve.js';

/** A schema as a migration sees it: what stands where, references followed. */
export interface Shape {
  readonly kind: 'object' | 'map' | 'array' | 'union' | 'other';
  /** The schema itself, its references followed, for comparing. */
  readonly schema: Schema;
  readonly nullable: boolean;
  readonly keys: ReadonlyMap<string, Schema>;
  readonly required: ReadonlySet<string>;
  /** Items of an array, values of a map. */
  readonly each: Schema | null;
  /** The key that tells the branches of a union apart. */
  readonly tag: string | null;
  /** The branches by what that key holds. */
  readonly branches: ReadonlyMap<string, Schema>;
}

/** Reads one level of a self-contained schema. */
export function shapeOf(root: Schema, schema: Schema): Shape {
  const target = follow(root, schema);
  const types = [target['type']].flat();
  const nullable = nullableRef(schema) !== null || types.includes('null');
  const rest = target['additionalProperties'];
  const none = new Map<string, Schema>();
  const base = {
    schema: target,
    nullable,
    keys: none,
    required: new Set<string>(),
    each: null,
    tag: null,
    branches: none,
  };
  if (target['oneOf'] !== undefined) return { ...base, ...union(root, target) };
  if (types.includes('array'))
    return target['prefixItems'] === undefined
      ? { ...base, kind: 'array', each: measured(target, (target['items'] ?? {}) as Schema) }
      : { ...base, kind: 'other' };
  if (!types.includes('object')) return { ...base, kind: 'other' };
  if (target['properties'] !== undefined)
    return {
      ...base,
      kind: 'object',
      keys: new Map(Object.entries(properties(target))),
      required: new Set((target['required'] as string[] | undefined) ?? []),
    };
  return typeof rest === 'object' && rest !== null
    ? { ...base, kind: 'map', each: measured(target, rest as Schema) }
    : { ...base, kind: 'other' };
}

/** The unit of an array or map is that of what it holds. */
function measured(target: Schema, each: Schema): Schema {
  return target['x-unit'] === undefined || each['x-unit'] !== undefined
    ? each
    : { 'x-unit': target['x-unit'], ...each };
}

function union(root: Schema, target: Schema): Pick<Shape, 'kind' | 'tag' | 'branches'> {
  const tag = target['x-tag'];
  if (typeof tag !== 'string') return { kind: 'other', tag: null, branches: new Map() };
  const branches = (target['oneOf'] as Schema[]).map((branch): [string, Schema] => [
    String(properties(follow(root, branch))[tag]?.['const']),
    branch,
  ]);
  return { kind: 'union', tag, branches: new Map(branches) };
}

/** The schema with every reference written out, except where that would never end. */
export function expanded(root: Schema, schema: unknown, open: ReadonlySet<string> = new Set()): unknown {
  if (Array.isArray(schema)) return schema.map((each) => expanded(root, each, open));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref, ...own } = schema as Schema;
  if (typeof $ref === 'string' && open.has($ref)) return schema;
  const target = typeof $ref === 'string' ? follow(root, { $ref }) : {};
  const within = typeof $ref === 'string' ? new Set([...open, $ref]) : open;
  const entries = Object.entries({ ...target, ...own }).filter(([key]) => key !== '$defs');
  return Object.fromEntries(entries.map(([key, each]) => [key, expanded(root, each, within)]));
}

/** The reference that a schema consists of, null or not. */
export function refOf(schema: Schema): string | null {
  return typeof schema['$ref'] === 'string' ? schema['$ref'] : nullableRef(schema);
}

function follow(root: Schema, schema: Schema): Schema {
  let facts = schema;
  const seen = new Set<string>();
  for (let ref = refOf(facts); ref !== null && !seen.has(ref); ref = refOf(facts)) {
    seen.add(ref);
    const name = /^#\/\$defs\/([^/]+)$/.exec(ref)?.[1];
    const target = ref === '#' ? root : name === undefined ? undefined : definitionOf(root, name);
    if (target === undefined) return facts;
    const { $ref: _, anyOf: __, ...own } = facts;
    facts = { ...target, ...own };
  }
  return facts;
}
