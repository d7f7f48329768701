import { compareDirection } from '@hedge-telemetry/compat';
import { describe, expect, it } from 'vitest';

import { evolutionRules } from '../rules.js';
import { oneField, released, staleAfter, surfaceSchema, withFact, withInvariants, working } from '../testing.js';
import type { Schema } from '../tree/load.js';
import { compareSurface } from './surface-diff.js';
import type { SurfaceComparison } from './surface-diff.js';

const number: Schema = { type: 'number' };
const shape = (facts: Schema): Schema => oneField(number, { 'x-shape': facts, required: ['field'] });

interface Case {
  readonly rule: string;
  readonly why: string;
  readonly old: Schema;
  readonly next: Schema;
  /** Comes as near as it can and does not break the rule. */
  readonly near: Schema;
  /** The near miss starts here, where not from `old`. */
  readonly nearOld?: Schema;
  /** The dialects of the two, where there are any. */
  readonly dialects?: readonly [readonly string[], readonly string[], readonly string[]];
  /** Breaks documents, so that one shows it. */
  readonly witness?: true;
}

const cases: readonly Case[] = [
  {
    rule: 'key-removed',
    why: 'an optional key goes; deprecating it is none',
    old: surfaceSchema({ field: number, other: number }),
    next: oneField(number),
    near: surfaceSchema({ field: number, other: { ...number, deprecated: true } }),
    witness: true,
  },
  {
    rule: 'key-renamed',
    why: 'x-renamed-from names the former key; a former key that never was is none',
    old: oneField(number),
    next: surfaceSchema({ amount: { ...number, 'x-renamed-from': ['px', 'field'] } }),
    near: surfaceSchema({ field: number, amount: { ...number, 'x-renamed-from': 'px' } }),
    witness: true,
  },
  {
    rule: 'unit-changed',
    why: 'the unit is another; a unit that is stated for the first time is none',
    old: oneField({ ...number, 'x-unit': 'percent' }),
    next: oneField({ ...number, 'x-unit': 'fraction' }),
    near: oneField({ ...number, 'x-unit': 'percent' }),
    nearOld: oneField(number),
    witness: true,
  },
  {
    rule: 'unit-changed',
    why: 'the unit is no longer stated; another description is none',
    old: oneField({ ...number, 'x-unit': 'percent' }),
    next: oneField(number),
    near: oneField({ ...number, 'x-unit': 'percent', description: 'In percent.' }),
    witness: true,
  },
  {
    rule: 'null-meaning-changed',
    why: 'null means something else; null explained for the first time is none',
    old: oneField({ ...number, 'x-null': 'Not known.' }),
    next: oneField({ ...number, 'x-null': 'No position.' }),
    near: oneField({ ...number, 'x-null': 'Not known.' }),
    nearOld: oneField(number),
  },
  {
    rule: 'absence-meaning-changed',
    why: 'absence means something else; absence explained for the first time is none',
    old: oneField({ ...number, 'x-absent': 'Not known.' }),
    next: oneField({ ...number, 'x-absent': 'No position.' }),
    near: oneField({ ...number, 'x-absent': 'Not known.' }),
    nearOld: oneField(number),
  },
  {
    rule: 'metric-changed',
    why: 'the metric is called otherwise; a metric that is added is none',
    old: oneField({ ...number, 'x-metric': { name: 'hedge_a', type: 'gauge' } }),
    next: oneField({ ...number, 'x-metric': { name: 'hedge_b', type: 'gauge' } }),
    near: oneField({ ...number, 'x-metric': { name: 'hedge_a', type: 'gauge' } }),
    nearOld: oneField(number),
  },
  {
    rule: 'metric-changed',
    why: 'the metric goes; its keywords in another order are none',
    old: oneField({ ...number, 'x-metric': { name: 'hedge_a', type: 'gauge' } }),
    next: oneField(number),
    near: oneField({ ...number, 'x-metric': { type: 'gauge', name: 'hedge_a' } }),
  },
  {
    rule: 'derivation-changed',
    why: 'the writer computes from other fields; the same derivation is none',
    old: oneField({ ...number, 'x-derived': { rule: 'normalizePercentage', from: ['/a'] } }),
    next: oneField({ ...number, 'x-derived': { rule: 'normalizePercentage', from: ['/b', '/a'] } }),
    near: oneField({ ...number, 'x-derived': { from: ['/a'], rule: 'normalizePercentage' }, description: 'D' }),
    witness: true,
  },
  {
    rule: 'derivation-changed',
    why: 'the writer computes what it took as given; a mere description is none',
    old: oneField(number),
    next: oneField({ ...number, 'x-derived': { rule: 'normalizePercentage', from: ['/a'] } }),
    near: oneField({ ...number, description: 'D' }),
    witness: true,
  },
  {
    rule: 'default-changed',
    why: 'the default is another; a default that is added is none',
    old: oneField({ ...number, default: 1 }),
    next: oneField({ ...number, default: 0.25 }),
    near: oneField({ ...number, default: 1 }),
    nearOld: oneField(number),
    witness: true,
  },
  {
    rule: 'default-changed',
    why: 'the default null goes; a default that stays is none',
    old: oneField({ type: ['number', 'null'], default: null }),
    next: oneField({ type: ['number', 'null'] }),
    near: oneField({ type: ['number', 'null'], default: null, description: 'D' }),
    witness: true,
  },
  {
    rule: 'age-source-moved',
    why: 'the age is measured from another field; a wider description is none',
    old: withFact('age', { pointer: '/field' }),
    next: withFact('age', { pointer: '/field', content: '/age_s' }),
    near: { ...withFact('age', { pointer: '/field' }), description: 'D' },
    witness: true,
  },
  {
    rule: 'stale-after-changed',
    why: 'nothing says why; a note that does is enough',
    old: staleAfter(60),
    next: staleAfter(90),
    near: staleAfter(90, 'Three loops of the executor.'),
  },
  {
    rule: 'stale-after-changed',
    why: 'the note is that of the last change; a new note is enough',
    old: staleAfter(60, 'Two loops.'),
    next: staleAfter(90, 'Two loops.'),
    near: staleAfter(90, 'Three loops.'),
  },
  {
    rule: 'stale-after-noted',
    why: 'a note says why; a note without a change is none',
    old: staleAfter(60),
    next: staleAfter(90, 'Three loops.'),
    near: staleAfter(60, 'Two loops.'),
  },
  {
    rule: 'file-moved',
    why: 'the file is another; another owner is none',
    old: withFact('file', 'state/sample.json'),
    next: withFact('file', 'state/samples.json'),
    near: withFact('owner', 'executor'),
  },
  {
    rule: 'kind-changed',
    why: 'the state became a ledger; another cadence is none',
    old: withFact('kind', 'state'),
    next: withFact('kind', 'ledger'),
    near: withFact('cadence', 'Once per loop.'),
  },
  {
    rule: 'sensitivity-lowered',
    why: 'the content is less sensitive; more sensitive is none',
    old: withFact('sensitivity', 'internal'),
    next: withFact('sensitivity', 'public'),
    near: withFact('sensitivity', 'confidential'),
  },
  {
    rule: 'invariant-changed',
    why: 'the formula is another; one more invariant is none',
    old: withInvariants(['sum', 'a + b = c']),
    next: withInvariants(['sum', 'a + b <= c']),
    near: withInvariants(['more', 'a >= 0'], ['sum', 'a + b = c']),
  },
  {
    rule: 'invariant-changed',
    why: 'the invariant is dropped; its place in the list is none',
    old: withInvariants(['sum', 'a + b = c'], ['more', 'a >= 0']),
    next: withInvariants(['sum', 'a + b = c']),
    near: withInvariants(['more', 'a >= 0'], ['sum', 'a + b = c']),
  },
  {
    rule: 'shape-narrowed',
    why: 'a key is asked for that need not be there; one that always was is none',
    old: shape({ root: 'object' }),
    next: shape({ root: 'object', has: ['field', 'updated_at'] }),
    near: shape({ root: 'object', has: ['field'] }),
    witness: true,
  },
  {
    rule: 'shape-narrowed',
    why: 'a known key must be lacking; a key that the schema never knew is none',
    old: shape({ root: 'object' }),
    next: shape({ root: 'object', lacks: ['field'] }),
    near: shape({ root: 'object', lacks: ['t'] }),
    witness: true,
  },
  {
    rule: 'dialect-removed',
    why: 'a dialect goes; one that comes is none',
    old: oneField(number),
    next: oneField(number),
    near: oneField(number),
    dialects: [['v6', 'v7'], ['v7'], ['v5', 'v6', 'v7']],
  },
];

function compare({ old, next, dialects }: Case, near?: Schema, nearOld?: Schema): SurfaceComparison {
  const [before, after, missed] = dialects ?? [];
  const base = released(near === undefined ? old : (nearOld ?? old), '1.0.0', before);
  return compareSurface(base, working(near ?? next, 1, near === undefined ? after : missed), []);
}

describe('a rule of the comparison', () => {
  it.each(cases)('$rule: $why', (each) => {
    const { rule, near, nearOld, witness } = each;
    const findings = compare(each).findings.filter((one) => one.rule === rule);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ surface: 'sample', file: 'schemas/state/sample.schema.json' });
    expect(compare(each, near, nearOld).findings.map((one) => one.rule)).not.toContain(rule);
    if (witness === undefined) return;
    const document = findings[0]?.witness;
    expect(findings[0]).toHaveProperty('witness');
    const { answer } = compareDirection({ const: document }, each.old, 'backward', { explain: false });
    expect(answer, `${JSON.stringify(document)} is a document of the old version`).toBe('compatible');
  });

  it('is tested here or where releases, exemptions and migrations are', () => {
    const elsewhere = new Set([
      'backward-incompatible',
      'forward-incompatible',
      'undecided',
      'surface-removed',
      'surface-added',
      'migration-missing',
      'migration-unwritten',
      'major-step',
      'released-schema-mutated',
      'exemption-invalid',
      'exemption-expired',
      'exemption-unused',
    ]);
    const here = new Set(cases.map(({ rule }) => rule));
    expect(Object.keys(evolutionRules).filter((rule) => !here.has(rule) && !elsewhere.has(rule))).toEqual([]);
  });
});
