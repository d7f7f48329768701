import { compile } from 'json-schema-to-typescript';
import { definitions, nullableRef, resolveRef, transform, typeModule, typeName } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { banner } from '../banner.js';
import { isNullable, typesOf } from '../model.js';

const OPTIONS = {
  bannerComment: '',
  additionalProperties: false,
  enableConstEnums: false,
  format: false,
  ignoreMinAndMaxItems: true,
  unknownAny: true,
};
const TAGGED = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength', 'pattern'];

/** The TypeScript module of a schema file: one exported type per definition and one for the root. */
export async function emitTypes(set: SchemaSet, file: SchemaFile): Promise<string> {
  const imports = new Map<string, Set<string>>();
  const declarations: string[] = [];
  const roots: [string, Schema][] = Object.entries(definitions(file.schema));
  if (hasRootType(file)) roots.push([String(file.schema['title']), withoutDefinitions(file.schema)]);
  for (const [name, schema] of roots) {
    const copy = transform(schema, (each) => typed(set, file, each, imports));
    declarations.push(await compile({ ...copy, title: name }, name, OPTIONS));
  }
  const lines = [...imports]
    .toSorted()
    .map(([module, names]) => `import type { ${[...names].toSorted().join(', ')} } from '${module}';`);
  return [banner([file]), ...lines, '', ...declarations].join('\n');
}

/** Common and shared files hold definitions only. */
export function hasRootType(file: SchemaFile): boolean {
  return file.kind !== 'common' && file.kind !== 'shared';
}

/** What json-schema-to-typescript can read without loss: references by type name, and the annotations as JSDoc. */
function typed(set: SchemaSet, file: SchemaFile, schema: Schema, imports: Map<string, Set<string>>): Schema {
  const ref = typeof schema['$ref'] === 'string' ? schema['$ref'] : nullableRef(schema);
  const copy: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!keyword.startsWith('x-') && !TAGGED.includes(keyword)) copy[keyword] = value;
  }
  copy['description'] = documentation(schema);
  if (copy['description'] === '') delete copy['description'];
  if (isAnything(schema)) copy['tsType'] = 'unknown';
  if (ref !== null) {
    delete copy['$ref'];
    delete copy['anyOf'];
    const name = importedName(set, file, ref, imports);
    copy['tsType'] = schema['$ref'] === undefined ? `${name} | null` : name;
  }
  return copy;
}

/** A value of any type, as the witness of a finding is. */
function isAnything(schema: Schema): boolean {
  return ['type', '$ref', 'anyOf', 'oneOf', 'enum', 'const'].every((keyword) => schema[keyword] === undefined);
}

function importedName(set: SchemaSet, file: SchemaFile, ref: string, imports: Map<string, Set<string>>): string {
  const target = resolveRef(set, file, ref);
  const name = typeName(target);
  if (target.file === file) return name;
  const module = relativeModule(typeModule(file), typeModule(target.file));
  imports.set(module, (imports.get(module) ?? new Set()).add(name));
  return name;
}

function relativeModule(from: string, to: string): string {
  const up = '../'.repeat(from.split('/').length - 1);
  return `${up === '' ? './' : up}${to}.js`;
}

function documentation(schema: Schema): string {
  const lines = typeof schema['description'] === 'string' ? [schema['description']] : [];
  const unit = schema['x-unit'];
  if (typeof unit === 'string' && unit !== 'none') lines.push(`Unit: ${unit}.`);
  if (typeof schema['x-null'] === 'string') lines.push(`Null: ${schema['x-null']}`);
  if (typeof schema['x-absent'] === 'string') lines.push(`Absent: ${schema['x-absent']}`);
  if (typeof schema['x-open'] === 'string') lines.push(`Open: ${schema['x-open']}`);
  for (const keyword of TAGGED) if (schema[keyword] !== undefined) lines.push(`@${keyword} ${String(schema[keyword])}`);
  if (typesOf(schema).join() === 'integer')
    lines.push(`@TJS-type ${isNullable(schema) ? '["integer","null"]' : 'integer'}`);
  return lines.join('\n').replaceAll('*/', '*\\/');
}

function withoutDefinitions(schema: Schema): Schema {
  const { $defs: _, ...rest } = schema;
  return rest;
}
