import { describe, expect, it } from 'vitest';

import { compareSchemas, type Json } from './index.js';

type Answer = 'compatible' | 'incompatible' | 'unknown';
type Row = readonly [string, Json, Json, Answer, Answer];

const draft04 = 'http://json-schema.org/draft-04/schema#';
const draft07 = 'http://json-schema.org/draft-07/schema#';

const yes = 'compatible';
const no = 'incompatible';

/** What is compared, old, new, backward, forward. */
const rows: readonly Row[] = [
  ['boolean schemas', true, false, no, yes],
  ['true and no keyword', true, {}, yes, yes],
  ['a type among more', { type: 'string' }, { type: ['string', 'null'] }, yes, no],
  ['integers within numbers', { type: 'integer' }, { type: 'number' }, yes, no],
  ['integers as multiples of one', { type: 'integer' }, { type: 'number', multipleOf: 1 }, yes, yes],
  ['an enumeration and its type', { enum: ['a', 'b'] }, { type: 'string' }, yes, no],
  ['both booleans and their type', { enum: [true, false] }, { type: 'boolean' }, yes, yes],
  ['a constant object spelt out', { const: { a: 1 } }, { type: 'object', required: ['a'] }, yes, no],
  ['1.0 and 1', { const: 1 }, { enum: [1.0] }, yes, yes],
  ['a raised minimum', { type: 'number', minimum: 0 }, { type: 'number', minimum: 1 }, no, yes],
  [
    'open and closed bounds of integers',
    { type: 'integer', exclusiveMinimum: 0 },
    { type: 'integer', minimum: 1 },
    yes,
    yes,
  ],
  ['an empty open interval', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0 }, false, yes, yes],
  ['decimal multiples', { type: 'number', multipleOf: 0.02 }, { type: 'number', multipleOf: 0.01 }, yes, no],
  ['a common multiple', { allOf: [{ multipleOf: 4 }, { multipleOf: 6 }] }, { multipleOf: 12 }, yes, yes],
  ['lengths in code points', { type: 'string', const: '💩' }, { type: 'string', maxLength: 1 }, yes, no],
  [
    'a pattern within another',
    { type: 'string', pattern: '^[a-c]+$' },
    { type: 'string', pattern: '^[a-z]*$' },
    yes,
    no,
  ],
  ['a pattern and a length', { type: 'string', pattern: '^.{2,3}$' }, { type: 'string', minLength: 2 }, yes, no],
  ['a leading lookahead', { type: 'string', pattern: '^(?!a)[ab]$' }, { type: 'string', const: 'b' }, yes, yes],
  ['nested anchors', { type: 'string', pattern: '(^a|^b)c$' }, { type: 'string', pattern: '^[ab]c$' }, yes, yes],
  ['a format against itself', { type: 'string', format: 'date' }, { type: 'string', format: 'date' }, yes, yes],
  ['a format dropped', { type: 'string', format: 'date' }, { type: 'string' }, yes, no],
  ['an unknown format', { type: 'string', format: 'odd' }, { type: 'string' }, yes, 'unknown'],
  ['wider items', { items: { type: 'integer' } }, { items: { type: 'number' } }, yes, no],
  ['a closed tuple', { prefixItems: [{}], items: false }, { maxItems: 1 }, yes, yes],
  ['draft-07 tuples', { $schema: draft07, items: [{ type: 'string' }] }, { $schema: draft07, items: {} }, yes, no],
  ['contained and all items', { type: 'array', items: { const: 1 }, minItems: 1 }, { contains: { const: 1 } }, yes, no],
  ['counted items', { contains: { const: 1 }, minContains: 2 }, { contains: { const: 1 } }, yes, no],
  ['more than can be contained', { contains: true, minContains: 3, maxItems: 2, type: 'array' }, false, yes, yes],
  [
    'unique items of few values',
    { type: 'array', items: { enum: [1, 2] }, uniqueItems: true },
    { maxItems: 2 },
    yes,
    no,
  ],
  ['unique items dropped', { uniqueItems: true }, {}, yes, no],
  [
    'an optional property in a closed object',
    { type: 'object', additionalProperties: false },
    { type: 'object', properties: { a: {} }, additionalProperties: false },
    yes,
    no,
  ],
  ['a property in an open object', {}, { properties: { a: { type: 'string' } } }, no, yes],
  ['a key required', { type: 'object' }, { type: 'object', required: ['a'] }, no, yes],
  [
    'overlapping pattern properties',
    { patternProperties: { '^a': { type: 'string' } } },
    { properties: { ab: { type: 'string' } } },
    yes,
    no,
  ],
  [
    'names and pattern properties',
    { propertyNames: { pattern: '^a$' } },
    { patternProperties: { '^[^a]': false } },
    yes,
    no,
  ],
  [
    'names too few for the count',
    { type: 'object', propertyNames: { enum: ['a', 'b'] }, minProperties: 3 },
    false,
    yes,
    yes,
  ],
  ['required keys and the count', { type: 'object', required: ['a', 'b'] }, { minProperties: 2 }, yes, no],
  ['a dependency met by a requirement', { required: ['b'] }, { dependentRequired: { a: ['b'] } }, yes, no],
  [
    'a dependent schema',
    { dependentSchemas: { a: { required: ['b'] } } },
    { dependentRequired: { a: ['b'] } },
    yes,
    yes,
  ],
  [
    'draft-07 dependencies',
    { $schema: draft07, dependencies: { a: ['b'] } },
    { $schema: draft07, dependencies: { a: { required: ['b'] } } },
    yes,
    yes,
  ],
  [
    'another branch of anyOf',
    { anyOf: [{ type: 'string' }] },
    { anyOf: [{ type: 'string' }, { type: 'null' }] },
    yes,
    no,
  ],
  ['overlap in oneOf', { oneOf: [{ type: 'number' }] }, { oneOf: [{ type: 'number' }, { type: 'integer' }] }, no, yes],
  [
    'De Morgan',
    { not: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
    { type: ['boolean', 'number', 'array', 'object'] },
    yes,
    yes,
  ],
  [
    'a condition spelt out',
    { if: { type: 'string' }, then: { minLength: 1 } },
    { anyOf: [{ not: { type: 'string' } }, { minLength: 1 }] },
    yes,
    yes,
  ],
  [
    'unevaluated behind allOf',
    { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
    { properties: { a: {} }, additionalProperties: false },
    yes,
    yes,
  ],
  ['unevaluated items', { prefixItems: [{}], unevaluatedItems: false }, { prefixItems: [{}], items: false }, yes, yes],
  ['references', { $ref: '#/$defs/a', $defs: { a: { type: 'string' } } }, { type: 'string' }, yes, yes],
  [
    'boolean exclusive bounds',
    { $schema: draft04, minimum: 0, exclusiveMinimum: true },
    { exclusiveMinimum: 0 },
    yes,
    yes,
  ],
];

const tree = (leaf: Json): Json => ({
  $ref: '#/$defs/tree',
  $defs: {
    tree: {
      type: 'object',
      required: ['value'],
      properties: { value: leaf, children: { type: 'array', items: { $ref: '#/$defs/tree' } } },
    },
  },
});

describe('compareSchemas', () => {
  it.each(rows)('decides %s', (_, old, next, backward, forward) => {
    const result = compareSchemas(old, next);
    expect({ backward: result.backward.answer, forward: result.forward.answer }).toEqual({ backward, forward });
  });

  it('proves recursive schemas by their least fixpoint', () => {
    const result = compareSchemas(tree({ type: 'integer' }), tree({ type: 'number' }));
    expect(result.backward.answer).toBe('compatible');
    expect(result.forward).toMatchObject({ answer: 'incompatible', witness: { value: expect.any(Number) } });
  });

  it('finds that a schema which always needs a smaller document of its own admits none', () => {
    const endless = { type: 'object', required: ['next'], properties: { next: { $ref: '#' } } };
    expect(compareSchemas(endless, false).backward.answer).toBe('compatible');
  });

  it('gives the smallest witness there is', () => {
    const old = { type: 'object', properties: { a: { type: 'array', items: { type: 'string', maxLength: 5 } } } };
    const next = { type: 'object', properties: { a: { type: 'array', items: { type: 'string', maxLength: 3 } } } };
    expect(compareSchemas(old, next).backward.witness).toEqual({ a: ['aaaa'] });
  });

  it('does not trust constants that parsing may have rounded', () => {
    expect(compareSchemas({ const: 2 ** 53 }, { enum: [2 ** 53, 2 ** 53 + 4] }).backward.answer).toBe('unknown');
    const same = (value: number) => compareSchemas({ const: value }, { const: value, title: 'same' }).backward.answer;
    expect([2 ** 53, 2 ** 53 + 4, -(2 ** 53) - 4, 2 ** 54 + 2].map(same)).toEqual(Array(4).fill('unknown'));
  });

  it('trusts constants that nothing else is rounded to', () => {
    const same = (value: number) => compareSchemas({ const: value }, { enum: [value] }).backward.answer;
    expect([2 ** 53 - 1, 2 ** 53 + 2, -(2 ** 53) - 2].map(same)).toEqual(Array(3).fill('compatible'));
  });

  it('reads nothing from remote references', () => {
    const remote = { $ref: 'https://example.com/schema.json' };
    expect(compareSchemas(remote, { type: 'string' }).backward).toMatchObject({
      answer: 'unknown',
      reason: expect.stringContaining('https://example.com/schema.json'),
    });
  });
});
