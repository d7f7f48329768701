import { describe, expect, it } from 'vitest';

import { compareDirection, compareSchemas, type Json } from './index.js';

const closed = (properties: Record<string, Json>, required: readonly string[] = []): Json => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const list = (item: Json): Json => ({
  $ref: '#/$defs/list',
  $defs: { list: { type: 'object', properties: { item, next: { $ref: '#/$defs/list' } }, required: ['item'] } },
});

const pairs: readonly (readonly [string, Json, Json])[] = [
  ['that are the same', closed({ a: true }), closed({ a: true })],
  ['compatible one way', { type: 'integer' }, { type: 'number' }],
  [
    'incompatible both ways',
    closed({ a: { minimum: 0 }, b: { type: 'string' } }),
    closed({ a: { minimum: 1 }, c: true }),
  ],
  ['that refer to themselves', list({ type: 'integer', minimum: 0 }), list({ type: ['number', 'null'] })],
  ['with patterns', { type: 'string', pattern: '^a' }, { type: 'string', pattern: '^[ab]' }],
  ['that cannot be decided', { type: 'string', pattern: '(a)\\1' }, { type: 'string', pattern: '(b)\\1' }],
  ['of which one admits nothing', { type: 'string' }, false],
  ['that are no schemas', 'text', {}],
];

describe('compareDirection', () => {
  it.each(pairs)('says of schemas %s what compareSchemas says', (_, old, next) => {
    const both = compareSchemas(old, next);
    expect(compareDirection(old, next, 'backward')).toEqual(both.backward);
    expect(compareDirection(old, next, 'forward')).toEqual(both.forward);
  });
});

describe('a schema that admits no document', () => {
  const rulesOf = (old: Json, next: Json, rule: string) => {
    const { backward, forward } = compareSchemas(old, next);
    return [backward, forward].flatMap(({ findings }) =>
      findings.filter((finding) => finding.rule === rule).map(({ level, witness }) => ({ level, witness })),
    );
  };

  it('is warned of when it is the old one, and the answer stays what inclusion says', () => {
    const never = { type: 'string', minLength: 3, maxLength: 2 };
    expect(compareSchemas(never, { type: 'string' })).toMatchObject({
      backward: { answer: 'compatible' },
      forward: { answer: 'incompatible', witness: '' },
    });
    const warning = { level: 'warn', witness: undefined };
    expect(rulesOf(never, { type: 'string' }, 'old-schema-empty')).toEqual([warning, warning]);
  });

  it('is an error when it is the new one, with the witness where the answer has one', () => {
    const never = { type: 'object', required: ['a'], properties: { a: false } };
    expect(compareSchemas({ type: 'object' }, never)).toMatchObject({
      backward: { answer: 'incompatible', witness: {} },
      forward: { answer: 'compatible' },
    });
    expect(rulesOf({ type: 'object' }, never, 'new-schema-empty')).toEqual([
      { level: 'error', witness: {} },
      { level: 'error', witness: undefined },
    ]);
  });

  it('is told of through references, and not of a schema that some document satisfies', () => {
    const endless = { type: 'object', required: ['next'], properties: { next: { $ref: '#' } } };
    expect(rulesOf({ type: 'object' }, endless, 'new-schema-empty')).toHaveLength(2);
    expect(rulesOf({ type: 'string' }, { type: 'string', maxLength: 0 }, 'new-schema-empty')).toEqual([]);
    expect(rulesOf({ type: 'string' }, { type: 'string', maxLength: 0 }, 'old-schema-empty')).toEqual([]);
  });
});

describe('without explanation', () => {
  it('the answer and the witness are the same, and there are no findings', () => {
    const [old, next] = [closed({ a: { minimum: 0 } }), closed({ a: { minimum: 1 } })];
    const { answer, witness } = compareSchemas(old, next).backward;
    expect(compareSchemas(old, next, { explain: false }).backward).toEqual({ answer, witness, findings: [] });
  });
});
