import type { Schema } from './load.js';
import { escapeSegment } from './segment.js';

const SCHEMA_KEYWORDS = ['items', 'additionalProperties', 'contains', 'propertyNames', 'not', 'if', 'then', 'else'];
const SCHEMA_LISTS = ['oneOf', 'anyOf', 'allOf', 'prefixItems'];
const SCHEMA_MAPS = ['properties', '$defs', 'patternProperties', 'dependentSchemas'];

/** Calls `visit` for a schema and every schema within it, with its JSON pointer; parents first. True and false are passed over. */
export function walk(schema: Schema, visit: (schema: Schema, pointer: string) => void, pointer = ''): void {
  if (!isSchema(schema)) return;
  visit(schema, pointer);
  for (const [child, at] of children(schema, pointer)) walk(child, visit, at);
}

/** A copy of a schema in which `change` was applied to every schema within it, innermost first; true and false stay. */
export function transform(schema: Schema, change: (schema: Schema) => Schema): Schema {
  if (!isSchema(schema)) return schema;
  const copy: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (SCHEMA_KEYWORDS.includes(keyword) && isSchema(value)) copy[keyword] = transform(value, change);
    else if (SCHEMA_LISTS.includes(keyword) && Array.isArray(value))
      copy[keyword] = value.map((each) => transform(each as Schema, change));
    else if (SCHEMA_MAPS.includes(keyword) && isSchema(value))
      copy[keyword] = mapSchemas(value as Record<string, Schema>, change);
    else copy[keyword] = value;
  }
  return change(copy);
}

function mapSchemas(source: Record<string, Schema>, change: (schema: Schema) => Schema): Record<string, Schema> {
  return Object.fromEntries(Object.entries(source).map(([key, value]) => [key, transform(value, change)]));
}

function* children(schema: Schema, pointer: string): Generator<[Schema, string]> {
  for (const keyword of SCHEMA_KEYWORDS) {
    const value = schema[keyword];
    if (isSchema(value)) yield [value, `${pointer}/${keyword}`];
  }
  for (const keyword of SCHEMA_LISTS) {
    const value = schema[keyword];
    if (Array.isArray(value))
      for (const [index, each] of value.entries()) yield [each as Schema, `${pointer}/${keyword}/${index}`];
  }
  for (const keyword of SCHEMA_MAPS) {
    const value = schema[keyword];
    if (isSchema(value))
      for (const [key, each] of Object.entries(value))
        yield [each as Schema, `${pointer}/${keyword}/${escapeSegment(key)}`];
  }
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
