import { properties } from '@hedge-telemetry/evolution';
import type { Schema } from '@hedge-telemetry/evolution';

import { isNullable, typesOf } from '../model.js';
import { patternRule } from './patterns.js';
import type { Place, Rule } from './problem.js';

/** What keeps the comparison of two versions of a schema decidable. */
export const profileRules: readonly Rule[] = [
  patternRule,
  identifiersAreOfTheRoot,
  referencesStandAlone,
  numbersAreExact,
  stepsAreWhole,
  defaultsAreOptional,
];

const NUMBER_BOUNDS = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];
const SIZE_BOUNDS = ['minLength', 'maxLength', 'minItems', 'maxItems'];
const ASSERTIONS = [
  'type',
  'enum',
  'const',
  'pattern',
  'multipleOf',
  ...NUMBER_BOUNDS,
  ...SIZE_BOUNDS,
  'required',
  'properties',
  'additionalProperties',
  'items',
  'prefixItems',
  'oneOf',
  'anyOf',
];

function identifiersAreOfTheRoot({ schema, pointer }: Place): string[] {
  if (pointer === '') return [];
  return ['$schema', '$id'].filter((key) => schema[key] !== undefined).map((key) => `${key} is for the root only`);
}

/** The generated type of a reference is that of its target, so that a constraint beside it would be lost. */
function referencesStandAlone({ schema }: Place): string[] {
  const holder = ['$ref', 'anyOf'].find((key) => schema[key] !== undefined);
  if (holder === undefined) return [];
  return ASSERTIONS.filter((key) => key !== holder && schema[key] !== undefined).map(
    (key) => `${key} stands beside ${holder}: state it in the definition`,
  );
}

/** Beyond ±(2^53 − 1) an integer is not what its digits say. */
function numbersAreExact({ schema }: Place): string[] {
  const values: unknown[] = [schema['const'], ...(Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]) : [])];
  return [
    ...NUMBER_BOUNDS.filter((key) => !isExact(schema[key], isWhole(schema))),
    ...SIZE_BOUNDS.filter((key) => !isExact(schema[key], true)),
    ...(values.every((value) => isExact(value, false)) ? [] : ['a value']),
  ].map((what) => `${what} is no integer within ±(2^53 − 1)`);
}

function stepsAreWhole({ schema }: Place): string[] {
  const step = schema['multipleOf'];
  if (step === undefined || (isWhole(schema) && Number.isSafeInteger(step))) return [];
  return ['multipleOf is for integers, and itself one: fractions have no exact remainder'];
}

/** A reader applies no default, so that one cannot make up for a key that must be there. */
function defaultsAreOptional({ schema }: Place): string[] {
  const required = new Set((schema['required'] as string[] | undefined) ?? []);
  return Object.entries(properties(schema))
    .filter(([, field]) => field['default'] !== undefined)
    .flatMap(([key, field]) => [
      ...(required.has(key) ? [`${key} is required and has a default, which no reader applies`] : []),
      ...(fits(field['default'], field) ? [] : [`the default of ${key} is not of its type`]),
    ]);
}

function fits(value: unknown, field: Schema): boolean {
  if (Array.isArray(field['enum'])) return (field['enum'] as unknown[]).includes(value);
  if (field['type'] === undefined) return true;
  return value === null ? isNullable(field) : typesOf(field).some((type) => isOfType(value, type));
}

function isWhole(schema: Schema): boolean {
  const types = typesOf(schema);
  return types.length > 0 && types.every((type) => type === 'integer');
}

/** True for what keeps its digits: every fraction, where one may stand, and the integers that a number holds. */
function isExact(value: unknown, mustBeWhole: boolean): boolean {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return true;
  return !mustBeWhole && !Number.isInteger(value);
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  return typeof value === type && !Array.isArray(value);
}
