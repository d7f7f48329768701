import path from 'node:path';

import { describe, expect, it } from 'vitest';
import { loadSchemas } from '@hedge-telemetry/evolution';
import type { Schema } from '@hedge-telemetry/evolution';

import { repository, stateSchema } from '../testing.js';
import { lint } from './index.js';
import { field, messages, price } from './testing.js';

describe('lint', () => {
  it('finds nothing wrong with the schemas of the contract', async () => {
    const directory = path.join(repository, 'schemas');
    expect(await lint(await loadSchemas(directory), directory)).toEqual([]);
  });

  it('finds nothing wrong with a minimal schema', async () => {
    expect(await messages(stateSchema('sample'))).toEqual([]);
  });

  it.each<[string, Schema, RegExp]>([
    ['a field without a description', price({ description: undefined }), /price has no description/],
    ['a field without a unit', price({ 'x-unit': undefined }), /price has no x-unit/],
    ['a field without since', price({ 'x-since': undefined }), /price has no x-since/],
    ['a nullable field that does not say what null means', price({ 'x-null': undefined }), /price has no x-null/],
    ['a version that is none', price({ 'x-since': '1.0' }), /x-since must match pattern/],
    ['a unit that is not listed', price({ 'x-unit': 'dollars' }), /x-unit must be equal to one of/],
    ['an x- keyword that was never declared', price({ 'x-colour': 'red' }), /x-colour is not a keyword/],
    ['a keyword outside the profile', price({ format: 'date-time' }), /format is not a keyword.*: .*state a pattern/],
    ['a bare object', price({ type: 'object', 'x-unit': undefined, 'x-null': undefined }), /a bare object/],
    [
      'an inline object',
      field((f) => {
        f['price'] = {
          type: 'object',
          description: 'Bare.',
          'x-since': '1.0.0',
          additionalProperties: false,
          properties: {},
        };
      }),
      /belongs under \$defs/,
    ],
    [
      'an open object with properties',
      stateSchema('sample', (s) => {
        delete s['additionalProperties'];
      }),
      /needs "additionalProperties": false/,
    ],
    [
      'an optional field that does not say what absence means',
      stateSchema('sample', (s) => {
        s['required'] = ['updated_at'];
      }),
      /price has no x-absent/,
    ],
    [
      'a required key that is not declared',
      stateSchema('sample', (s) => {
        s['required'] = ['updated_at', 'price', 'size'];
      }),
      /required names size/,
    ],
    ['a union without a tag', price({ oneOf: [{ type: 'number' }] }), /oneOf needs x-tag/],
    [
      'a type name that shadows a global',
      stateSchema('sample', (s) => {
        s['title'] = 'Event';
      }),
      /shadows a global/,
    ],
    [
      'a definition that shadows a global',
      stateSchema('sample', (s) => {
        s['$defs'] = { Range: { type: 'number', description: 'A range.' } };
      }),
      /Range shadows a global/,
    ],
    [
      'an $id that is not its path',
      stateSchema('sample', (s) => {
        s['$id'] = 'https://hedge-telemetry.dev/schemas/other.schema.json';
      }),
      /\$id is not/,
    ],
    [
      'a surface named otherwise than its file',
      stateSchema('other', (s) => {
        s['$id'] = 'https://hedge-telemetry.dev/schemas/state/sample.schema.json';
      }),
      /x-surface.name is not sample/,
    ],
    [
      'an age that is measured from no timestamp',
      stateSchema('sample', (s) => {
        Object.assign(s['x-surface'] as object, { age: { pointer: '/price' } });
      }),
      /not a timestamp/,
    ],
    [
      'an age that points nowhere',
      stateSchema('sample', (s) => {
        Object.assign(s['x-surface'] as object, { age: { pointer: '/never' } });
      }),
      /not declared/,
    ],
    ['a reference to nothing', price({ type: undefined, $ref: '#/$defs/Nothing' }), /points at nothing/],
    [
      'a surface without an owner',
      stateSchema('sample', (s) => {
        delete (s['x-surface'] as Schema)['owner'];
      }),
      /must have required property 'owner'/,
    ],
  ])('finds %s', async (_what, schema, message) => {
    expect((await messages(schema)).join('\n')).toMatch(message);
  });
});
