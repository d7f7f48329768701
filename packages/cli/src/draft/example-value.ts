import { compareDirection } from '@hedge-telemetry/compat';
import { nullableRef, properties, resolveRef } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

/** Which example is wanted: only what must be there, everything, or null wherever null may stand. */
export type ExampleStyle = 'minimal' | 'typical' | 'nulls';

/** A schema and the file it stands in. */
export interface PlacedSchema {
  readonly file: SchemaFile;
  readonly schema: Schema;
}

/** Numbers that are plausible in their unit. */
const NUMBERS: Readonly<Record<string, number>> = {
  USD: 10_250.5,
  price: 90_210.5,
  base: 0.003,
  fraction: 0.25,
  percent: 0.48,
  ratio: 0.5,
  multiplier: 1.5,
  score: 0.75,
  bps: 1.25,
  count: 3,
  s: 12.5,
  ms: 250,
  hours: 48,
  days: 7,
  epoch_s: 1_764_003_600.25,
};
const TIME = '2025-11-24T17:00:00.250Z';

/** An instance of a schema of the contract's profile, the same each time. */
export function exampleValue(
  set: SchemaSet,
  { file, schema }: PlacedSchema,
  style: ExampleStyle,
  unit?: string,
): unknown {
  const ref = typeof schema['$ref'] === 'string' ? schema['$ref'] : nullableRef(schema);
  if (style === 'nulls' && allowsNull(schema)) return null;
  if (ref !== null) return exampleValue(set, resolveRef(set, file, ref), style, unit);
  if (Array.isArray(schema['oneOf'])) return exampleValue(set, { file, schema: schema['oneOf'][0] as Schema }, style);
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  if (Array.isArray(schema['examples'])) return schema['examples'][0];
  const own = typeof schema['x-unit'] === 'string' ? schema['x-unit'] : unit;
  switch (firstType(schema)) {
    case 'object':
      return exampleObject(set, { file, schema }, style, own);
    case 'array':
      return exampleItems(set, { file, schema }, style, own);
    case 'string':
      return exampleText(schema, own);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return exampleNumber(schema, own ?? 'none');
  }
}

/** True where the schema itself lets null stand. */
export function allowsNull(schema: Schema): boolean {
  const types = [schema['type']].flat();
  return types.includes('null') || nullableRef(schema) !== null || [schema['enum']].flat().includes(null);
}

function firstType(schema: Schema): string {
  return String([schema['type']].flat()[0]);
}

function exampleObject(set: SchemaSet, { file, schema }: PlacedSchema, style: ExampleStyle, unit?: string): unknown {
  const values = schema['additionalProperties'];
  if (typeof values === 'object' && values !== null) {
    if (style === 'minimal') return {};
    const key = /symbol/.test(String(schema['x-key'])) ? 'BTCUSDT' : 'BTC';
    return { [key]: exampleValue(set, { file, schema: values as Schema }, style, unit) };
  }
  const required = new Set([schema['required'] ?? []].flat());
  const chosen = Object.entries(properties(schema)).filter(
    ([key, field]) => required.has(key) || (style !== 'minimal' && field['deprecated'] !== true),
  );
  return Object.fromEntries(chosen.map(([key, field]) => [key, exampleValue(set, { file, schema: field }, style)]));
}

function exampleItems(set: SchemaSet, { file, schema }: PlacedSchema, style: ExampleStyle, unit?: string): unknown {
  const least = Number(schema['minItems'] ?? 0);
  const length = style === 'minimal' ? least : Math.max(least, 1);
  const item = { file, schema: (schema['items'] ?? {}) as Schema };
  return Array.from({ length }, () => exampleValue(set, item, style, unit));
}

function exampleText(schema: Schema, unit: string | undefined): string {
  if (unit === 'iso8601') return TIME;
  if (schema['pattern'] !== undefined) return wordOf(schema);
  const word = Number(schema['maxLength'] ?? 64) < 7 ? 'x' : 'BTCUSDT';
  return word.padEnd(Number(schema['minLength'] ?? 0), 'x');
}

/** A text that a pattern admits: what the schema accepts, and one that accepts nothing would not. */
function wordOf(schema: Schema): string {
  const { pattern, minLength, maxLength } = schema;
  const bounds = {
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
  };
  const wanted = { type: 'string', pattern, ...bounds };
  const { witness } = compareDirection(wanted, false, 'backward', { explain: false, dialect: '2020-12' });
  return typeof witness === 'string' ? witness : '';
}

function exampleNumber(schema: Schema, unit: string): number {
  const least = Number(schema['minimum'] ?? schema['exclusiveMinimum'] ?? -Infinity);
  const most = Number(schema['maximum'] ?? schema['exclusiveMaximum'] ?? Infinity);
  const wanted = NUMBERS[unit] ?? 1;
  const within = wanted < least ? least + (schema['exclusiveMinimum'] === undefined ? 0 : 1) : wanted;
  const bounded = within > most ? (Number.isFinite(least) ? (least + most) / 2 : most - 1) : within;
  const step = Number(schema['multipleOf'] ?? (firstType(schema) === 'integer' ? 1 : 0));
  return step > 0 ? Math.ceil(bounded / step) * step : bounded;
}
