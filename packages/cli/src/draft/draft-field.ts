import type { Schema } from '@hedge-telemetry/evolution';

import { keysOfMap, numberShape, textShape } from './draft-scalar.js';
import { pascal, sentence, singular } from './names.js';
import { merged, typesSeen } from './observe.js';
import type { Observation } from './observe.js';

/** Keyword for what a draft asks of whoever finishes it; the lint refuses it until it is answered and removed. */
export const QUESTIONS = 'x-unsure';

/** Where a draft stands. */
export interface DraftPlace {
  /** Names from the root to here, of which the names of types are made. */
  readonly path: readonly string[];
  /** The types that the root needs, by name; filled on the way. */
  readonly definitions: Record<string, Schema>;
}

/** An object with declared keys; required are those that every sample had. */
export function draftObject(seen: Observation, place: DraftPlace, description: string): Schema {
  const fields = [...seen.fields];
  const required = fields.filter(([, field]) => field.count === seen.objects).map(([key]) => key);
  const properties = fields.map(([key, field]) => [key, draftField(key, field, place, required.includes(key))]);
  return {
    description,
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(properties) as Schema,
  };
}

/** A field, with every annotation that the contract wants, and with the questions that only a person can answer. */
function draftField(name: string, seen: Observation, place: DraftPlace, isRequired: boolean): Schema {
  const questions = [`What is it? The description only repeats the name.`];
  const shape = nullable(shapeOf(name, seen, place, questions), seen.nulls > 0);
  return {
    description: `${sentence(name)}.`,
    ...shape,
    'x-since': '1.0.0',
    ...(seen.nulls > 0 ? { 'x-null': 'It is not known.' } : {}),
    ...(isRequired ? {} : { 'x-absent': 'The writer did not report it.' }),
    [QUESTIONS]: questions,
  };
}

function shapeOf(name: string, seen: Observation, place: DraftPlace, questions: string[]): Schema {
  const types = typesSeen(seen);
  if (types.length > 1) questions.push(`Seen were: ${types.join(', ')}. Which is right?`);
  if (seen.objects > 0) return objectShape(name, seen, place, questions);
  if (seen.arrays > 0) return arrayShape(name, seen, place, questions);
  if (seen.strings > 0) return textShape(name, seen, questions);
  if (seen.numbers > 0) return numberShape(name, seen, questions);
  if (seen.booleans > 0) return { type: 'boolean', 'x-unit': 'none' };
  questions.push('Only null was seen. What is its type, and what is its unit?');
  return { type: 'number', 'x-unit': 'none' };
}

function objectShape(name: string, seen: Observation, place: DraftPlace, questions: string[]): Schema {
  if (seen.fields.size === 0) {
    questions.push('Only empty objects were seen. What does it hold?');
    return { type: 'object', additionalProperties: true, 'x-open': 'Nothing was seen in it yet.' };
  }
  const key = keysOfMap([...seen.fields.keys()]);
  if (key === null) return { $ref: `#/$defs/${define(name, seen, place)}` };
  const values = merged([...seen.fields.values()]);
  return { ...container('object', 'additionalProperties', valueShape(name, values, place, questions)), 'x-key': key };
}

function arrayShape(name: string, seen: Observation, place: DraftPlace, questions: string[]): Schema {
  if (seen.items === null || seen.items.count === 0) {
    questions.push('Only empty lists were seen. What does it hold?');
    return { type: 'array', items: { type: 'number' }, 'x-unit': 'none' };
  }
  return container('array', 'items', valueShape(name, seen.items, place, questions));
}

/** What an array or a map holds. */
function valueShape(name: string, seen: Observation, place: DraftPlace, questions: string[]): Schema {
  return nullable(shapeOf(singular(name), seen, place, questions), seen.nulls > 0);
}

/** A container of scalars states their unit. */
function container(type: string, keyword: string, { 'x-unit': unit, ...shape }: Schema): Schema {
  return { type, [keyword]: shape, ...(unit === undefined ? {} : { 'x-unit': unit }) };
}

function nullable(shape: Schema, isNullable: boolean): Schema {
  if (!isNullable || shape['enum'] !== undefined) return shape;
  if (shape['$ref'] !== undefined) return { anyOf: [shape, { type: 'null' }] };
  return { ...shape, type: [shape['type'], 'null'] };
}

/** Puts the type of an object among the definitions and gives its name. */
function define(name: string, seen: Observation, { path, definitions }: DraftPlace): string {
  const inner = { path: [...path, name], definitions };
  const type = inner.path.map(pascal).join('');
  definitions[type] = {};
  definitions[type] = draftObject(seen, inner, `${sentence(name)}.`);
  return type;
}
