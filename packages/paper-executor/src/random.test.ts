import { describe, expect, it } from 'vitest';
import { mean, deviation } from './numbers.js';
import { createRandom } from './random.js';

describe('createRandom', () => {
  it('gives the published mulberry32 sequence', () => {
    const random = createRandom(1);
    const words = [random.next(), random.next(), random.next()].map((each) => each * 2 ** 32);
    expect(words).toEqual([2693262067, 11749833, 2265367787]);
  });

  it('gives another sequence for another seed', () => {
    expect(createRandom(7).hex(40)).not.toBe(createRandom(8).hex(40));
    expect(createRandom(7).hex(40)).toMatch(/^[0-9a-f]{40}$/);
  });

  it('stays in its range and hits a chance as often as asked', () => {
    const random = createRandom(3);
    const values = Array.from({ length: 20_000 }, () => random.between(-2, 5));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...values)).toBeLessThan(5);
    const hits = Array.from({ length: 20_000 }, () => random.chance(0.2)).filter(Boolean).length;
    expect(hits / 20_000).toBeCloseTo(0.2, 1);
  });

  it('draws normal values with mean 0 and deviation 1', () => {
    const random = createRandom(5);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    expect(Math.abs(mean(values) ?? 1)).toBeLessThan(0.03);
    expect(Math.abs((deviation(values) ?? 0) - 1)).toBeLessThan(0.03);
  });
});
