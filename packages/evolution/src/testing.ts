import type { WorkingSubject } from './diff/subject.js';
import { subject } from './diff/subject.js';
import type { Subject } from './diff/subject.js';
import { majorOf } from './releases/version.js';
import type { Schema } from './tree/load.js';

/** A surface of the test with these properties. */
export function surfaceSchema(properties: Record<string, Schema>, extra: Schema = {}): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Sample',
    'x-surface': {
      name: 'sample',
      kind: 'state',
      file: 'state/sample.json',
      age: { pointer: '/updated_at' },
      stale_after_s: 60,
      sensitivity: 'internal',
    },
    'x-shape': { root: 'object', has: [] },
    type: 'object',
    additionalProperties: false,
    properties,
    ...extra,
  };
}

/** A surface with one field. */
export function oneField(field: Schema, extra: Schema = {}): Schema {
  return surfaceSchema({ field }, extra);
}

/** A surface that says something else of itself under one name of x-surface. */
export function withFact(name: string, value: unknown): Schema {
  const schema = oneField({ type: 'number' });
  return { ...schema, 'x-surface': { ...(schema['x-surface'] as Schema), [name]: value } };
}

/** A surface that is stale after so many seconds, with the note that says why. */
export function staleAfter(seconds: number, note?: string): Schema {
  const schema = withFact('stale_after_s', seconds);
  if (note === undefined) return schema;
  return { ...schema, 'x-surface': { ...(schema['x-surface'] as Schema), stale_after_note: note } };
}

/** A surface with these invariants. */
export function withInvariants(...list: [id: string, formula: string][]): Schema {
  return withFact(
    'invariants',
    list.map(([id, formula]) => ({ id, formula, description: 'What holds.' })),
  );
}

export function released(schema: Schema, version = '1.0.0', dialects: readonly string[] = []): Subject {
  return subject({ surface: 'sample', label: version, version, major: majorOf(version), dialects }, schema);
}

export function working(schema: Schema, major = 1, dialects: readonly string[] = []): WorkingSubject {
  const origin = (pointer: string): { file: string; pointer: string } => ({
    file: 'state/sample.schema.json',
    pointer,
  });
  const named = { surface: 'sample', label: 'the working schema', version: null, major, dialects };
  return { ...subject(named, schema), origin };
}
