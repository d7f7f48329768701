import type { Schema, SchemaFile, SchemaSet } from './load.js';

/** What a $ref points at: the root of a file (definition null) or one of its $defs. */
export interface Target {
  readonly file: SchemaFile;
  readonly definition: string | null;
  readonly schema: Schema;
}

/** Resolves a $ref that stands in `file`. Only roots and $defs can be referenced. */
export function resolveRef(set: SchemaSet, file: SchemaFile, ref: string): Target {
  const url = new URL(ref, file.id);
  const fragment = decodeURIComponent(url.hash.slice(1));
  url.hash = '';
  const target = set.byId.get(url.href);
  if (target === undefined) throw new Error(`schemas/${file.path}: $ref ${ref} points at no schema of the contract`);
  if (fragment === '') return { file: target, definition: null, schema: target.schema };
  const name = /^\/\$defs\/([^/]+)$/.exec(fragment)?.[1];
  const schema = name === undefined ? undefined : definitionOf(target.schema, name);
  if (name === undefined || schema === undefined)
    throw new Error(`schemas/${file.path}: $ref ${ref} points at nothing`);
  return { file: target, definition: name, schema };
}

/** The $defs of a schema. */
export function definitions(schema: Schema): Record<string, Schema> {
  return (schema['$defs'] ?? {}) as Record<string, Schema>;
}

/** One of the $defs of a schema. */
export function definitionOf(schema: Schema, name: string): Schema | undefined {
  const all = definitions(schema);
  return Object.hasOwn(all, name) ? all[name] : undefined;
}

/** The properties of a schema. */
export function properties(schema: Schema): Record<string, Schema> {
  return (schema['properties'] ?? {}) as Record<string, Schema>;
}

/** The $ref of `anyOf: [{ $ref }, { type: "null" }]`, the one idiom for a reference that may be null. */
export function nullableRef(schema: Schema): string | null {
  const branches = schema['anyOf'];
  if (!Array.isArray(branches) || branches.length !== 2) return null;
  const [first, second] = branches as (Schema | null)[];
  return typeof first?.['$ref'] === 'string' && second?.['type'] === 'null' ? first['$ref'] : null;
}

/** Name of the TypeScript type of a target. */
export function typeName(target: Pick<Target, 'file' | 'definition'>): string {
  return target.definition ?? String(target.file.schema['title']);
}

/** Path of a generated module below generated/types/, without its ending. */
export function typeModule(file: SchemaFile): string {
  const name = kebab(file.name);
  if (file.kind === 'dialect') return `legacy/${kebab(file.path.split('/')[1] ?? '')}-${name}`;
  if (file.kind === 'shared') return `legacy/${name}`;
  return file.kind === 'record' ? `records/${name}` : name;
}

export function kebab(name: string): string {
  return name.replaceAll('_', '-');
}
