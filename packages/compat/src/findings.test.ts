import { describe, expect, it } from 'vitest';

import { compareSchemas, rules, type Finding, type Json } from './index.js';

function errors(findings: readonly Finding[]): string[] {
  return findings.filter(({ level }) => level === 'error').map(({ rule }) => rule);
}

/** Old, new, the rules that break backward, those that break forward. */
const rows: readonly (readonly [Json, Json, readonly string[], readonly string[]])[] = [
  [{ type: ['string', 'null'] }, { type: 'string' }, ['null-removed'], []],
  [{ type: 'string' }, { type: 'number' }, ['type-changed'], ['type-changed']],
  [{ enum: ['a', 'b'] }, { enum: ['a', 'c'] }, ['enum-value-removed'], ['enum-value-added']],
  [{ minimum: 0 }, { minimum: 1 }, ['minimum-raised'], []],
  [{ maxLength: 3 }, { maxLength: 5 }, [], ['max-length-raised']],
  [{ pattern: '^a+$' }, { pattern: '^a*$' }, [], ['pattern-widened']],
  [{ multipleOf: 2 }, { multipleOf: 4 }, ['multiple-of-narrowed'], []],
  [{ properties: {} }, { required: ['a'] }, ['required-added'], []],
  [{}, { properties: { a: { default: 1 } }, required: ['a'] }, ['required-added-with-default'], []],
  [{ type: 'object' }, { type: 'object', additionalProperties: false }, ['object-closed'], []],
  [
    { properties: { a: {} }, additionalProperties: false },
    { properties: { a: {}, b: {} }, additionalProperties: false },
    [],
    ['property-added-to-closed'],
  ],
  [
    { oneOf: [{ type: 'string' }] },
    { oneOf: [{ type: 'string' }, { type: 'null' }] },
    [],
    ['one-of-branch-added-disjoint'],
  ],
  [{ prefixItems: [{}] }, { prefixItems: [{}], items: false }, ['tuple-rest-closed'], []],
  [
    { $ref: '#/$defs/a', $defs: { a: { type: 'object', required: ['x'] } } },
    { $ref: '#/$defs/a', $defs: { a: { type: 'object' } } },
    [],
    ['required-removed'],
  ],
  [
    { oneOf: [{ $ref: '#/$defs/a' }, { type: 'null' }], $defs: { a: { type: 'object', required: ['x'] } } },
    { oneOf: [{ $ref: '#/$defs/a' }, { type: 'null' }], $defs: { a: { type: 'object' } } },
    [],
    ['required-removed'],
  ],
  [
    { additionalProperties: { $ref: '#/$defs/a' }, $defs: { a: { minimum: 0 } } },
    { additionalProperties: { $ref: '#/$defs/a' }, $defs: { a: { minimum: 1 } } },
    ['minimum-raised'],
    [],
  ],
  [
    { contains: { $ref: '#/$defs/a' }, $defs: { a: { enum: [1, 2] } } },
    { contains: { $ref: '#/$defs/a' }, $defs: { a: { enum: [1] } } },
    ['enum-value-removed'],
    [],
  ],
];

describe('findings', () => {
  it.each(rows)('name the cause of %j becoming %j', (old, next, backward, forward) => {
    const result = compareSchemas(old, next);
    expect(errors(result.backward.findings)).toEqual(backward);
    expect(errors(result.forward.findings)).toEqual(forward);
    for (const { level, witness } of [...result.backward.findings, ...result.forward.findings]) {
      expect(witness !== undefined).toBe(level === 'error');
    }
  });

  it('tell several causes apart, each with a witness and pointers of its own', () => {
    const old = { type: 'object', properties: { a: { type: 'number' }, b: { type: 'string' } } };
    const next = {
      type: 'object',
      properties: { a: { type: 'number', minimum: 0 }, b: { type: 'string', minLength: 1 } },
    };
    const findings = compareSchemas(old, next).backward.findings;
    expect(findings).toMatchObject([
      { rule: 'minimum-added', newPointer: '/properties/a/minimum', instancePointer: '/a', witness: { a: -1 } },
      { rule: 'min-length-added', newPointer: '/properties/b/minLength', instancePointer: '/b', witness: { b: '' } },
    ]);
  });

  it('carry a whole document also where only a part of it changes', () => {
    const inner = (minimum: number) => ({
      type: 'object',
      required: ['list', 'name'],
      properties: { name: { const: 'n' }, list: { type: 'array', minItems: 2, items: { minimum } } },
    });
    const schema = (minimum: number) => ({
      type: 'object',
      required: ['id'],
      properties: { id: {}, in: inner(minimum) },
    });
    expect(compareSchemas(schema(0), schema(1)).backward.findings).toMatchObject([
      { rule: 'minimum-raised', witness: { id: null, in: { name: 'n', list: [0, null] } } },
    ]);
  });

  it('say when only several changes together break', () => {
    const old = { type: 'integer', anyOf: [{ minimum: 5 }, { exclusiveMinimum: 4 }] };
    const next = { type: 'integer', anyOf: [{ minimum: 6 }, { exclusiveMinimum: 5 }] };
    expect(errors(compareSchemas(old, next).backward.findings)).toEqual(['narrowed-by-interaction']);
  });

  it('keep their fingerprint when other parts of the schema change', () => {
    const schema = (minimum: number, title: string) => ({ title, properties: { a: { minimum } } });
    const of = (title: string) =>
      compareSchemas(schema(0, 'x'), schema(1, title)).backward.findings.find(({ rule }) => rule === 'minimum-raised');
    expect(of('x')?.fingerprint).toBe(of('y')?.fingerprint);
    const other = compareSchemas(schema(0, 'x'), schema(2, 'x')).backward.findings[0];
    expect(other?.fingerprint).not.toBe(of('x')?.fingerprint);
  });

  it('read as sentences', () => {
    const [finding] = compareSchemas({ properties: { a: { minimum: 0 } } }, { properties: { a: { minimum: 5 } } })
      .backward.findings;
    expect(finding?.message).toBe(
      'At /a: the minimum rises from 0 to 5; documents valid under the old schema are refused by the new one.',
    );
  });

  it('warn of a changed unit, which no validator sees', () => {
    const result = compareSchemas({ type: 'number', 'x-unit': 'bps' }, { type: 'number', 'x-unit': 'usd' });
    expect(result.backward).toMatchObject({
      answer: 'compatible',
      findings: [{ rule: 'unit-changed', level: 'warn' }],
    });
  });

  it('suspect a renaming', () => {
    const old = { properties: { a: { type: 'string' } }, additionalProperties: false };
    const next = { properties: { b: { type: 'string' } }, additionalProperties: false };
    expect(compareSchemas(old, next).backward.findings.map(({ rule }) => rule)).toContain('property-renamed-suspected');
  });

  it('use only rules of the catalogue', () => {
    for (const [old, next] of rows) {
      const { backward, forward } = compareSchemas(old, next);
      for (const { rule } of [...backward.findings, ...forward.findings]) expect(Object.keys(rules)).toContain(rule);
    }
  });
});
