import { describe, expect, it } from 'vitest';
import { percentile, percentileOfSorted, sortedFinite } from './percentile.js';

describe('percentile', () => {
  it.each<[number[], number, number]>([
    [[7], 0, 7],
    [[7], 95, 7],
    [[1, 2, 3, 4], 0, 1],
    [[1, 2, 3, 4], 50, 2.5],
    [[1, 2, 3, 4], 100, 4],
    [[4, 1, 3, 2], 25, 1.75],
    [[-10, 0, 10], 50, 0],
    [[10, 9, 100], 50, 10],
    [Array.from({ length: 101 }, (_, index) => index), 95, 95],
  ])('of %j at %d is %d', (values, p, want) => {
    expect(percentile(values, p)).toBeCloseTo(want, 12);
  });

  it('is null, not 0, where there is no value', () => {
    expect(percentile([], 50)).toBeNull();
    expect(percentile([null, undefined, NaN, Infinity, -Infinity], 50)).toBeNull();
  });

  it('leaves nullish and non-finite values out and keeps 0', () => {
    expect(percentile([NaN, 0, null, 4, Infinity, undefined], 50)).toBe(2);
  });

  it('stays finite between the largest numbers', () => {
    expect(percentile([-Number.MAX_VALUE, Number.MAX_VALUE], 50)).toBe(0);
  });

  it.each([-0.1, 100.1, NaN, Infinity])('refuses the percent points %d', (p) => {
    expect(() => percentile([1], p)).toThrow(RangeError);
    expect(() => percentileOfSorted([], p)).toThrow(RangeError);
  });

  it('leaves the values as they were given', () => {
    const values = [3, 1, 2];
    sortedFinite(values);
    expect(values).toEqual([3, 1, 2]);
  });
});
