import { describe, expect, it } from 'vitest';
import { coverageOf } from './coverage.js';

/** Times from one to another, a step apart. */
function every(step: number, from: number, to: number): number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

describe('the coverage of a window', () => {
  it('is whole where the records go on from before it to its end', () => {
    expect(coverageOf(every(30, 900, 2_000), 1_000, 2_000)).toEqual({ seconds: 1_000, share: 1, gaps: 0 });
  });

  it('begins with the first record', () => {
    expect(coverageOf(every(30, 1_700, 2_000), 1_000, 2_000)).toEqual({ seconds: 300, share: 0.3, gaps: 0 });
  });

  it('leaves out gaps, and says how many there are', () => {
    const times = [...every(10, 1_000, 1_200), ...every(10, 1_500, 1_600), ...every(10, 1_900, 2_000)];
    expect(coverageOf(times, 1_000, 2_000)).toEqual({ seconds: 400, share: 0.4, gaps: 2 });
  });

  it('counts the silence at the end as a gap', () => {
    expect(coverageOf(every(10, 1_000, 1_500), 1_000, 2_000)).toEqual({ seconds: 500, share: 0.5, gaps: 1 });
  });

  it('takes no gap before the window into account', () => {
    expect(coverageOf([0, ...every(10, 1_000, 2_000)], 1_000, 2_000)).toMatchObject({ share: 1, gaps: 0 });
  });

  it('is not known without two records, or without one in the window', () => {
    for (const times of [[], [1_500], every(10, 0, 900)]) expect(coverageOf(times, 1_000, 2_000)).toBeNull();
  });
});
