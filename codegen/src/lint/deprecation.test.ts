import { describe, expect, it } from 'vitest';
import type { Schema } from '@hedge-telemetry/evolution';

import { stateSchema } from '../testing.js';
import { field, messages, price } from './testing.js';

const TODAY = '2031-06-30';
const mark = { description: 'Mark price.', type: 'number', 'x-unit': 'price', 'x-since': '1.0.0' };
const replaced = { deprecated: true, 'x-replaced-by': '/mark', 'x-remove-after': TODAY };

/** The minimal schema with the price changed, and a mark beside it. */
function beside(change: Schema, ofMark: Schema = {}): Schema {
  const schema = price(change);
  Object.assign(schema['properties'] as object, { mark: { ...mark, ...ofMark } });
  return { ...schema, required: ['updated_at', 'price', 'mark'] };
}

function object(properties: Record<string, Schema>): Schema {
  return {
    description: 'An object.',
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties),
    properties,
  };
}

/** A surface that holds rows by key, each a deprecated size and what takes its place. */
function rows(pointer: string): Schema {
  const size = { ...mark, deprecated: true, 'x-replaced-by': pointer, 'x-remove-after': TODAY };
  return stateSchema('sample', (schema) => {
    const properties = schema['properties'] as Record<string, Schema>;
    properties['rows'] = {
      description: 'Rows by symbol.',
      type: 'object',
      'x-key': 'symbol',
      'x-since': '1.0.0',
      additionalProperties: { type: 'array', items: { $ref: '#/$defs/Row' } },
    };
    schema['required'] = Object.keys(properties);
    schema['$defs'] = { Row: object({ size, 'qty/base': mark }) };
  });
}

/** A surface of two kinds of event; only the first has a replacement for its deprecated price. */
function union(ofSecond: Schema): Schema {
  const updated = { description: 'When.', type: 'number', minimum: 0, 'x-unit': 'epoch_s', 'x-since': '1.0.0' };
  const kind = { description: 'What.', 'x-unit': 'none', 'x-since': '1.0.0' };
  return stateSchema('sample', (schema) => {
    for (const key of ['type', 'additionalProperties', 'required', 'properties']) delete schema[key];
    const first = { updated_at: updated, kind: { ...kind, const: 'a' }, price: { ...mark, ...replaced }, mark };
    const second = { updated_at: updated, kind: { ...kind, const: 'b' }, ...ofSecond };
    Object.assign(schema, {
      'x-tag': 'kind',
      oneOf: [{ $ref: '#/$defs/First' }, { $ref: '#/$defs/Second' }],
      $defs: { First: object(first), Second: object(second as Record<string, Schema>) },
    });
  });
}

describe('the lint of deprecated fields', () => {
  it.each<[string, Schema]>([
    ['a field with a replacement, up to its last day', beside(replaced)],
    [
      'a field without one, with the reason',
      price({ deprecated: true, 'x-not-replaced': 'Nobody knows it any more.', 'x-remove-after': '2032-02-29' }),
    ],
    ['a replacement in the same row', rows('/rows/*/*/qty~1base')],
    ['a replacement in the same branch', union({ price: mark })],
    ['a field that was renamed', price({ 'x-renamed-from': ['cost', 'px'] })],
    ['a field that is yet to be released', price({ 'x-since': 'next' })],
    [
      'a note on staleness',
      stateSchema('sample', (schema) => {
        Object.assign(schema['x-surface'] as object, { stale_after_note: 'Two loops of the executor.' });
      }),
    ],
  ])('takes %s', async (_what, schema) => {
    expect(await messages(schema, { today: TODAY })).toEqual([]);
  });

  it.each<[string, Schema, RegExp[]]>([
    ['a bare deprecation', price({ deprecated: true }), [/name its replacement/, /say in x-remove-after/]],
    ['a replacement and none', beside({ ...replaced, 'x-not-replaced': 'There is none.' }), [/only one can be true/]],
    ['a date that has passed', beside({ ...replaced, 'x-remove-after': '2031-06-29' }), [/was to be removed after/]],
    ['a date that no calendar has', beside({ ...replaced, 'x-remove-after': '2033-02-29' }), [/2033-02-29 is no date/]],
    [
      'a date in another form',
      beside({ ...replaced, 'x-remove-after': '30.6.2031' }),
      [/must match pattern/, /no date/],
    ],
    ['a replacement of what is not deprecated', beside({ 'x-replaced-by': '/mark' }), [/x-replaced-by and is not/]],
    ['an end of what is not deprecated', beside({ 'x-remove-after': TODAY }), [/x-remove-after and is not/]],
    ['a replacement that is gone', price(replaced), [/x-replaced-by \/mark is no field of sample/]],
    [
      'a replacement that is deprecated',
      beside(replaced, { ...replaced, 'x-replaced-by': '/updated_at' }),
      [/deprecated in/],
    ],
    ['a field that replaces itself', beside({ ...replaced, 'x-replaced-by': '/price' }), [/is the field itself/]],
    ['a replacement given by its place in the row', rows('/qty~1base'), [/is no field of sample/]],
    ['a replacement of another branch', union({ price: { ...mark, ...replaced } }), [/is no field of sample/]],
    [
      'a deprecated definition',
      stateSchema('sample', (schema) => {
        schema['$defs'] = { Size: { type: 'number', description: 'A size.', 'x-unit': 'base', deprecated: true } };
      }),
      [/deprecated: it is for properties/],
    ],
    ['a former key that is still there', price({ 'x-renamed-from': 'updated_at' }), [/which still stands beside it/]],
    ['a former key that is the key itself', price({ 'x-renamed-from': ['price'] }), [/still stands/]],
    [
      'a former key of two fields',
      beside({ 'x-renamed-from': 'px' }, { 'x-renamed-from': ['cost', 'px'] }),
      [/names px, as does/],
    ],
    ['a former key that is none', price({ 'x-renamed-from': [1] }), [/x-renamed-from\/0 must be string/]],
  ])('refuses %s', async (_what, schema, expected) => {
    const found = await messages(schema, { today: TODAY });
    for (const message of expected) expect(found.join('\n')).toMatch(message);
    expect(found).toHaveLength(expected.length);
  });

  it('looks for the replacement of a shared field in every surface that uses it', async () => {
    const common: Schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://hedge-telemetry.dev/schemas/common.schema.json',
      title: 'Common',
      description: 'Shared.',
      $defs: { Row: object({ price: { ...mark, ...replaced, 'x-replaced-by': '/row/mark' }, mark }) },
    };
    const using = (key: string): Schema =>
      field((fields) => {
        fields['price'] = {
          description: 'A row.',
          anyOf: [{ $ref: '../common.schema.json#/$defs/Row' }, { type: 'null' }],
          'x-since': '1.0.0',
          'x-null': 'There is none.',
        };
        if (key !== 'price') {
          fields[key] = fields['price'];
          delete fields['price'];
        }
      });
    const required = (key: string): Schema => ({ ...using(key), required: ['updated_at', key] });
    const shared = { 'common.schema.json': common };
    expect(await messages(required('row'), { today: TODAY }, shared)).toEqual([]);
    expect(await messages(required('line'), { today: TODAY }, shared)).toEqual([
      'price: x-replaced-by /row/mark is no field of sample',
    ]);
  });

  it('refuses a deprecation in a dialect, which is legacy as a whole', async () => {
    const dialect: Schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://hedge-telemetry.dev/schemas/legacy/sample/v7.schema.json',
      title: 'SampleV7',
      description: 'A dialect.',
      'x-dialect': { surface: 'sample', name: 'v7', root: 'object', order: 1, source: 'The v7 executor.' },
      type: 'object',
      properties: { px: { ...mark, ...replaced } },
    };
    const found = await messages(stateSchema('sample'), { today: TODAY }, { 'legacy/sample/v7.schema.json': dialect });
    expect(found).toEqual(
      ['deprecated', 'x-replaced-by', 'x-remove-after'].map((each) => `${each}: a dialect is legacy as a whole`),
    );
  });

  it('goes by the clock where no day is given', async () => {
    const until = (date: string): Schema => beside({ ...replaced, 'x-remove-after': date });
    expect(await messages(until('9999-12-31'))).toEqual([]);
    expect(await messages(until('2001-01-01'))).toHaveLength(1);
  });
});
