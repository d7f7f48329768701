import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compareSchemas, type Json } from './index.js';

const runs = Number(process.env['COMPAT_FUZZ_RUNS'] ?? 150);
const seed = Number(process.env['COMPAT_FUZZ_SEED'] ?? 20_240_601);

const keys = fc.constantFrom('a', 'b', 'ab', 'c1');
const patterns = fc.constantFrom('^a', 'b$', '^[a-c]+$', '^.{2}$', '[0-9]', '^(a|bc)*$', '^(?!a)');
const count = fc.nat({ max: 3 });
const scalar = fc.constantFrom<Json>(null, true, false, 0, 1, 2, -1, 1.5, 3, '', 'a', 'b', 'ab', 'aab', 'c1', '1');
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json; array: Json; object: Json }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, { weight: 3, arbitrary: scalar }, tie('array'), tie('object')),
  array: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(keys, tie('value'), { maxKeys: 4, noNullPrototype: true }),
})).value;

const schema: fc.Arbitrary<Json> = fc.letrec<{ schema: Json; body: Json }>((tie) => {
  const list = (max: number) => fc.array(tie('schema'), { minLength: 1, maxLength: max });
  const map = (names: fc.Arbitrary<string>) =>
    fc.dictionary(names, tie('schema'), { maxKeys: 2, noNullPrototype: true });
  const type = fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object');
  const keyword: Record<string, fc.Arbitrary<Json>> = {
    type: fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })),
    enum: fc.array(fc.oneof(scalar, value), { minLength: 1, maxLength: 3 }),
    const: fc.oneof(scalar, value),
    minimum: fc.constantFrom(-1, 0, 1, 1.5, 2),
    maximum: fc.constantFrom(0, 1, 1.5, 2, 4),
    exclusiveMinimum: fc.constantFrom(-1, 0, 1),
    exclusiveMaximum: fc.constantFrom(0, 1, 3),
    multipleOf: fc.constantFrom(1, 2, 3, 0.5),
    minLength: count,
    maxLength: count,
    pattern: patterns,
    items: tie('schema'),
    prefixItems: list(2),
    contains: tie('schema'),
    minContains: count,
    maxContains: count,
    minItems: count,
    maxItems: count,
    uniqueItems: fc.boolean(),
    properties: map(keys),
    patternProperties: map(patterns),
    additionalProperties: tie('schema'),
    propertyNames: tie('schema'),
    required: fc.uniqueArray(keys, { maxLength: 2 }),
    minProperties: count,
    maxProperties: count,
    dependentRequired: fc.dictionary(keys, fc.uniqueArray(keys, { maxLength: 2 }), {
      maxKeys: 1,
      noNullPrototype: true,
    }),
    dependentSchemas: map(keys),
    allOf: list(2),
    anyOf: list(3),
    oneOf: list(3),
    not: tie('schema'),
    if: tie('schema'),
    then: tie('schema'),
    else: tie('schema'),
    unevaluatedProperties: tie('schema'),
    unevaluatedItems: tie('schema'),
  };
  const record = fc
    .uniqueArray(fc.constantFrom(...Object.keys(keyword)), { minLength: 1, maxLength: 4 })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, keyword[name] ?? fc.constant(true)]))));
  return {
    schema: fc.oneof({ maxDepth: 3 }, { weight: 1, arbitrary: fc.boolean() }, { weight: 5, arbitrary: tie('body') }),
    body: fc.oneof(
      { weight: 1, arbitrary: fc.record({ type }) },
      { weight: 3, arbitrary: record },
    ) as fc.Arbitrary<Json>,
  };
}).schema;

/** ajv leaves the specification where contains meets a tuple or unevaluatedItems. */
function ajvIsWrongOn(json: Json): boolean {
  const text = JSON.stringify(json);
  return /"contains"/.test(text) && /"(prefixItems|unevaluatedItems)"/.test(text);
}

function validator(json: Json): ((value: Json) => boolean) | undefined {
  const ajv = new Ajv2020.default({ strict: false, logger: false, validateSchema: false });
  const check = ajv.compile(typeof json === 'boolean' ? json : JSON.parse(JSON.stringify(json)));
  return (document) => Boolean(check(document));
}

function answer(old: Json, next: Json) {
  return compareSchemas(old, next, { explain: false }).backward.answer;
}

const settings = { seed, numRuns: runs, endOnFailure: false };

describe('random schemas', { timeout: 300_000 }, () => {
  it('are never called compatible against a document that ajv accepts under the old and refuses under the new', () => {
    let decided = 0;
    fc.assert(
      fc.property(schema, schema, fc.array(value, { minLength: 30, maxLength: 30 }), (old, next, documents) => {
        fc.pre(!ajvIsWrongOn([old, next]));
        const result = compareSchemas(old, next, { explain: false });
        const [a, b] = [validator(old), validator(next)];
        for (const document of documents) {
          if (a?.(document) && !b?.(document)) expect(result.backward.answer).not.toBe('compatible');
          if (!a?.(document) && b?.(document)) expect(result.forward.answer).not.toBe('compatible');
        }
        for (const { answer } of [result.backward, result.forward]) decided += answer === 'unknown' ? 0 : 1;
      }),
      settings,
    );
    expect(decided).toBeGreaterThan(runs * 1.8);
  });

  it('are compatible with themselves, written anew', () => {
    fc.assert(
      fc.property(schema, (one) => {
        expect(answer(one, { allOf: [one] })).toBe('compatible');
        expect(answer({ allOf: [one] }, one)).toBe('compatible');
      }),
      settings,
    );
  });

  it('lie between their conjunction and their disjunction', () => {
    fc.assert(
      fc.property(schema, schema, (a, b) => {
        expect(answer({ allOf: [a, b] }, a)).not.toBe('incompatible');
        expect(answer(a, { anyOf: [a, b] })).not.toBe('incompatible');
        expect(answer({ oneOf: [a, b] }, { anyOf: [a, b] })).not.toBe('incompatible');
      }),
      settings,
    );
  });

  it('mean the same after a double negation', () => {
    fc.assert(
      fc.property(schema, (one) => {
        expect(answer(one, { not: { not: one } })).not.toBe('incompatible');
        expect(answer({ not: { not: one } }, one)).not.toBe('incompatible');
      }),
      settings,
    );
  });

  it('are compatible in a chain where each link is', () => {
    fc.assert(
      fc.property(schema, schema, schema, (a, b, c) => {
        fc.pre(answer(a, b) === 'compatible' && answer(b, c) === 'compatible');
        expect(answer(a, c)).not.toBe('incompatible');
      }),
      { ...settings, numRuns: Math.ceil(runs / 20), maxSkipsPerRun: 200 },
    );
  });
});
