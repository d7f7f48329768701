import { describe, expect, it } from 'vitest';

import { isBreaking, isUndecided } from '../finding.js';
import { oneField, released, staleAfter, surfaceSchema, withFact, withInvariants, working } from '../testing.js';
import type { Schema } from '../tree/load.js';
import { compareSurface } from './surface-diff.js';

const number: Schema = { type: 'number' };

describe('the step', () => {
  it.each([
    ['a note on stale_after', staleAfter(60), staleAfter(90, 'Three loops.'), 'minor'],
    ['a metric that is added', oneField(number), oneField({ ...number, 'x-metric': { name: 'hedge_a' } }), 'patch'],
    ['an invariant that is added', oneField(number), withInvariants(['a', 'b']), 'patch'],
    ['a key that is added', oneField(number), surfaceSchema({ field: number, other: number }), 'minor'],
    ['another unit', oneField({ ...number, 'x-unit': 's' }), oneField({ ...number, 'x-unit': 'ms' }), 'major'],
    ['keys in another order', surfaceSchema({ a: number, b: number }), surfaceSchema({ b: number, a: number }), 'none'],
    ['another tag', oneField({ const: 'sample_v1' }), oneField({ const: 'sample_v2' }), 'major'],
    ['a key that is forbidden', surfaceSchema({ a: true as never }), surfaceSchema({ a: false as never }), 'major'],
  ])('of %s', (_, old, next, step) => {
    expect(compareSurface(released(old), working(next), []).step).toBe(step);
  });

  it('is not decided where a pattern has a back-reference, and nothing else speaks as a break', () => {
    const comparison = compareSurface(
      released(oneField({ type: 'string', pattern: '^(a+)b\\1$' })),
      working(oneField({ type: 'string', pattern: '^(a+)c?\\1$' })),
      [],
    );
    expect(comparison).toMatchObject({ backward: { answer: 'unknown' }, step: 'undecided' });
    expect(comparison.findings.some(isUndecided)).toBe(true);
    expect(comparison.findings.filter(isBreaking)).toEqual([]);
  });
});

describe('a tag that moves without a migration', () => {
  it('breaks the readers of the old version', () => {
    const tag = (value: string): Schema => surfaceSchema({ schema: { const: value }, field: number });
    const { step, forward } = compareSurface(released(tag('sample_v1')), working(tag('sample_v2')), []);
    expect({ step, forward: forward === 'migrated' ? forward : forward.answer }).toEqual({
      step: 'major',
      forward: 'incompatible',
    });
  });
});

describe('a comparison across major versions', () => {
  const [old, next] = [oneField(number), withFact('sensitivity', 'public')];
  const step = { surface: 'sample', file: 'sample/v1-to-v2.ts', from: 1, unwritten: false };

  it('asks for every step of the way', () => {
    const rules = (to: number, steps: Parameters<typeof compareSurface>[2]): string[] =>
      compareSurface(released(old), working(old, to), steps).findings.map(({ rule }) => rule);
    expect(rules(2, [step])).toEqual(['major-step']);
    expect(rules(2, [])).toEqual(['migration-missing']);
    expect(rules(3, [step])).toEqual(['migration-missing']);
    expect(rules(2, [{ ...step, unwritten: true }])).toEqual(['migration-unwritten']);
    expect(rules(2, [{ ...step, surface: 'other' }])).toEqual(['migration-missing']);
  });

  it('holds what no migration mends', () => {
    const { findings } = compareSurface(released(old, '1.0.0', ['v7']), working(next, 2), [step]);
    expect(findings.map(({ rule }) => rule)).toEqual(['major-step', 'sensitivity-lowered', 'dialect-removed']);
  });
});
