import { nullableRef } from '@hedge-telemetry/evolution';
import type { Schema } from '@hedge-telemetry/evolution';

import { draftObject, QUESTIONS } from './draft-field.js';
import { isTimeName } from './guess-unit.js';
import { pascal } from './names.js';
import { createObservation } from './observe.js';
import type { Observation } from './observe.js';

const BASE = 'https://hedge-telemetry.dev/schemas/';
/** Keys that tell the shape: few, so that the others can change. */
const MOST_SHAPE_KEYS = 3;
const COMMON = '../common.schema.json#/$defs';

export type SurfaceKind = 'state' | 'ledger';

/** A draft of a schema, and how many questions it asks. */
export interface Draft {
  readonly schema: Schema;
  readonly questions: number;
}

/** Path below schemas/ of the schema of a surface. */
export function schemaPath(name: string, kind: SurfaceKind): string {
  return `${kind === 'state' ? 'state' : 'logs'}/${name}.schema.json`;
}

/** Drafts the schema of a surface from what was seen in its documents or lines; from nothing, a frame to fill in. */
export function draftSurface(name: string, kind: SurfaceKind, seen: Observation): Draft {
  const definitions: Record<string, Schema> = {};
  const isArray = seen.arrays > seen.objects;
  const rows = isArray ? (seen.items ?? createObservation()) : seen;
  const title = `${pascal(name)}${kind === 'state' ? 'Document' : 'Record'}`;
  const place = { path: [title], definitions };
  const body = withTime(draftObject(rows, place, 'One row.'));
  const time = body.time;
  const row = `${title}Row`;
  if (isArray) definitions[row] = body.schema;
  const { description: _, ...object } = body.schema;
  const properties = object['properties'] as Record<string, Schema>;
  const schema: Schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `${BASE}${schemaPath(name, kind)}`,
    title,
    description: `The ${name} surface.`,
    'x-surface': surfaceOf(name, kind, isArray ? `/*/${time}` : `/${time}`),
    'x-shape': isArray ? { root: 'array' } : { root: 'object', has: requiredOf(object).slice(0, MOST_SHAPE_KEYS) },
    'x-since': '1.0.0',
    [QUESTIONS]: [
      'What is it for? Say it in the description.',
      'Who writes it, who reads it, how often, and after how long is it stale? See x-surface.',
      ...(time === 'updated_ts' && body.isAdded ? ['No time was seen in it; updated_ts was added.'] : []),
    ],
    ...(isArray
      ? { type: 'array', items: { $ref: `#/$defs/${row}` } }
      : { ...object, properties: { schema: tag(name), ...properties } }),
    ...(Object.keys(definitions).length > 0 ? { $defs: sorted(definitions) } : {}),
  };
  return { schema, questions: questionsIn(schema) };
}

function surfaceOf(name: string, kind: SurfaceKind, pointer: string): Schema {
  return {
    name,
    kind,
    file: kind === 'state' ? `state/${name}.json` : `execution/${name}.jsonl`,
    status: 'experimental',
    owner: 'executor',
    writer: kind === 'state' ? 'The executor publishes it once per loop.' : 'The executor appends one line per record.',
    consumers: ['dashboard'],
    cadence:
      kind === 'state'
        ? 'Once per executor loop, every 30 s by default.'
        : 'One line per record, whenever there is one.',
    age: { pointer },
    stale_after_s: kind === 'state' ? 300 : null,
    sensitivity: 'internal',
  };
}

/** Every document says when it was made: the first field that holds a time, else one that is added. */
function withTime(object: Schema): { schema: Schema; time: string; isAdded: boolean } {
  const properties = object['properties'] as Record<string, Schema>;
  const times = Object.keys(properties).filter((key) => isTime(properties[key]));
  const time = times.find(isTimeName) ?? times[0];
  if (time !== undefined) return { schema: object, time, isAdded: false };
  const added = {
    description: 'When the document was made; age is measured from here.',
    $ref: `${COMMON}/EpochSeconds`,
    'x-since': '1.0.0',
  };
  const schema = {
    ...object,
    required: [...requiredOf(object), 'updated_ts'],
    properties: { ...properties, updated_ts: added },
  };
  return { schema, time: 'updated_ts', isAdded: true };
}

function isTime(field: Schema | undefined): boolean {
  const ref = field === undefined ? null : (field['$ref'] ?? nullableRef(field));
  return typeof ref === 'string' && /\/(EpochSeconds|IsoTimestamp)$/.test(ref);
}

function requiredOf(object: Schema): string[] {
  return (object['required'] as string[] | undefined) ?? [];
}

function tag(name: string): Schema {
  return {
    description: 'Name and major version of the schema; stamped by the writer.',
    const: `${name}_v1`,
    'x-unit': 'none',
    'x-since': '1.0.0',
    'x-absent': 'Written before versions were stamped; the shape tells.',
  };
}

function sorted(definitions: Record<string, Schema>): Record<string, Schema> {
  return Object.fromEntries(Object.entries(definitions).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function questionsIn(schema: unknown): number {
  if (Array.isArray(schema)) return schema.reduce((sum: number, each) => sum + questionsIn(each), 0);
  if (typeof schema !== 'object' || schema === null) return 0;
  return Object.entries(schema).reduce(
    (sum, [key, each]) => sum + (key === QUESTIONS ? (each as string[]).length : questionsIn(each)),
    0,
  );
}
