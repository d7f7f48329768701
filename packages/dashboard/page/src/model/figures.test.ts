import { describe, expect, it } from 'vitest';
import type { Columns } from './columns.js';
import { navHistory } from './nav-history.js';
import { quantile, slippageOver } from './slippage.js';
import { tallyOf } from './tally.js';

function columns(values: Record<string, unknown[]>): Columns {
  return {
    values,
    count: values['ts']?.length ?? 0,
    since: 0,
    file: null,
    invalid: 0,
    truncated: false,
    trouble: null,
  };
}

describe('navHistory', () => {
  it('finds the largest fall from a running peak, and where it was', () => {
    const history = navHistory(columns({ ts: [1, 2, 3, 4, 5], nav_total: [100, 200, 150, 250, 240] }), 0);
    expect(history).toMatchObject({ maxDrawdown: 0.25, maxDrawdownAt: 3, low: 100, high: 250, first: 100, last: 240 });
    expect(history.peak).toEqual([100, 200, 200, 250, 250]);
  });

  it('knows no fall where there is no NAV, and does not take a missing one for zero', () => {
    expect(navHistory(columns({ ts: [1, 2], nav_total: [null, null] }), 0)).toMatchObject({
      maxDrawdown: null,
      missing: 2,
      low: null,
    });
    expect(navHistory(columns({ ts: [1, 2, 3], nav_total: [10, null, 10] }), 0)).toMatchObject({
      maxDrawdown: 0,
      low: 10,
      missing: 1,
    });
    expect(navHistory(columns({ ts: [], nav_total: [] }), 0).points).toBe(0);
  });

  it('puts stray lines in order', () => {
    expect(navHistory(columns({ ts: [3, 1, 2], nav_total: [30, 10, 20] }), 0).nav).toEqual([10, 20, 30]);
  });
});

describe('slippageOver', () => {
  it('gives median, 95th percentile and count per stretch, and nothing where nothing was measured', () => {
    const [first, second] = slippageOver(columns({ ts: [1, 2, 3, 11], slippage_bps: [1, 3, 2, null] }), 0.5, 20.5, 2);
    expect(first).toMatchObject({ p50: 2, samples: 3 });
    expect(first?.p95).toBeCloseTo(2.9);
    expect(second).toMatchObject({ p50: null, p95: null, samples: 0 });
  });

  it('interpolates quantiles between the closest ranks', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([], 0.5)).toBeNull();
  });
});

describe('tallyOf', () => {
  it('counts what lies in the range, most frequent first', () => {
    const values = { ts: [1, 5, 6, 7], veto_reason: ['a', 'b', 'c', 'b'] };
    expect(tallyOf(columns(values), 'veto_reason', 5)).toMatchObject({
      tallies: [
        { label: 'b', count: 2 },
        { label: 'c', count: 1 },
      ],
      total: 3,
    });
  });

  it('keeps apart what states no reason', () => {
    expect(tallyOf(columns({ ts: [1], symbol: [null] }), 'symbol', 0).tallies).toEqual([
      { label: 'not reported', count: 1 },
    ]);
  });
});
