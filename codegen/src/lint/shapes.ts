import { nullableRef, properties, resolveRef } from '@hedge-telemetry/evolution';
import type { Schema } from '@hedge-telemetry/evolution';

import { isNullable, typesOf } from '../model.js';
import type { Place, Rule } from './problem.js';

/** How schemas may be put together. */
export const shapeRules: readonly Rule[] = [references, unions, requiredKeys];

function references({ set, file, schema }: Place): string[] {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return [];
  try {
    resolveRef(set, file, ref);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function unions({ set, file, schema }: Place): string[] {
  const problems: string[] = [];
  if (schema['anyOf'] !== undefined && nullableRef(schema) === null)
    problems.push('anyOf is only for [{ $ref }, { "type": "null" }]');
  if (!Array.isArray(schema['oneOf'])) return problems;
  const tag = schema['x-tag'];
  if (typeof tag !== 'string') return [...problems, 'oneOf needs x-tag, the property that tells its branches apart'];
  const seen = new Set<string>();
  for (const branch of schema['oneOf'] as Schema[]) {
    const target = typeof branch['$ref'] === 'string' ? resolveRef(set, file, branch['$ref']).schema : null;
    const required = (target?.['required'] as string[] | undefined) ?? [];
    const value = target === null ? undefined : properties(target)[tag]?.['const'];
    if (target === null) problems.push('every branch of oneOf is a $ref');
    else if (typeof value !== 'string' || !required.includes(tag) || target['type'] !== 'object')
      problems.push(`branch ${String(branch['$ref'])} is no object that requires ${tag} as a const text`);
    else if (seen.has(value)) problems.push(`two branches of oneOf have the ${tag} ${value}`);
    else seen.add(value);
  }
  return problems;
}

function requiredKeys({ schema }: Place): string[] {
  const required = schema['required'];
  if (!Array.isArray(required)) return [];
  const declared = properties(schema);
  return (required as string[])
    .filter((key) => declared[key] === undefined)
    .map((key) => `required names ${key}, which is not declared`);
}

/** True for scalars, arrays of scalars and maps of scalars: what has a unit. */
export function isMeasured(schema: Schema): boolean {
  if (Array.isArray(schema['enum']) || schema['const'] !== undefined) return true;
  const types = typesOf(schema);
  if (types.includes('array')) return isInlineMeasured(schema['items']);
  if (types.includes('object')) return isInlineMeasured(schema['additionalProperties']);
  return types.length > 0;
}

/** True when null is allowed, by type, by enum or by the idiom for references. */
export function allowsNull(schema: Schema): boolean {
  return isNullable(schema) || nullableRef(schema) !== null;
}

function isInlineMeasured(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && !('$ref' in schema) && isMeasured(schema as Schema);
}
