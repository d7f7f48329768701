import { describe, expect, it } from 'vitest';
import { firstAt, gapsOf, thin } from './series.js';

const every = (count: number, step: number): number[] => Array.from({ length: count }, (_, index) => index * step);

describe('thin', () => {
  it('keeps the lowest and the highest point of every stretch, and both ends', () => {
    const times = every(86_400, 1);
    const values = times.map((time) => (time === 40_000 ? 999 : time === 50_000 ? -999 : Math.sin(time / 500)));
    const { times: kept, lines } = thin({ times, lines: [values] }, 700, 10);
    expect(kept.length).toBeLessThanOrEqual(1_402);
    expect(lines[0]).toContain(999);
    expect(lines[0]).toContain(-999);
    expect([kept[0], kept.at(-1)]).toEqual([0, 86_399]);
  });

  it('draws a stretch without points as a gap', () => {
    const times = [...every(100, 1), ...every(100, 1).map((time) => time + 500)];
    const { times: kept, lines } = thin({ times, lines: [times] }, 700, 10);
    expect(lines[0]?.filter((value) => value === null)).toHaveLength(1);
    expect(kept[lines[0]?.indexOf(null) ?? -1]).toBeCloseTo(99.001);
  });

  it('draws a missing value as a gap, also where points are left out', () => {
    const times = every(10_000, 1);
    const values = times.map((time) => (time === 5_000 ? null : time));
    expect(thin({ times, lines: [values] }, 100, 10).lines[0]).toContain(null);
    expect(thin({ times, lines: [values] }, 10_000, 10).lines[0]).toContain(null);
  });

  it('makes nothing of nothing', () => {
    expect(thin({ times: [], lines: [[], []] }, 10, 1)).toEqual({ times: [], lines: [[], []] });
  });
});

describe('gapsOf', () => {
  it('takes six usual spacings, and at least ten seconds, for a gap', () => {
    expect(gapsOf(every(50, 60))).toEqual({ spacing: 60, limit: 360 });
    expect(gapsOf(every(50, 0.1)).limit).toBe(10);
    expect(gapsOf([5])).toEqual({ spacing: null, limit: Number.POSITIVE_INFINITY });
  });
});

describe('firstAt', () => {
  it('finds the first time at or after a start', () => {
    expect(firstAt([1, 2, 2, 3], 2)).toBe(1);
    expect(firstAt([1, 2], 9)).toBe(2);
    expect(firstAt([], 0)).toBe(0);
  });
});
