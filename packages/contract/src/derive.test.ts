import { describe, expect, it } from 'vitest';

import { deriveFields } from './derive.js';
import { normalise } from './normalise.js';
import { fraction, normalizePercentage, percentPoints } from './percent.js';
import type { Percentage } from './percent.js';
import { registry } from './registry.js';

const entry = registry.risk_snapshot;

function derived(document: Record<string, unknown>): { document: Record<string, unknown>; rules: string[] } {
  const result = deriveFields(entry, normalise(document, entry.root).value);
  return { document: result.document as Record<string, unknown>, rules: result.findings.map(({ rule }) => rule) };
}

describe('deriveFields on risk_snapshot', () => {
  it('computes dd_frac from percent points, as the unit of dd_pct says', () => {
    expect(derived({ dd_pct: 0.13 })).toEqual({
      document: { dd_pct: 0.13, dd_frac: 0.0013, daily_loss_frac: null },
      rules: [],
    });
  });

  it.each<[string, Percentage, number, number]>([
    ['percent points', percentPoints(0.13), 0.13, 0.0013],
    ['a fraction', fraction(0.13), 13, 0.13],
  ])('takes %s for dd_pct', (_what, given, points, share) => {
    expect(derived({ dd_pct: given, daily_loss_pct: given }).document).toEqual({
      dd_pct: points,
      daily_loss_pct: points,
      dd_frac: share,
      daily_loss_frac: share,
    });
  });

  it('never trusts a dd_frac that contradicts dd_pct', () => {
    const { document, rules } = derived({ dd_pct: 0.13, dd_frac: 0.13 });
    expect(document['dd_frac']).toBe(0.0013);
    expect(rules).toEqual(['derived-recomputed']);
  });

  it('says so where it puts the fraction in place of what is no number', () => {
    const { document, rules } = derived({ dd_pct: 0.13, dd_frac: 'low' });
    expect(document['dd_frac']).toBe(0.0013);
    expect(rules).toEqual(['derived-recomputed']);
  });

  it('fills in dd_pct where only the fraction is given, so that the invariant holds', () => {
    for (const share of [0, 0.07, 0.13, 0.0013, 1 / 3, 1]) {
      const { document } = derived({ dd_frac: share });
      expect(document['dd_frac']).toBeCloseTo(share, 12);
      expect(document['dd_frac']).toBe(normalizePercentage(percentPoints(document['dd_pct'] as number)));
    }
  });

  it('takes the drawdown block where dd_pct is not given', () => {
    const { document } = derived({ dd_state: { drawdown: { dd_pct: percentPoints(2), daily_loss: { pct: 0.5 } } } });
    expect(document).toMatchObject({ dd_frac: 0.02, daily_loss_frac: 0.005 });
  });

  it('refuses two values for one percentage', () => {
    expect(derived({ dd_pct: 1, dd_state: { drawdown: { dd_pct: 2 } } }).rules).toEqual(['percent-contradiction']);
  });

  it('clamps and says so', () => {
    expect(derived({ dd_pct: 250 })).toMatchObject({
      document: { dd_pct: 250, dd_frac: 1 },
      rules: ['percent-clamped'],
    });
    expect(derived({ dd_frac: 1.5 })).toMatchObject({
      document: { dd_pct: 100, dd_frac: 1 },
      rules: ['percent-clamped'],
    });
  });

  it('gives null for what is not known', () => {
    expect(derived({ dd_pct: null })).toEqual({
      document: { dd_pct: null, dd_frac: null, daily_loss_frac: null },
      rules: [],
    });
  });
});
