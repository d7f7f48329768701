import { compareDirection } from '@hedge-telemetry/compat';
import { describe, expect, it } from 'vitest';

import { released, surfaceSchema, working } from '../testing.js';
import type { Schema } from '../tree/load.js';
import { fieldsOf } from './fields.js';
import { keyFindings } from './key-rules.js';
import { meaningFindings } from './meaning-rules.js';

const number: Schema = { type: 'number' };
const measured = (unit: string): Schema => ({ ...number, 'x-unit': unit });
const object = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties,
});
const branch = (tag: string, field: Schema): Schema => ({
  ...object({ kind: { const: tag }, field }),
  required: ['kind'],
});
const union = (fill: Schema, close: Schema): Schema => ({
  'x-tag': 'kind',
  oneOf: [branch('fill', fill), branch('close', close)],
});

const places: readonly [name: string, path: string, schema: (unit: string) => Schema][] = [
  ['a nested object', '/a/b', (unit) => surfaceSchema({ a: object({ b: measured(unit) }) })],
  ['the items of an array', '/a/*', (unit) => surfaceSchema({ a: { type: 'array', items: measured(unit) } })],
  [
    'an item of a tuple',
    '/a/1',
    (unit) => surfaceSchema({ a: { type: 'array', prefixItems: [number, measured(unit)], items: false } }),
  ],
  [
    'the values of a map',
    '/a/*',
    (unit) => surfaceSchema({ a: { type: 'object', additionalProperties: measured(unit) } }),
  ],
  ['a branch of a tagged union', '/a/<close>/field', (unit) => surfaceSchema({ a: union(number, measured(unit)) })],
  [
    'rows of a definition that may be null',
    '/a/*/b',
    (unit) =>
      surfaceSchema(
        { a: { anyOf: [{ $ref: '#/$defs/Rows' }, { type: 'null' }] } },
        {
          $defs: {
            Rows: { type: 'array', items: { $ref: '#/$defs/Row' } },
            Row: object({ b: { $ref: '#/$defs/B' } }),
            B: measured(unit),
          },
        },
      ),
  ],
  ['a key with a slash', '/a~1b', (unit) => surfaceSchema({ 'a/b': measured(unit) })],
];

describe('a change of meaning', () => {
  it.each(places)('is seen in %s, with a document that holds the field', (_, path, schema) => {
    const base = released(schema('s'));
    const findings = meaningFindings(base, working(schema('ms')));
    expect(findings).toMatchObject([{ rule: 'unit-changed', message: expect.stringContaining(` ${path} `) as string }]);
    const [finding] = findings;
    expect(finding).toHaveProperty('witness');
    expect(compareDirection({ const: finding?.witness }, base.schema, 'backward').answer).toBe('compatible');
  });

  it('shows a document of the very branch', () => {
    const schema = (unit: string): Schema => surfaceSchema({ a: union(measured('s'), measured(unit)) });
    const [finding] = meaningFindings(released(schema('s')), working(schema('ms')));
    expect(finding?.witness).toMatchObject({ a: { kind: 'close', field: expect.anything() as unknown } });
  });

  it('is seen where the nearer of two definitions says it', () => {
    const schema = (unit: string): Schema =>
      surfaceSchema(
        { a: { $ref: '#/$defs/Near' } },
        { $defs: { Near: { $ref: '#/$defs/Far', 'x-unit': unit }, Far: measured('s') } },
      );
    expect(meaningFindings(released(schema('ms')), working(schema('hours')))).toMatchObject([
      { expected: 'ms', actual: 'hours' },
    ]);
  });
});

describe('keys that are gone', () => {
  it('are one finding where a whole block is', () => {
    const old = surfaceSchema({ a: object({ b: number, c: object({ d: number }) }), e: number });
    const findings = keyFindings(released(old), working(surfaceSchema({ e: number })));
    expect(findings.map(({ rule, expected }) => [rule, expected])).toEqual([['key-removed', '/a']]);
    expect(findings[0]?.witness).toHaveProperty('a');
  });

  it('are one finding where a branch of a union is', () => {
    const old = surfaceSchema({ a: union(number, number) });
    const next = surfaceSchema({ a: { 'x-tag': 'kind', oneOf: [branch('fill', number)] } });
    expect(keyFindings(released(old), working(next))).toMatchObject([
      { expected: '/a/<close>', witness: { a: { kind: 'close' } } },
    ]);
  });

  it('look renamed to the one new key that says the same of itself', () => {
    const old = surfaceSchema({ dd: measured('percent') });
    const next = surfaceSchema({ drawdown: measured('percent'), other: number });
    const [finding] = keyFindings(released(old), working(next));
    expect(finding).toMatchObject({ rule: 'key-removed', actual: '/drawdown', pointer: '/properties/drawdown' });
    expect(finding?.fix).toContain('"x-renamed-from": "dd"');
  });

  it('look renamed to none of two that do, nor to one in another object', () => {
    const old = surfaceSchema({ dd: measured('percent'), o: object({}) });
    const two = surfaceSchema({ a: measured('percent'), b: measured('percent'), o: object({}) });
    const elsewhere = surfaceSchema({ o: object({ a: measured('percent') }) });
    for (const next of [two, elsewhere])
      expect(keyFindings(released(old), working(next))).toMatchObject([{ actual: 'nothing', pointer: '/properties' }]);
  });
});

describe('fieldsOf', () => {
  it('ends on recursive types, and on references that lead in a circle', () => {
    const node = {
      type: 'object',
      properties: { left: { $ref: '#/$defs/Node' }, right: { $ref: '#/$defs/Node' }, up: { $ref: '#' } },
    };
    const schema = {
      properties: { tree: { $ref: '#/$defs/Node' }, loop: { $ref: '#/$defs/Loop' } },
      $defs: { Node: node, Loop: { $ref: '#/$defs/Loop' } },
    };
    expect([...fieldsOf(schema).keys()]).toEqual(['', '/tree', '/tree/left', '/tree/right', '/tree/up', '/loop']);
  });

  it('takes keys of the prototype for no definitions', () => {
    expect([...fieldsOf({ properties: { a: { $ref: '#/$defs/constructor' } } }).keys()]).toEqual(['', '/a']);
  });
});
