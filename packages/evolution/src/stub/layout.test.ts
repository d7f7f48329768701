import * as prettier from 'prettier';
import { describe, expect, it } from 'vitest';

import type { Schema } from '../tree/load.js';
import { measured, nav, number, object, stubOf } from './testing.js';

describe('the text of a stub', () => {
  const wide = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`old_field_number_${index}`, number]));
  const heirs = Object.fromEntries(
    Object.keys(wide).map((key, index) => [`new_${index}`, { ...number, 'x-renamed-from': key }]),
  );
  it.each<[string, Schema, Schema]>([
    ['renames on one line', nav({ a: number }), nav({ b: { ...number, 'x-renamed-from': 'a' } })],
    ['renames on many lines', nav(wide), nav(heirs)],
    [
      'odd keys',
      nav({ "it's": number, 'a b': number, 'q"': number }),
      nav({
        x: { ...number, 'x-renamed-from': "it's" },
        y: { ...number, 'x-renamed-from': 'a b' },
        'z"': { ...number, 'x-renamed-from': 'q"' },
      }),
    ],
    ['things to write', nav({ a: number }), nav({ a: { type: 'string' }, b: number, c: { ...number, default: 1 } })],
    [
      'defaults',
      nav({}),
      nav({ a: { default: { k: [1, 'x', {}], "it's": null } }, b: { default: "it's" }, c: { default: [] } }),
    ],
    [
      'choices in maps and lists',
      nav({
        l: { type: 'array', items: measured('s', ['number', 'null']) },
        m: { type: 'object', additionalProperties: measured('s', ['number', 'null']) },
      }),
      nav({
        l: { type: 'array', items: measured('ms', ['number', 'null']) },
        m: { type: 'object', additionalProperties: measured('ms', ['number', 'null']) },
      }),
    ],
    [
      'nested objects',
      nav({ a: object({ b: object({ c: measured('s') }) }) }),
      nav({ a: object({ b: object({ c: measured('ms') }) }) }),
    ],
    [
      'an optional key that may be null',
      nav({ a: measured('s', ['number', 'null']) }, []),
      nav({ a: measured('ms', ['number', 'null']) }, ['a']),
    ],
    [
      'long types',
      nav({
        positions_by_symbol: {
          type: 'array',
          items: object({ entry_price_and_mark: object({ value: measured('s') }) }),
        },
      }),
      nav({
        positions_by_symbol: {
          type: 'array',
          items: object({ entry_price_and_mark: object({ value: measured('ms') }) }),
        },
      }),
    ],
    ['optional keys', nav({ a: measured('s') }, []), nav({ a: measured('ms') }, ['a'])],
    [
      'unions',
      {
        title: 'Nav',
        'x-tag': 'kind',
        oneOf: [object({ kind: { const: 'a' }, v: measured('s') }), object({ kind: { const: 'b' } })],
      },
      { title: 'Nav', 'x-tag': 'kind', oneOf: [object({ kind: { const: 'a' }, v: measured('ms') })] },
    ],
    [
      'lists of rows',
      { title: 'Nav', type: 'array', items: object({ v: measured('s') }) },
      { title: 'Nav', type: 'array', items: object({ v: measured('ms') }) },
    ],
    ['one that is left whole', { title: 'Nav', type: 'string' }, { title: 'Nav', type: 'number' }],
  ])('is laid out as prettier does it with %s', async (_, before, after) => {
    const text = stubOf(before, after);
    expect(await prettier.format(text, { parser: 'typescript', singleQuote: true, printWidth: 120 })).toBe(text);
  });
});
