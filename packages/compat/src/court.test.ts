import { unregisterSchema, registerSchema, validate } from '@hyperjump/json-schema/draft-2020-12';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

import { dialectUri, type Dialect } from './dialect.js';
import { compareSchemas, type Json, type JsonObject } from './index.js';
import { Splitter, type Question, type Task } from './tasks.js';

type Validate = (value: Json) => boolean;

const padding = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => [`pad_${index}`, { type: 'integer', minimum: index, maximum: index + 5 }]),
);

/** One of everything that is taken apart, and of what must not be. */
const schema = (holder: string, extra: JsonObject = {}): JsonObject => ({
  type: 'object',
  required: ['id', 'tags'],
  properties: {
    ...padding,
    id: { type: 'string', minLength: 1, description: 'A name.' },
    tags: { type: 'array', items: { $ref: `#/${holder}/tag` }, maxItems: 3 },
    tree: { $ref: `#/${holder}/tree` },
    open: { type: 'object', properties: { a: { const: 1 } }, additionalProperties: { type: 'number' } },
    matched: { patternProperties: { '^x': { type: 'null' } }, properties: { xa: {} }, additionalProperties: false },
    either: {
      oneOf: [{ properties: { k: { const: 'a' } }, required: ['k'] }, { type: ['string', 'array'] }, { type: 'array' }],
    },
    maybe: { anyOf: [{ $ref: `#/${holder}/tree` }, { type: 'null' }] },
    both: { allOf: [{ $ref: `#/${holder}/tag` }, { maxLength: 2 }] },
  },
  additionalProperties: false,
  [holder]: {
    tag: { type: 'string', pattern: '^[a-z]*$' },
    tree: {
      type: 'object',
      properties: { value: { type: 'number' }, left: { $ref: `#/${holder}/tree` } },
      required: ['value'],
    },
  },
  ...extra,
});

const document: JsonObject = {
  id: 'n',
  tags: ['a', 'bc'],
  tree: { value: 1, left: { value: 2, left: { value: 3 } } },
  open: { a: 1, b: 2 },
  matched: { xa: null, xb: null },
  either: { k: 'a', more: true },
  both: 'ab',
  maybe: null,
  pad_3: 4,
};

const schemas: readonly (readonly [string, Dialect, JsonObject])[] = [
  ['2020-12', '2020-12', schema('$defs')],
  ['draft-07', 'draft-07', schema('definitions')],
  ['an identifier at the root', '2020-12', schema('$defs', { $id: 'https://example.com/root' })],
  ['unevaluatedProperties', '2020-12', schema('$defs', { unevaluatedProperties: false })],
  ['a condition at the root', '2020-12', schema('$defs', { if: { required: ['tree'] }, then: { required: ['both'] } })],
  ['an anchor', '2020-12', schema('$defs', { not: { $anchor: 'here', required: ['nowhere'] } })],
];

/** The document with every value in it, one at a time, left out or replaced. */
function mutants(value: Json): Json[] {
  const others: Json[] = [null, 0, 'zz', '', [], {}, { value: 'x' }];
  if (Array.isArray(value)) {
    const inside = value.flatMap((item, index) => mutants(item).map((mutant) => value.with(index, mutant)));
    return [...others, ...inside, [...value, ...value]];
  }
  if (typeof value !== 'object' || value === null) return others;
  const entries = Object.entries(value);
  return [
    ...others,
    ...entries.map(([key]) => Object.fromEntries(entries.filter(([other]) => other !== key))),
    ...entries.flatMap(([key, item]) => mutants(item).map((mutant) => ({ ...value, [key]: mutant }))),
    { ...value, unheardOf: 1 },
    { ...value, xc: 1 },
  ];
}

function questions(task: Task): Question[] {
  return 'text' in task ? [task] : task.tasks.flatMap(questions);
}

function holds(task: Task, judge: (question: Question) => boolean): boolean {
  if ('text' in task) return judge(task);
  const count = task.tasks.filter((part) => holds(part, judge)).length;
  return task.rule === 'all' ? count === task.tasks.length : task.rule === 'any' ? count > 0 : count === 1;
}

function byAjv(text: string, dialect: Dialect): Validate {
  const ajv = new (dialect === '2020-12' ? Ajv2020.default : Ajv.default)({ strict: false, logger: false });
  const check = ajv.compile(JSON.parse(text));
  return (value) => Boolean(check(value));
}

await import('@hyperjump/json-schema/draft-07');

let serial = 0;

async function byHyperjump(text: string, dialect: Dialect): Promise<Validate> {
  serial += 1;
  const uri = `https://example.com/court/${serial}`;
  registerSchema(JSON.parse(text), uri, dialectUri[dialect]);
  const check = await validate(uri);
  unregisterSchema(uri);
  return (value) => check(structuredClone(value) as Parameters<typeof check>[0]).valid;
}

describe('a document put to the validators in parts', () => {
  it.each(schemas)('is judged by each as the whole is: %s', async (_, dialect, whole) => {
    const splitter = new Splitter(whole, dialect);
    for (const make of [byAjv, byHyperjump]) {
      const known = new Map<string, Validate>();
      const judge = await make(JSON.stringify(whole), dialect);
      let valid = 0;
      const documents = [document, ...mutants(document)];
      for (const one of documents) {
        const task = splitter.task(one, true);
        for (const { text } of questions(task)) known.set(text, known.get(text) ?? (await make(text, dialect)));
        const inParts = holds(task, ({ text, value }) => known.get(text)?.(value) ?? false);
        expect(inParts, JSON.stringify(one)).toBe(judge(one));
        valid += Number(inParts);
      }
      expect(valid).toBeGreaterThan(5);
      expect(valid).toBeLessThan(documents.length - 20);
    }
  });

  it('is taken apart where the schema is large and refers into its own definitions only', () => {
    const count = (one: JsonObject) => questions(new Splitter(one, '2020-12').task(document, true)).length;
    expect(count(schema('$defs'))).toBeGreaterThan(8);
    expect(count(schema('$defs', { not: { $ref: '#/properties/tags' } }))).toBe(1);
    expect(count(schema('$defs', { not: { $id: 'https://example.com/inner' } }))).toBe(1);
    expect(count({ type: 'object', properties: { id: { type: 'string' } } })).toBe(1);
  });
});

describe('a witness between large schemas', () => {
  it('is what both validators say it is under the whole schemas', async () => {
    const old = schema('$defs');
    const edits: readonly JsonObject[] = [
      { required: ['id', 'tags', 'tree'] },
      { required: [] },
      { maxProperties: 4 },
      { $defs: { ...(old['$defs'] as JsonObject), tag: { type: 'string', pattern: '^[a-y]*$' } } },
      { properties: { ...(old['properties'] as JsonObject), pad_7: { type: 'integer', minimum: 8, maximum: 12 } } },
    ];
    for (const edit of edits) {
      const next = { ...old, ...edit };
      const { backward, forward } = compareSchemas(old, next);
      const directions = [
        [backward, old, next],
        [forward, next, old],
      ] as const;
      for (const [{ answer, witness, findings }, valid, invalid] of directions) {
        expect(answer).not.toBe('unknown');
        const shown = [witness, ...findings.map((finding) => finding.witness)].filter((one) => one !== undefined);
        expect(shown.length > 0).toBe(answer === 'incompatible');
        for (const make of [byAjv, byHyperjump]) {
          const [accepts, refuses] = [
            await make(JSON.stringify(valid), '2020-12'),
            await make(JSON.stringify(invalid), '2020-12'),
          ];
          for (const one of shown) expect([accepts(one), refuses(one)]).toEqual([true, false]);
        }
      }
    }
  });
});
