import { describe, expect, it } from 'vitest';
import { createEwma } from './ewma.js';
import { createNumberWindow } from './number-window.js';
import { createRollingWindow } from './rolling-window.js';

describe('createNumberWindow', () => {
  it('is empty with nulls, not zeros', () => {
    expect(createNumberWindow().snapshot()).toEqual({ count: 0, p50: null, p95: null });
  });

  it('keeps the newest values by count, and a value of 0', () => {
    const window = createNumberWindow({ maxCount: 3 });
    for (const value of [9, 9, 0, 2, 4]) window.add(value);
    expect(window.values()).toEqual([0, 2, 4]);
    expect(window.snapshot()).toEqual({ count: 3, p50: 2, p95: expect.closeTo(3.8, 12) });
  });

  it('leaves nullish and non-finite values out', () => {
    const window = createNumberWindow();
    for (const value of [null, undefined, NaN, Infinity, 1]) window.add(value);
    expect(window.values()).toEqual([1]);
  });

  it('lets values go when they are as old as the window is long', () => {
    let time = 100;
    const window = createNumberWindow({ seconds: 10, now: () => time });
    window.add(1);
    time = 105;
    window.add(2);
    time = 109.9;
    expect(window.values()).toEqual([1, 2]);
    time = 110;
    expect(window.values()).toEqual([2]);
    time = 115;
    expect(window.snapshot().count).toBe(0);
  });
});

describe('createRollingWindow', () => {
  it('places items by the time that they are given, in any order', () => {
    const window = createRollingWindow<string>({ maxCount: 10, seconds: 10, now: () => 100 });
    window.add('late', 99);
    window.add('gone', 90);
    window.add('early', 91);
    window.add('future', 130);
    window.add('unknown', NaN);
    expect(window.items()).toEqual(['late', 'early', 'future', 'unknown']);
  });

  it('says when it holds less than its seconds, until that has passed', () => {
    let time = 0;
    const window = createRollingWindow<number>({ maxCount: 2, seconds: 10, now: () => time });
    for (const item of [1, 2]) window.add(item);
    expect(window.isCutShort()).toBe(false);
    window.add(3);
    expect(window.isCutShort()).toBe(true);
    time = 10;
    expect(window.isCutShort()).toBe(false);
  });

  it('holds no more than maxCount, whatever is added', () => {
    const window = createRollingWindow<number>({ maxCount: 100, now: () => 0 });
    for (let item = 0; item < 10_050; item += 1) window.add(item);
    expect(window.items()).toEqual(Array.from({ length: 100 }, (_, index) => 9_950 + index));
  });

  it.each([
    { maxCount: 0 },
    { maxCount: 1.5 },
    { maxCount: NaN },
    { maxCount: 2_000_000 },
    { maxCount: 1, seconds: 0 },
    { maxCount: 1, seconds: NaN },
  ])('refuses %j', (options) => {
    expect(() => createRollingWindow({ ...options, now: () => 0 })).toThrow(RangeError);
  });
});

describe('createEwma', () => {
  it('halves the weight of a value in halfLife values', () => {
    const average = createEwma({ halfLife: 4 });
    average.add(1);
    for (let index = 0; index < 4; index += 1) average.add(0);
    expect(average.value()).toBeCloseTo(0.5, 12);
  });

  it('is null before the first value and starts at it, 0 included', () => {
    const average = createEwma();
    average.add(null);
    average.add(NaN);
    expect(average.value()).toBeNull();
    average.add(0);
    expect(average.value()).toBe(0);
    average.add(1);
    expect(average.value()).toBeCloseTo(1 - 0.5 ** (1 / 50), 12);
  });

  it.each([0, -1, NaN, Infinity])('refuses the half-life %d', (halfLife) => {
    expect(() => createEwma({ halfLife })).toThrow(RangeError);
  });
});
