import { describe, expect, it } from 'vitest';
import { ageText, readingText, valueText } from './values.js';

describe('valueText', () => {
  it.each<[unknown, string | undefined, string]>([
    [0, 'USD', '0 USD'],
    [10_250.123456789, 'USD', '10250.123456789 USD'],
    [0.13, 'percent', '0.13 %'],
    [0.13, 'fraction', '0.13'],
    [-0.5, 'bps', '-0.5 bps'],
    [4, 'multiplier', '4x'],
    [1_764_000_000.25, 'epoch_s', '1764000000.25 (2025-11-24T16:00:00.250Z)'],
    [1e30, 'epoch_s', '1e+30'],
    [false, 'none', 'false'],
    ['live', 'none', 'live'],
    ['x'.repeat(200), 'none', `${'x'.repeat(119)}…`],
    [{ a: [1] }, undefined, '{"a":[1]}'],
    [null, 'USD', 'null'],
  ])('shows %j in %s as %s', (value, unit, text) => {
    expect(valueText(value, unit)).toBe(text);
  });
});

describe('readingText', () => {
  it('gives the word for why a value is not known, never a zero', () => {
    expect(readingText({ state: 'stale', value: 0, age_s: 9 }, 'USD')).toBe('0 USD');
    expect(readingText({ state: 'absent', value: null, age_s: 9 }, 'USD')).toBe('absent');
    expect(readingText({ state: 'never', value: null, age_s: null }, 'USD')).toBe('never');
  });
});

describe('ageText', () => {
  it.each<[number | null, string]>([
    [null, '-'],
    [0, '0.0 s'],
    [119.94, '119.9 s'],
    [-60, '-60.0 s'],
    [600, '10 min'],
    [7_200, '2.0 h'],
    [864_000, '10 d'],
  ])('shows %s s as %s', (seconds, text) => {
    expect(ageText(seconds)).toBe(text);
  });
});
