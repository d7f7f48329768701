import * as fc from 'fast-check';

import { branchesOf, followed, isSchema, nullableRef, propertiesOf, typesOf } from './schema-tree.js';
import type { Schema } from './schema-tree.js';

const ROWS = 4;
const DEEPEST = 12;
const LARGEST = Number.MAX_SAFE_INTEGER;

/** Documents that the writer view of a self-contained schema of the contract's profile accepts. */
export function documentsOf(root: Schema): fc.Arbitrary<unknown> {
  return valuesOf(root, root, 0);
}

function valuesOf(root: Schema, schema: Schema, depth: number): fc.Arbitrary<unknown> {
  if (depth > DEEPEST) throw new Error('the schema is nested too deeply to generate documents of it');
  const target = followed(root, schema);
  const solid = solidValues(root, target, depth);
  const nullable = nullableRef(schema) !== null || typesOf(target).includes('null');
  if (solid === null) return fc.constant(null);
  return nullable ? fc.oneof({ weight: 4, arbitrary: solid }, { weight: 1, arbitrary: fc.constant(null) }) : solid;
}

function solidValues(root: Schema, schema: Schema, depth: number): fc.Arbitrary<unknown> | null {
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const branches = branchesOf(root, schema);
  if (branches !== null) return fc.oneof(...[...branches.values()].map((each) => valuesOf(root, each, depth + 1)));
  const types = typesOf(schema).filter((each) => each !== 'null');
  if (types.length > 0) return fc.oneof(...types.map((type) => valuesOfType(root, schema, type, depth)));
  return typesOf(schema).includes('null') ? null : jsonValues();
}

function valuesOfType(root: Schema, schema: Schema, type: string, depth: number): fc.Arbitrary<unknown> {
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return integers(schema);
  if (type === 'number') return numbers(schema);
  if (type === 'string') return strings(schema);
  if (type === 'array') return arrays(root, schema, depth);
  return objects(root, schema, depth);
}

function integers(schema: Schema): fc.Arbitrary<number> {
  const below = numberAt(schema, 'exclusiveMaximum');
  const above = numberAt(schema, 'exclusiveMinimum');
  const min = above === undefined ? numberAt(schema, 'minimum') : Math.floor(above) + 1;
  const max = below === undefined ? numberAt(schema, 'maximum') : Math.ceil(below) - 1;
  return fc.integer({ min: Math.ceil(min ?? -LARGEST), max: Math.floor(max ?? LARGEST) });
}

/** Zero is one number: JSON does not keep the sign of it. */
function numbers(schema: Schema): fc.Arbitrary<number> {
  const [above, below] = [numberAt(schema, 'exclusiveMinimum'), numberAt(schema, 'exclusiveMaximum')];
  const min = above ?? numberAt(schema, 'minimum');
  const max = below ?? numberAt(schema, 'maximum');
  return fc
    .double({
      noNaN: true,
      noDefaultInfinity: true,
      minExcluded: above !== undefined,
      maxExcluded: below !== undefined,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    })
    .map((each) => (each === 0 ? 0 : each));
}

function strings(schema: Schema): fc.Arbitrary<string> {
  const min = numberAt(schema, 'minLength') ?? 0;
  const max = numberAt(schema, 'maxLength') ?? Math.max(min, 30);
  const pattern = schema['pattern'];
  if (typeof pattern !== 'string')
    return fc.string({ unit: 'grapheme', minLength: 0, maxLength: max }).map((each) => sized(each, min, max));
  return fc
    .stringMatching(new RegExp(pattern, 'u'))
    .filter((each) => [...each].length >= min && [...each].length <= max);
}

/** JSON Schema counts code points. */
function sized(text: string, min: number, max: number): string {
  return [...text.padEnd(min, 'x')].slice(0, max).join('').padEnd(min, 'x');
}

function arrays(root: Schema, schema: Schema, depth: number): fc.Arbitrary<unknown[]> {
  const minLength = numberAt(schema, 'minItems') ?? 0;
  const maxLength = numberAt(schema, 'maxItems') ?? Math.max(minLength, ROWS);
  const items = isSchema(schema['items']) ? valuesOf(root, schema['items'], depth + 1) : jsonValues();
  return fc.array(items, { minLength, maxLength });
}

function objects(root: Schema, schema: Schema, depth: number): fc.Arbitrary<unknown> {
  const rest = schema['additionalProperties'];
  if (isSchema(rest))
    return fc.dictionary(keys(), valuesOf(root, rest, depth + 1), { maxKeys: ROWS, noNullPrototype: true });
  const declared = Object.entries(propertiesOf(schema));
  if (declared.length === 0) return fc.dictionary(keys(), jsonValues(), { maxKeys: ROWS, noNullPrototype: true });
  const required = (schema['required'] ?? []) as string[];
  const fields = Object.fromEntries(declared.map(([key, each]) => [key, valuesOf(root, each, depth + 1)]));
  return fc.record(fields, { requiredKeys: required.filter((key) => key in fields), noNullPrototype: true });
}

/** A key called __proto__ is no data to the languages that documents are written in. */
function keys(): fc.Arbitrary<string> {
  const words = fc.constantFrom('BTCUSDT', 'ETHUSDT', 'a b', 'toString');
  return fc.oneof(words, fc.string({ minLength: 1, maxLength: 8 })).filter((each) => each !== '__proto__');
}

function jsonValues(): fc.Arbitrary<unknown> {
  return fc.jsonValue({ maxDepth: 2 }).map((each) => JSON.parse(JSON.stringify(each)) as unknown);
}

function numberAt(schema: Schema, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === 'number' ? value : undefined;
}
