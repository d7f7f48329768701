import { describe, expect, it } from 'vitest';
import { adaptive, ageText, counted, duration, fixed, plain, shown } from './format.js';

describe('shown', () => {
  it.each([
    [10_005.774, 'USD', '10,005.77 USD'],
    [-1.116, 'bps', '\u22121.12 bps'],
    [0.692, 'fraction', '69.2%'],
    [0.0013, 'fraction', '0.13%'],
    [0.13, 'percent', '0.13%'],
    [3, 'multiplier', '3×'],
    [1_234_567, 'count', '1,234,567'],
    [0.5854, 'score', '0.585'],
    [1_795_889_135.6, 'epoch_s', '2026-11-28 18:05:35'],
    [64_203.4, 'price', '64,203.40'],
    [0.000_012_345, 'price', '0.00001235'],
    [true, 'none', 'yes'],
    ['9007199254740993', 'none', '9007199254740993'],
    [1e21, 'USD', '1.0000e+21 USD'],
    [-1e300, 'epoch_s', '-1e+300'],
  ])('writes %s in %s as %s', (value, unit, text) => {
    expect(plain(shown(value, unit))).toBe(text);
  });

  it('writes zero as zero, without a sign, also where it is asked for one', () => {
    expect(shown(0, 'USD', true).text).toBe('0.00');
    expect(shown(-0.001, 'USD', true).text).toBe('0.00');
    expect(adaptive(0)).toBe('0');
  });

  it('puts a sign before what is asked to have one', () => {
    expect(fixed(3.5, 2, true)).toBe('+3.50');
    expect(fixed(-3.5, 2, true)).toBe('\u22123.50');
  });
});

describe('duration', () => {
  it.each([
    [0.26, '0.3 s'],
    [42, '42 s'],
    [720, '12 min'],
    [11_160, '3.1 h'],
    [30_686_884, '355 d'],
    [null, 'unknown'],
  ])('of %s s is %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it('says that a timestamp lies ahead, and that an age is not known', () => {
    expect(ageText(-3_600)).toBe('60 min ahead');
    expect(ageText(null)).toBe('age unknown');
    expect(ageText(-0.4)).toBe('0.0 s');
  });
});

describe('counted', () => {
  it('takes the right form of the noun', () => {
    expect(counted(1, 'veto', 'vetoes')).toBe('1 veto');
    expect(counted(1_000, 'line')).toBe('1,000 lines');
  });
});
