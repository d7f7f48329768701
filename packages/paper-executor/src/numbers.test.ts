import { describe, expect, it } from 'vitest';
import { deviation, floorTo, mean, quantile, ratio, round } from './numbers.js';

describe('numbers', () => {
  it.each([
    [[], 0.5, null],
    [[4], 0.95, 4],
    [[1, 2, 3, 4], 0.5, 2.5],
    [[4, 1, 3, 2], 0.25, 1.75],
    [[0, 10], 0.95, 9.5],
    [[10, 9, 100], 1, 100],
  ])('takes the quantile of %j at %d as %s, interpolating between ranks', (values, share, expected) => {
    expect(quantile(values, share)).toBe(expected);
  });

  it('leaves the values that it is given in their order', () => {
    const values = [3, 1, 2];
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  it('knows no mean, deviation or ratio where there is nothing to compute it from', () => {
    expect(mean([])).toBeNull();
    expect(deviation([])).toBeNull();
    expect(ratio(1, 0)).toBeNull();
    expect(ratio(null, 2)).toBeNull();
    expect(ratio(0, 2)).toBe(0);
  });

  it('rounds without leaving a negative zero', () => {
    expect(Object.is(round(-0.000_000_001), 0)).toBe(true);
    expect(round(1.005, 1)).toBe(1);
    expect(round(0.1 + 0.2)).toBe(0.3);
  });

  it('cuts towards zero', () => {
    expect(floorTo(1.2399, 2)).toBe(1.23);
    expect(floorTo(-1.2399, 2)).toBe(-1.23);
    expect(floorTo(0.3, 1)).toBe(0.3);
  });
});
