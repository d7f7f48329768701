import { describe, expect, it } from 'vitest';

import { compareSchemas, type Dialect, type Json, type JsonObject } from './index.js';

type Row = readonly [keyword: string, narrow: JsonObject, wide: JsonObject, ...drafts: Dialect[]];

const drafts: readonly Dialect[] = ['draft-04', 'draft-06', 'draft-07', '2019-09', '2020-12'];
const from06 = drafts.slice(1);
const from07 = drafts.slice(2);
const from2019 = drafts.slice(3);
const until2019 = drafts.slice(0, 4);
const legacy = drafts.slice(0, 3);
const a = { type: 'string', enum: ['a'] };
const text = { type: 'string' };

/** Per keyword a schema that admits less than another, and the drafts in which both mean that. */
const rows: readonly Row[] = [
  ['type', { type: 'integer' }, { type: 'number' }],
  ['type, a list', { type: ['string', 'null'] }, { type: ['string', 'null', 'array'] }],
  ['enum', { enum: [1, 'a', null] }, { enum: [1, 'a', null, [2]] }],
  ['const', { const: [1] }, { enum: [[1], 2] }, ...from06],
  ['minimum', { type: 'number', minimum: 1.5 }, { type: 'number', minimum: 1 }],
  ['maximum', { type: 'number', maximum: 1 }, { type: 'number', maximum: 1.5 }],
  ['exclusiveMinimum', { type: 'number', exclusiveMinimum: 0 }, { type: 'number', minimum: 0 }, ...from06],
  ['exclusiveMaximum', { type: 'number', exclusiveMaximum: 0 }, { type: 'number', maximum: 0 }, ...from06],
  ['exclusiveMinimum, a boolean', { minimum: 0, exclusiveMinimum: true }, { minimum: 0 }, 'draft-04'],
  ['exclusiveMaximum, a boolean', { maximum: 0, exclusiveMaximum: true }, { maximum: 0 }, 'draft-04'],
  ['multipleOf', { type: 'number', multipleOf: 6 }, { type: 'number', multipleOf: 3 }],
  ['minLength', { type: 'string', minLength: 2 }, { type: 'string', minLength: 1 }],
  ['maxLength', { type: 'string', maxLength: 1 }, { type: 'string', maxLength: 2 }],
  ['pattern', { type: 'string', pattern: '^a{2}$' }, { type: 'string', pattern: 'a' }],
  ['format', { type: 'string', format: 'ipv4' }, { type: 'string' }],
  ['items', { items: { type: 'integer' } }, { items: { type: 'number' } }],
  ['items, a list', { items: [a, a] }, { items: [a] }, ...until2019],
  ['additionalItems', { items: [{}], additionalItems: a }, { items: [{}], additionalItems: text }, ...until2019],
  ['prefixItems', { prefixItems: [a, a] }, { prefixItems: [a] }, '2020-12'],
  ['items behind prefixItems', { prefixItems: [{}], items: a }, { prefixItems: [{}], items: text }, '2020-12'],
  ['minItems', { minItems: 2 }, { minItems: 1 }],
  ['maxItems', { maxItems: 1 }, { maxItems: 2 }],
  ['uniqueItems', { uniqueItems: true, items: text }, { items: text }],
  ['contains', { contains: a }, { contains: text }, ...from06],
  ['minContains', { contains: a, minContains: 2 }, { contains: a, minContains: 1 }, ...from2019],
  ['minContains, none', { contains: a }, { contains: a, minContains: 0 }, ...from2019],
  ['maxContains', { contains: a, maxContains: 1 }, { contains: a, maxContains: 2 }, ...from2019],
  ['properties', { properties: { p: a } }, { properties: { p: text } }],
  ['required', { required: ['p', 'q'] }, { required: ['p'] }],
  ['patternProperties', { patternProperties: { '^p': a } }, { patternProperties: { '^pp': a } }],
  [
    'additionalProperties',
    { properties: { p: {} }, additionalProperties: a },
    { additionalProperties: {}, properties: { q: text } },
  ],
  [
    'additionalProperties, closed',
    { properties: { p: a }, additionalProperties: false },
    { properties: { p: text, q: {} }, additionalProperties: false },
  ],
  ['propertyNames', { propertyNames: { maxLength: 1 } }, { propertyNames: { maxLength: 2 } }, ...from06],
  ['minProperties', { minProperties: 2 }, { minProperties: 1 }],
  ['maxProperties', { maxProperties: 1 }, { maxProperties: 2 }],
  ['dependencies, keys', { dependencies: { p: ['q', 'r'] } }, { dependencies: { p: ['q'] } }, ...legacy],
  ['dependencies, a schema', { dependencies: { p: { required: ['q'] } } }, {}, ...legacy],
  ['dependentRequired', { dependentRequired: { p: ['q', 'r'] } }, { dependentRequired: { p: ['q'] } }, ...from2019],
  [
    'dependentSchemas',
    { dependentSchemas: { p: { maxProperties: 1 } } },
    { dependentSchemas: { p: { maxProperties: 2 } } },
    ...from2019,
  ],
  ['allOf', { allOf: [text, { minLength: 1 }] }, { allOf: [text] }],
  ['anyOf', { anyOf: [a, { type: 'null' }] }, { anyOf: [text, { type: 'null' }] }],
  ['oneOf', { oneOf: [text] }, { oneOf: [text, { type: 'null' }] }],
  ['oneOf, overlapping', { oneOf: [{ type: 'number' }, { type: 'integer' }] }, { oneOf: [{ type: 'number' }] }],
  ['not', { not: text }, { not: a }],
  ['if and then', { if: text, then: { minLength: 2 } }, { if: text, then: { minLength: 1 } }, ...from07],
  ['if and else', { if: text, else: { type: 'null' } }, { if: text, else: { type: ['null', 'array'] } }, ...from07],
  [
    'unevaluatedProperties',
    { anyOf: [{ properties: { p: a } }], unevaluatedProperties: false },
    { properties: { p: {} }, unevaluatedProperties: false },
    ...from2019,
  ],
  [
    'unevaluatedItems',
    { items: text, unevaluatedItems: false },
    { unevaluatedItems: { type: ['string', 'null'] } },
    ...from2019,
  ],
  [
    '$ref',
    { properties: { p: { $ref: '#/definitions/d' } }, definitions: { d: a } },
    { properties: { p: { $ref: '#/definitions/d' } }, definitions: { d: text } },
  ],
  ['$ref, to itself', { items: { $ref: '#' }, maxItems: 1 }, { items: { $ref: '#' }, maxItems: 2 }],
  ['boolean schemas', { properties: { p: false } }, { properties: { p: true } }, ...from06],
];

const uris: Readonly<Record<Dialect, string>> = {
  'draft-04': 'http://json-schema.org/draft-04/schema#',
  'draft-06': 'http://json-schema.org/draft-06/schema#',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

const cases = rows.flatMap(([keyword, narrow, wide, ...own]) =>
  (own.length === 0 ? drafts : own).map((draft) => ({ keyword, draft, narrow, wide })),
);

function answers(old: Json, next: Json): string[] {
  const { backward, forward } = compareSchemas(old, next);
  return [backward.answer, forward.answer];
}

describe('each keyword in each draft that has it', () => {
  it.each(cases)('$keyword narrows and widens in $draft', ({ draft, narrow, wide }) => {
    const [old, next] = [
      { $schema: uris[draft], ...narrow },
      { $schema: uris[draft], ...wide },
    ];
    expect(answers(old, next)).toEqual(['compatible', 'incompatible']);
    expect(answers(next, old)).toEqual(['incompatible', 'compatible']);
  });
});

/** Keywords that a draft does not have say nothing there. */
const unknown: readonly Row[] = [
  ['const', { const: 1 }, {}, 'draft-04'],
  ['contains', { contains: a }, {}, 'draft-04'],
  ['propertyNames', { propertyNames: a }, {}, 'draft-04'],
  ['if', { if: text, then: a }, {}, 'draft-04', 'draft-06'],
  ['minContains', { contains: a, minContains: 2 }, { contains: a }, 'draft-06', 'draft-07'],
  ['dependentRequired', { dependentRequired: { p: ['q'] } }, {}, ...legacy],
  ['dependentSchemas', { dependentSchemas: { p: a } }, {}, ...legacy],
  ['unevaluatedProperties', { unevaluatedProperties: a }, {}, ...legacy],
  ['prefixItems', { prefixItems: [a] }, {}, ...until2019],
  ['additionalItems without a list', { items: {}, additionalItems: a }, { items: {} }, ...drafts],
  ['maxContains without contains', { maxContains: 0 }, {}, ...from2019],
];

describe('a keyword that a draft does not have', () => {
  const each = unknown.flatMap(([keyword, one, other, ...own]) => own.map((draft) => ({ keyword, draft, one, other })));

  it.each(each)('$keyword refuses nothing in $draft', ({ draft, one, other }) => {
    const { backward, forward } = compareSchemas({ $schema: uris[draft], ...one }, { $schema: uris[draft], ...other });
    expect([backward.answer, forward.answer]).not.toContain('incompatible');
    expect(backward.answer).toBe('compatible');
  });
});
