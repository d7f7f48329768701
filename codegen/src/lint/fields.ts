import { nullableRef, properties, resolveRef } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { typesOf } from '../model.js';
import type { Place, Rule } from './problem.js';
import { allowsNull, isMeasured } from './shapes.js';

/** What canonical schemas must say of every object and every field. */
export const fieldRules: readonly Rule[] = [
  objectsAreClosed,
  objectsAreNamed,
  fieldsAreDescribed,
  unitsAreWhereTheyBelong,
];

function objectsAreClosed({ schema }: Place): string[] {
  if (!typesOf(schema).includes('object')) return [];
  const rest = schema['additionalProperties'];
  if (schema['properties'] !== undefined)
    return rest === false ? [] : ['an object with properties needs "additionalProperties": false'];
  if (typeof rest === 'object' && rest !== null)
    return schema['x-key'] === undefined ? ['a map needs x-key: what its keys are'] : [];
  return schema['x-open'] === undefined || rest !== true
    ? ['a bare object: declare its properties, or "additionalProperties": true with x-open saying why']
    : [];
}

/** An object with properties is a root or one of the $defs, so that it has a name. */
function objectsAreNamed({ schema, pointer }: Place): string[] {
  if (schema['properties'] === undefined || pointer === '' || /^\/\$defs\/[^/]+$/.test(pointer)) return [];
  return ['an object with properties belongs under $defs'];
}

function fieldsAreDescribed({ set, file, schema }: Place): string[] {
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  return Object.entries(properties(schema)).flatMap(([key, field]) =>
    missing(set, file, field, required.has(key)).map((keyword) => `${key} has no ${keyword}`),
  );
}

function missing(set: SchemaSet, file: SchemaFile, field: Schema, required: boolean): string[] {
  const wanted = ['description', 'x-since'];
  if (allowsNull(field)) wanted.push('x-null');
  if (!required) wanted.push('x-absent');
  const lacking = wanted.filter((keyword) => field[keyword] === undefined);
  return hasUnit(set, file, field) ? lacking : [...lacking, 'x-unit'];
}

function hasUnit(set: SchemaSet, file: SchemaFile, field: Schema): boolean {
  if (field['x-unit'] !== undefined) return true;
  const ref = typeof field['$ref'] === 'string' ? field['$ref'] : nullableRef(field);
  if (ref === null) return !isMeasured(field);
  const target = resolveRef(set, file, ref);
  return hasUnit(set, target.file, target.schema);
}

function unitsAreWhereTheyBelong({ schema }: Place): string[] {
  if (schema['x-unit'] === undefined || schema['$ref'] !== undefined || nullableRef(schema) !== null) return [];
  return isMeasured(schema) ? [] : ['x-unit is for scalars and for arrays and maps of scalars'];
}
