import { nullableRef, properties, resolveRef } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { exampleValue } from './example-value.js';

/** An example below schemas/examples/<surface>/, with its path there. */
export interface Example {
  readonly path: string;
  readonly value: unknown;
}

/** An example that breaks one rule, and where. */
interface Broken {
  readonly rule: string;
  readonly pointer: string;
  readonly document: unknown;
}

type Row = Record<string, unknown>;

/** Epoch milliseconds, where seconds are wanted. */
const MILLISECONDS = 1_764_003_600_250;

/** The examples that every surface has: three that are valid, and one for each way in which its rows can be wrong. */
export function examplesOf(set: SchemaSet, file: SchemaFile): Example[] {
  const { schema } = file;
  const valid = (['minimal', 'typical', 'nulls'] as const).map((style) => ({
    path: `valid/${style}.json`,
    value: exampleValue(set, { file, schema }, style),
  }));
  const others = branchesOf(set, file).slice(1);
  const invalid = brokenExamples(set, file, valid[1]?.value).map((broken) => ({
    path: `invalid/${broken.rule}${broken.pointer.replaceAll('/', '-').toLowerCase()}.json`,
    value: broken,
  }));
  return [
    ...valid,
    ...others.map(({ tag, target }) => ({
      path: `valid/typical-${tag}.json`,
      value: exampleValue(set, target, 'typical'),
    })),
    ...invalid,
  ];
}

/** Breaks the first row of a typical document in one way at a time. */
function brokenExamples(set: SchemaSet, file: SchemaFile, typical: unknown): Broken[] {
  const isArray = Array.isArray(typical);
  const row = (isArray ? (typical as unknown[])[0] : typical) as Row;
  const prefix = isArray ? '/0' : '';
  const fields = properties(rowSchema(set, file));
  const within = (changed: Row): unknown => (isArray ? [changed] : changed);
  const broken = (rule: string, key: string, value: unknown): Broken => ({
    rule,
    pointer: `${prefix}/${key}`,
    document: within({ ...row, [key]: value }),
  });
  const required = [rowSchema(set, file)['required'] ?? []].flat().map(String);
  const plain = Object.keys(fields).find((key) => isPlain(fields[key] ?? {}));
  const time = Object.keys(fields).find((key) => isEpoch(fields[key] ?? {}));
  const missing = required.find((key) => fields[key]?.['const'] === undefined);
  return [
    broken('unknown-field', 'undeclared', true),
    ...(plain === undefined ? [] : [broken('type-mismatch', plain, wrongFor(fields[plain] ?? {}))]),
    ...(time === undefined ? [] : [broken('out-of-range', time, MILLISECONDS)]),
    ...(missing === undefined
      ? []
      : [{ ...broken('required-missing', missing, null), document: within(without(row, missing)) }]),
    ...(fields['schema']?.['const'] === undefined ? [] : [broken('const-mismatch', 'schema', 'another_v1')]),
  ];
}

function rowSchema(set: SchemaSet, file: SchemaFile): Schema {
  const [branch] = branchesOf(set, file);
  if (branch !== undefined) return branch.target.schema;
  const items = file.schema['items'] as Schema | undefined;
  return typeof items?.['$ref'] === 'string' ? resolveRef(set, file, items['$ref']).schema : file.schema;
}

function branchesOf(set: SchemaSet, file: SchemaFile): { tag: string; target: { file: SchemaFile; schema: Schema } }[] {
  const key = String(file.schema['x-tag']);
  return ((file.schema['oneOf'] ?? []) as Schema[]).map((branch) => {
    const target = resolveRef(set, file, String(branch['$ref']));
    return { tag: String(properties(target.schema)[key]?.['const']), target };
  });
}

function isEpoch(field: Schema): boolean {
  return String(field['$ref'] ?? nullableRef(field)).endsWith('/EpochSeconds');
}

/** A field of one simple type, so that a value of another type breaks that rule and no other. */
function isPlain(field: Schema): boolean {
  const types = [field['type']].flat().filter((type) => type !== 'null');
  return types.length === 1 && ['number', 'integer', 'boolean', 'string'].includes(String(types[0]));
}

function wrongFor(field: Schema): unknown {
  return [field['type']].flat().includes('string') ? 1 : 'text';
}

function without(row: Row, key: string): Row {
  return Object.fromEntries(Object.entries(row).filter(([each]) => each !== key));
}
