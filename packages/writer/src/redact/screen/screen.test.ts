import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { registry } from '@hedge-telemetry/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adversarialText } from '../../../test/adversarial-text.js';
import { createRedaction } from '../index.js';
import { knownValues } from '../known/known-values.js';
import { keyTable } from '../keys.js';
import { defaultLimits } from '../limits.js';
import { classifyName } from '../names/classify.js';
import { scrub } from '../scrub.js';
import type { ScrubContext } from '../scrub.js';
import { newWalk, walked } from '../walk.js';
import { CLEAN, quickLook, UNLESS_NAMED } from './quick-look.js';
import { isPlainProse } from './prose.js';

const RUNS = Number(process.env['TELEMETRY_FUZZ'] ?? 4000);
const SEED = 20_261_128;
const LONGEST = 30 * 60_000;
const ENV = {
  VENUE_API_SECRET: 'qZ7#rst-uvw',
  DB_PASSWORD: 'order1',
  PIN_TOKEN: '20261128',
  LONG_KEY: 'Ab3dEf6hIj9kLm2nOp5qRs8t',
};
const KNOWN = ['qZ7#rst-uvw', 'order1', '20261128', 'Ab3dEf6hIj9kLm2nOp5qRs8t'];
const NAMES = [
  'note',
  'symbol',
  'order_id',
  'sha256',
  'token',
  'signature',
  'params',
  'detail',
  'password',
  'api_key',
  'secrets',
];

const { screen, redact } = createRedaction({ env: ENV });
const context: ScrubContext = { ...knownValues(KNOWN), stacks: { mode: 'removed', root: '/srv/bot' } };
const text = adversarialText([
  ...KNOWN,
  Buffer.from(ENV.LONG_KEY).toString('base64'),
  Buffer.from(ENV.VENUE_API_SECRET).toString('hex'),
]);

/** What redaction does without looking at the screen. */
function unscreened(value: unknown): { value: unknown; findings: readonly unknown[] } {
  const walk = newWalk({
    scrubbing: context,
    limits: defaultLimits,
    keys: keyTable(context, defaultLimits),
    judges: () => () => false,
  });
  const result = walked(value, walk);
  return { value: result, findings: walk.recorder.findings() };
}

describe('the screen', () => {
  it(
    'calls no text harmless that redaction would change or report',
    () => {
      fc.assert(
        fc.property(text, fc.constantFrom(...NAMES), (each, name) => {
          const { spans, pythonRepr, surrogates } = scrub(each, classifyName(name), context);
          const clean = spans.length === 0 && !pythonRepr && !surrogates;
          expect(screen.root.child(name)?.text(each)).toBe(clean);
        }),
        { numRuns: RUNS, seed: SEED },
      );
    },
    LONGEST,
  );

  it(
    'takes no text for plain by a quick look that a detector finds something in',
    () => {
      const nothing: ScrubContext = { ...knownValues([]), stacks: context.stacks };
      const isClean = (each: string, name: string): boolean => {
        const { spans, pythonRepr, surrogates } = scrub(each, classifyName(name), nothing);
        return spans.length === 0 && !pythonRepr && !surrogates;
      };
      fc.assert(
        fc.property(text, (each) => {
          const names = ['note', 'order_id', 'token', 'params'].slice(0, quickLook(each) === UNLESS_NAMED ? 2 : 4);
          if (quickLook(each) !== 0 || isPlainProse(each))
            for (const name of names) expect(isClean(each, name), name).toBe(true);
        }),
        { numRuns: RUNS, seed: SEED + 1 },
      );
    },
    LONGEST,
  );

  it(
    'calls no document harmless that redaction would change or report',
    () => {
      const documents = fc.object({
        maxDepth: 4,
        key: fc.oneof(fc.constantFrom(...NAMES, 'value', 'name', 'key', '0', '__proto__', 'constructor'), text),
        values: [
          text,
          fc.constantFrom('abandon', 'zoo', 'API_SECRET'),
          fc.integer(),
          fc.double(),
          fc.boolean(),
          fc.constant(null),
        ],
      });
      const phrases = fc.array(fc.constantFrom('abandon', 'Zoo', 'legal', 'winner', 'unlisted'), {
        minLength: 10,
        maxLength: 26,
      });
      let harmless = 0;
      fc.assert(
        fc.property(fc.oneof({ weight: 9, arbitrary: documents }, { weight: 1, arbitrary: phrases }), (each) => {
          if (!screen.document(each)) return;
          harmless += 1;
          const { value, findings } = unscreened(each);
          expect(value).toBe(each);
          expect(findings).toEqual([]);
        }),
        { numRuns: RUNS, seed: SEED + 2 },
      );
      expect(harmless).toBeGreaterThan(RUNS / 50);
    },
    LONGEST,
  );

  it.each([
    [
      'a list that is a seed phrase',
      { notes: 'legal winner thank year wave sausage worth useful legal winner thank yellow'.split(' ') },
    ],
    ['a value named as a secret beside it', { name: 'API_SECRET', value: 'hunter2hunter2' }],
    ['a number under a password', { password: 12_345 }],
    ['an error', { cause: new Error('x') }],
    ['a map', { all: new Map([['a', 1]]) }],
    ['an object with toJSON', { at: { toJSON: () => 'x' } }],
    ['a key that is a known value', { 'qZ7#rst-uvw': 1 }],
    ['a key that touches the prototype', JSON.parse('{"__proto__":1}')],
    ['a number that JSON has no word for', { a: Number.NaN }],
    ['a string beyond the limit', { a: 'x '.repeat(9000) }],
    ['nesting beyond the limit', nested(70)],
    ['a lone surrogate', { a: '\ud800' }],
    ['a printed Python value', { a: 'nan' }],
    ['a bigint', { a: 1n }],
  ])('leaves to redaction: %s', (_, document) => {
    expect(screen.document(document)).toBe(false);
    expect(redact(document).findings).not.toEqual([]);
  });

  it('has no cost of redaction for what telemetry holds', () => {
    for (const each of [
      'BTCUSDT',
      '7100000000000000042',
      'x-abc123-0011aabb',
      '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
      '0.00120000',
    ])
      expect(quickLook(each), each).toBeGreaterThanOrEqual(UNLESS_NAMED);
    for (const each of ['2026-03-04T05:06:07.089Z', 'FILLED', '71', '2026-03-04T05:06:07+01:00', ''])
      expect(quickLook(each), each).toBe(CLEAN);
    for (const each of [
      'post-only would take, 4.2 bps below the fee gate',
      'margin 12.5% of 40%: below the floor of 20 (soft)',
      'order 7100000000000000042 not found',
      'edge=4.2 floor=5.0 symbol=BTCUSDT',
      'max drawdown 4.23 of the day is above the limit of 4.00 so all new risk is off',
    ])
      expect(isPlainProse(each), each).toBe(true);
  });
});

describe('the fields of the contract', () => {
  it('need no judge where no valid value can be a secret, and have one where it can', () => {
    const fill = registry.events.root.branches?.['fill']?.fields ?? {};
    const judged = Object.keys(fill).filter((key) => {
      const place = screen.root.child(key);
      return fill[key]?.kind === 'scalar' && place !== null && screen.field(place, fill[key]) !== null;
    });
    const free = createRedaction({ env: {} }).screen;
    const judgedFree = judged.filter((key) => free.field(free.root.child(key) ?? free.root, fill[key] ?? {}) !== null);
    expect(judged).toEqual(expect.arrayContaining(['ts', 'order_id', 'symbol', 'client_order_id', 'attempt_id']));
    expect(judged).not.toContain('side');
    expect(judgedFree).not.toContain('ts');
    expect(judgedFree).not.toContain('order_id');
    expect(judgedFree).toContain('client_order_id');
  });

  it('keep a judge where a known value is one of the choices', () => {
    const { root, field } = createRedaction({ values: ['MAKER_ONLY'], env: {} }).screen;
    const node = { type: 'string', enum: ['MAKER_ONLY', 'TAKER'] } as const;
    expect(field(root, node)).not.toBeNull();
    expect(field(screen.root, node)).toBeNull();
  });
});

const here = path.dirname(fileURLToPath(import.meta.url));
const corpus = path.join(
  process.env['TELEMETRY_CORPUS'] ?? path.resolve(here, '../../../../../../shared/corpus'),
  'secrets.jsonl',
);

describe.skipIf(!existsSync(corpus))('the screen over the corpus of secrets', () => {
  it('says of every row what redaction says', () => {
    for (const line of readFileSync(corpus, 'utf8').trim().split('\n')) {
      const { id, context: row }: { id: string; context: { doc: unknown } } = JSON.parse(line);
      const { value, findings } = unscreened(row.doc);
      expect(screen.document(row.doc), id).toBe(value === row.doc && findings.length === 0);
    }
  });
});

function nested(levels: number): unknown {
  return levels === 0 ? 1 : [nested(levels - 1)];
}
