import { describe, expect, it } from 'vitest';

import { repository } from '../testing.js';
import { loadExamples } from './examples.js';
import { leavesOf, otherValue, withValue } from './leaves.js';
import { oldNames, renames } from './renames.js';

async function found(surface: string): Promise<(readonly [string, string, boolean])[]> {
  const { legacy } = await loadExamples(repository, surface);
  return renames(surface, legacy).map(({ from, to, exact }) => [from, to, exact] as const);
}

describe('what becomes of the keys of a dialect', () => {
  it('is found where the key has another name', async () => {
    expect(await found('nav')).toContainEqual(['nav', 'nav_total', true]);
    expect(await found('positions')).toContainEqual(['rows.*.markPrice', '*.mark_price', true]);
  });

  it('is found where the value is converted on the way', async () => {
    expect(await found('positions')).toContainEqual(['positions.*.positionAmt', '*.qty', false]);
  });

  it('is found where one value feeds others', async () => {
    const targets = (await found('risk_snapshot')).filter(([from]) => from === 'dd_state.drawdown.dd_pct');
    expect(targets.map(([, to]) => to)).toContain('dd_frac');
  });

  it('has stars for keys of maps on both sides', async () => {
    expect(await found('nav')).toContainEqual(['aum.offexchange.*.qty', 'aum.offexchange.*.qty', true]);
  });

  it('is nothing for a surface that the contract does not have', () => {
    expect(renames('no_surface', [])).toEqual([]);
  });

  it('gives the old names of a field, without those that only moved', () => {
    const all = [
      { from: 'a.old', to: 'new', exact: true },
      { from: 'b.older', to: 'new', exact: false },
      { from: 'a.same', to: 'b.same', exact: true },
    ];
    expect([...oldNames([all])]).toEqual([['new', ['old', 'older']]]);
  });
});

describe('the values of a document', () => {
  it('are found in order and replaced one at a time', () => {
    const document = { a: [{ b: 1 }, { b: 2 }], c: null };
    expect(leavesOf(document).map(({ keys }) => keys.join('/'))).toEqual(['a/0/b', 'a/1/b', 'c']);
    expect(withValue(document, ['a', '1', 'b'], 7)).toEqual({ a: [{ b: 1 }, { b: 7 }], c: null });
    expect(document).toEqual({ a: [{ b: 1 }, { b: 2 }], c: null });
  });

  it.each([1, 0.5, -0.25, true, 'BTCUSDT', '8000.5', '2025-11-24T16:00:30+00:00', '2025-11-24T07:00:30Z'])(
    'have another of the same kind: %j',
    (value) => {
      const other = otherValue(value);
      expect(typeof other).toBe(typeof value);
      expect(other).not.toBe(value);
    },
  );
});
