import { describe, expect, it } from 'vitest';

import { canonicalJson, resolveSince, withoutAnnotations } from './annotations.js';

describe('withoutAnnotations', () => {
  it('keeps what validators see, and properties that are called like annotations', () => {
    expect(
      withoutAnnotations({
        title: 'T',
        'x-unit': 's',
        type: 'object',
        properties: { title: { type: 'string', description: 'D', default: '' }, 'x-y': {}, never: false },
        oneOf: [true, { deprecated: true }],
      }),
    ).toEqual({
      type: 'object',
      properties: { title: { type: 'string' }, 'x-y': {}, never: false },
      oneOf: [true, {}],
    });
  });
});

describe('canonicalJson', () => {
  it('is the same for the same value in another order', () => {
    expect(canonicalJson({ b: [1, { d: 1, c: null }], a: 'x' })).toBe('{"a":"x","b":[1,{"c":null,"d":1}]}');
    expect(canonicalJson({ a: [1, 2] })).not.toBe(canonicalJson({ a: [2, 1] }));
  });
});

describe('resolveSince', () => {
  const next = { properties: { 'a/b': { 'x-since': 'next' }, c: { 'x-since': 'next' }, d: { 'x-since': '1.0.0' } } };

  it('takes what the first release that has the field says of it, else the version', () => {
    const earlier = [
      { properties: { 'a/b': { 'x-since': '1.1.0' } } },
      { properties: { 'a/b': { 'x-since': '1.2.0' } } },
    ];
    expect(resolveSince(next, earlier, '2.0.0')).toEqual({
      properties: { 'a/b': { 'x-since': '1.1.0' }, c: { 'x-since': '2.0.0' }, d: { 'x-since': '1.0.0' } },
    });
  });

  it('leaves the schema that it was given as it is', () => {
    const before = structuredClone(next);
    resolveSince(next, [], '2.0.0');
    expect(next).toEqual(before);
  });
});
