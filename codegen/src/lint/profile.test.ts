import { describe, expect, it } from 'vitest';
import type { Schema } from '@hedge-telemetry/evolution';

import { stateSchema } from '../testing.js';
import { messages, price } from './testing.js';

const text = { type: 'string', 'x-null': undefined };
const whole = { type: 'integer', 'x-unit': 'count', 'x-null': undefined };

function optional(change: Schema): Schema {
  const schema = price({ ...change, 'x-absent': 'It is the default.' });
  return { ...schema, required: ['updated_at'] };
}

function branch(tag: Schema, required = ['updated_at', 'kind']): Schema {
  return {
    description: 'A branch.',
    type: 'object',
    additionalProperties: false,
    required,
    properties: {
      updated_at: { description: 'When.', type: 'number', minimum: 0, 'x-unit': 'epoch_s', 'x-since': '1.0.0' },
      kind: { description: 'What.', 'x-unit': 'none', 'x-since': '1.0.0', 'x-absent': 'It never is.', ...tag },
    },
  };
}

function union(first: Schema, second: Schema): Schema {
  return stateSchema('sample', (schema) => {
    for (const key of ['type', 'additionalProperties', 'required', 'properties']) delete schema[key];
    Object.assign(schema, {
      'x-tag': 'kind',
      oneOf: [{ $ref: '#/$defs/First' }, { $ref: '#/$defs/Second' }],
      $defs: { First: first, Second: second },
    });
  });
}

describe('the schema profile', () => {
  it.each<[string, Schema]>([
    ['an anchored pattern', price({ ...text, pattern: '^(a|b)[^.|$^\\]]{1,3}\\.\\$$' })],
    ['a pattern with a named group', price({ ...text, pattern: '^(?<year>[0-9]{4})$' })],
    ['a backspace in a class', price({ ...text, pattern: '^[\\b]$' })],
    ['an escaped backslash before a letter', price({ ...text, pattern: '^\\\\b$' })],
    ['a whole multipleOf', price({ ...whole, multipleOf: 5, minimum: -9_007_199_254_740_991 })],
    ['fractions as bounds of a number', price({ minimum: 0.5, maximum: 1.5 })],
    ['the default of an optional field', optional({ default: null })],
    ['a union of branches with different tags', union(branch({ const: 'a' }), branch({ const: 'b' }))],
  ])('takes %s', async (_what, schema) => {
    expect(await messages(schema)).toEqual([]);
  });

  it.each<[string, Schema, RegExp]>([
    ['a pattern without anchors', price({ ...text, pattern: 'a+' }), /not anchored/],
    ['a pattern whose alternatives are half anchored', price({ ...text, pattern: '^a|b$' }), /not anchored/],
    ['a pattern that ends with a dollar sign as text', price({ ...text, pattern: '^a\\$' }), /not anchored/],
    ['an anchor inside', price({ ...text, pattern: '^(a$|b)$' }), /anchor inside/],
    ['a look-ahead', price({ ...text, pattern: '^(?=a)a$' }), /look-around/],
    ['a look-behind', price({ ...text, pattern: '^a(?<!b)$' }), /look-around/],
    ['a word boundary', price({ ...text, pattern: '^a\\b$' }), /word boundary/],
    ['a back-reference', price({ ...text, pattern: '^(a)\\1$' }), /back-reference/],
    ['a named back-reference', price({ ...text, pattern: '^(?<x>a)\\k<x>$' }), /back-reference/],
    ['a dot', price({ ...text, pattern: '^a.$' }), /uses a dot/],
    ['a pattern of another dialect', price({ ...text, pattern: '^[a$' }), /not valid with the u flag/],
    ['a broken step', price({ ...whole, multipleOf: 0.5 }), /multipleOf is for integers/],
    ['a step of numbers', price({ multipleOf: 5 }), /multipleOf is for integers/],
    ['a bound that no number holds', price({ ...whole, maximum: 2 ** 53 }), /maximum is no integer within/],
    ['a broken bound of an integer', price({ ...whole, minimum: 0.5 }), /minimum is no integer within/],
    ['a bound of a number that lost digits', price({ minimum: -(2 ** 60) }), /minimum is no integer within/],
    ['a broken length', price({ ...text, maxLength: 2.5 }), /maxLength is no integer/],
    ['a value that no number holds', price({ enum: [1, 2 ** 53, null] }), /a value is no integer within/],
    ['a required field with a default', price({ default: 1 }), /price is required and has a default/],
    ['a default of another type', optional({ default: 'x' }), /default of price is not of its type/],
    ['a default that is not listed', optional({ enum: [1, null], default: 2 }), /default of price/],
    ['an identifier inside', price({ $id: 'https://example.org/x' }), /\$id is for the root/],
    [
      'a constraint beside a reference',
      price({ type: undefined, minimum: 0, anyOf: [{ $ref: '#' }, { type: 'null' }] }),
      /minimum stands beside anyOf/,
    ],
    ['a dynamic reference', price({ $dynamicRef: '#x' }), /\$dynamicRef is not a keyword.*use \$ref/],
    ['contains', price({ contains: { const: 1 } }), /contains is not a keyword/],
    ['a union of branches with one tag', union(branch({ const: 'a' }), branch({ const: 'a' })), /the kind a/],
    ['a branch without its tag', union(branch({ const: 'a' }), branch({ type: 'string' })), /Second is no object/],
    ['a branch that lacks its tag', union(branch({ const: 'a' }), branch({ const: 'b' }, ['updated_at'])), /Second/],
    ['a tag that is a number', union(branch({ const: 'a' }), branch({ const: 1 })), /Second is no object/],
  ])('refuses %s', async (_what, schema, message) => {
    expect((await messages(schema)).join('\n')).toMatch(message);
  });
});
