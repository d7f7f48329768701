import { nullableRef, properties, resolveRef } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

/** A field of a document as the registry describes it; $refs are followed, so that a node stands on its own. */
export interface FieldNode {
  kind: 'scalar' | 'object' | 'map' | 'array' | 'open' | 'union';
  description: string;
  nullable: boolean;
  type?: 'number' | 'integer' | 'string' | 'boolean' | 'mixed';
  types?: string[];
  unchecked?: true;
  typeName?: string;
  unit?: string;
  since?: string;
  whenNull?: string;
  whenAbsent?: string;
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  range?: Record<string, number>;
  metric?: unknown;
  derived?: unknown;
  sensitivity?: string;
  deprecated?: true;
  replacedBy?: string;
  removeAfter?: string;
  required?: string[];
  fields?: Record<string, FieldNode>;
  items?: FieldNode;
  values?: FieldNode;
  keys?: string;
  tag?: string;
  branches?: Record<string, FieldNode>;
}

const RANGE = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
];

/** Keywords that a node does not tell of. */
const UNTOLD = ['prefixItems', 'multipleOf'];
const SCALAR_BOUNDS = [...RANGE, 'pattern'];

/** The field tree of a schema. */
export function fieldTree(set: SchemaSet, file: SchemaFile, schema: Schema, open: readonly Schema[] = []): FieldNode {
  if (open.includes(schema)) throw new Error(`schemas/${file.path}: recursive schemas have no field tree`);
  const ref = typeof schema['$ref'] === 'string' ? schema['$ref'] : nullableRef(schema);
  if (ref === null) return described(schema, nodeOf(set, file, schema, [...open, schema]));
  const target = resolveRef(set, file, ref);
  const node = fieldTree(set, target.file, target.schema, [...open, schema]);
  node.typeName ??= target.definition ?? String(target.file.schema['title']);
  if (schema['$ref'] === undefined) node.nullable = true;
  return described(schema, node);
}

function nodeOf(set: SchemaSet, file: SchemaFile, schema: Schema, open: readonly Schema[]): FieldNode {
  const node = formOf(set, file, schema, open);
  if (saysMore(schema, node)) node.unchecked = true;
  return node;
}

/** True where a schema asks more of its values than the node tells. */
function saysMore(schema: Schema, { kind, type }: FieldNode): boolean {
  const types = typesOf(schema);
  const several = types.length > 1 && (kind !== 'scalar' || SCALAR_BOUNDS.some((key) => schema[key] !== undefined));
  const choices = schema['enum'] as unknown[] | undefined;
  const mixed = type === 'mixed' && (choices !== undefined || schema['const'] !== undefined);
  return several || mixed || UNTOLD.some((key) => schema[key] !== undefined);
}

function formOf(set: SchemaSet, file: SchemaFile, schema: Schema, open: readonly Schema[]): FieldNode {
  const child = (each: unknown): FieldNode => fieldTree(set, file, each as Schema, open);
  const base = { description: '', nullable: isNullable(schema) };
  const types = typesOf(schema);
  if (Array.isArray(schema['oneOf'])) {
    const tag = String(schema['x-tag']);
    const branches = schema['oneOf'].map(child);
    return {
      ...base,
      kind: 'union',
      tag,
      branches: Object.fromEntries(branches.map((each) => [String(each.fields?.[tag]?.const), each])),
    };
  }
  if (types.includes('array')) return { ...base, kind: 'array', items: child(schema['items'] ?? {}) };
  if (types.includes('object')) return { ...base, ...objectNode(schema, child) };
  return { ...base, kind: 'scalar', ...scalarNode(schema, types) };
}

function objectNode(schema: Schema, child: (each: unknown) => FieldNode): Omit<FieldNode, 'description' | 'nullable'> {
  const rest = schema['additionalProperties'];
  if (typeof rest === 'object' && rest !== null)
    return { kind: 'map', keys: String(schema['x-key'] ?? 'key'), values: child(rest) };
  if (schema['properties'] === undefined) return { kind: 'open' };
  const fields = Object.fromEntries(Object.entries(properties(schema)).map(([key, each]) => [key, child(each)]));
  return { kind: 'object', required: (schema['required'] as string[] | undefined) ?? [], fields };
}

function scalarNode(schema: Schema, types: string[]): Partial<FieldNode> {
  const node: Partial<FieldNode> = {
    type: types.length === 1 ? (types[0] as 'number') : types.length === 0 ? 'string' : 'mixed',
  };
  if (node.type === 'mixed') node.types = types;
  if (Array.isArray(schema['enum'])) node.enum = schema['enum'].filter((each) => each !== null);
  if (schema['const'] !== undefined) node.const = schema['const'];
  if (typeof schema['pattern'] === 'string') node.pattern = schema['pattern'];
  const range = Object.fromEntries(
    RANGE.flatMap((key) => (typeof schema[key] === 'number' ? [[key, schema[key]]] : [])),
  );
  if (Object.keys(range).length > 0) node.range = range;
  return node;
}

/** Lays what a schema says of itself over the node that it resolves to. */
function described(schema: Schema, node: FieldNode): FieldNode {
  const said: [keyof FieldNode, unknown][] = [
    ['description', schema['description']],
    ['unit', schema['x-unit']],
    ['since', schema['x-since']],
    ['whenNull', schema['x-null']],
    ['whenAbsent', schema['x-absent']],
    ['metric', schema['x-metric']],
    ['derived', schema['x-derived']],
    ['sensitivity', schema['x-sensitivity']],
    ['deprecated', schema['deprecated']],
    ['replacedBy', schema['x-replaced-by']],
    ['removeAfter', schema['x-remove-after']],
  ];
  return { ...node, ...Object.fromEntries(said.filter(([, value]) => value !== undefined)) };
}

export function typesOf(schema: Schema): string[] {
  const type = schema['type'];
  const types = Array.isArray(type) ? (type as string[]) : typeof type === 'string' ? [type] : [];
  return types.filter((each) => each !== 'null');
}

export function isNullable(schema: Schema): boolean {
  const type = schema['type'];
  if (Array.isArray(type)) return type.includes('null');
  return Array.isArray(schema['enum']) && schema['enum'].includes(null);
}
