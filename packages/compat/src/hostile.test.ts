import { describe, expect, it } from 'vitest';

import { compareSchemas, type Json } from './index.js';

function nested(levels: number, wrap: (inner: Json) => Json, core: Json): Json {
  let schema = core;
  for (let level = 0; level < levels; level += 1) schema = wrap(schema);
  return schema;
}

function answers(old: unknown, next: unknown): string[] {
  const { backward, forward } = compareSchemas(old, next);
  return [backward.answer, forward.answer];
}

const clause = (index: number): Json => ({
  anyOf: ['x', 'y', 'z'].map((key) => ({
    properties: { [`${key}${index}`]: { minimum: index } },
    required: [`${key}${index}`],
  })),
});

describe('hostile schemas', { timeout: 300_000 }, () => {
  it('nested thousands of levels deep are refused at once', () => {
    const deep = nested(5000, (items) => ({ items }), { type: 'string' });
    expect(answers(deep, { type: 'string' })).toEqual(['unknown', 'unknown']);
  });

  it('with exponentially many branches end within the budget', () => {
    const old = { type: 'object', allOf: Array.from({ length: 12 }, (_, index) => clause(index)) };
    const next = { type: 'object', allOf: Array.from({ length: 12 }, (_, index) => clause(index + 1)) };
    for (const answer of answers(old, next)) expect(['incompatible', 'unknown']).toContain(answer);
  });

  it('with patterns that backtrack catastrophically are decided by automata', () => {
    const old = { type: 'string', pattern: '^(a+)+$' };
    expect(answers(old, { type: 'string', pattern: '^a*$' })).toEqual(['compatible', 'incompatible']);
  });

  it('with patterns whose automata explode are unknown', () => {
    const old = { type: 'string', pattern: '^(a|b)*a(a|b){40}$' };
    expect(answers(old, { type: 'string', pattern: '^(a|b)*b(a|b){39}$' })).toEqual(['unknown', 'unknown']);
  });

  it('with references that circle without descending are unknown', () => {
    const circle = { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } };
    expect(answers(circle, { type: 'string' })).toEqual(['unknown', 'unknown']);
  });

  it('with lengths and counts beyond reach are proven or unknown', () => {
    expect(answers({ type: 'string', minLength: 1e9 }, { type: 'string', minLength: 1e8 })[0]).toBe('compatible');
    expect(answers({ type: 'array', minItems: 1e9 }, { type: 'array', minItems: 2e9 })[0]).toBe('unknown');
  });

  it('that are no schemas at all are unknown', () => {
    expect(answers('type', { type: 'string' })).toEqual(['unknown', 'unknown']);
    expect(answers({ type: 'text' }, { type: 'string' })).toEqual(['unknown', 'unknown']);
    expect(answers({ $schema: 'https://example.com/own' }, {})).toEqual(['unknown', 'unknown']);
  });

  it('with keys that objects inherit are read as plain keys', () => {
    const old = { type: 'object', required: ['toString', '__proto__'] };
    expect(answers(old, { type: 'object', required: ['toString'] })).toEqual(['compatible', 'incompatible']);
  });

  it('are judged the same every time', () => {
    const old = { type: 'object', allOf: Array.from({ length: 9 }, (_, index) => clause(index)) };
    const next = { type: 'object', allOf: Array.from({ length: 9 }, (_, index) => clause(index + 1)) };
    expect(compareSchemas(old, next)).toEqual(compareSchemas(structuredClone(old), structuredClone(next)));
  });
});
