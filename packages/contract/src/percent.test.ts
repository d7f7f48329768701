import { describe, expect, it } from 'vitest';

import type { Finding } from './finding.js';
import { fraction, normalizePercentage, percentPoints, toFraction, toPercentPoints } from './percent.js';

describe('normalizePercentage', () => {
  it.each([
    ['0.13 percent points', percentPoints(0.13), 0.0013],
    ['a fraction of 0.13', fraction(0.13), 0.13],
    ['100 percent points', percentPoints(100), 1],
    ['zero percent points', percentPoints(0), 0],
    ['minus zero percent points', percentPoints(-0), 0],
    ['more than 100 %', percentPoints(101), 1],
    ['an infinite fraction', fraction(Infinity), 1],
    ['less than 0 %', fraction(-0.4), 0],
    ['a bare number of at most 0', -3, 0],
    ['a bare 0', 0, 0],
    ['a bare number in (0, 1]', 0.996, 0.996],
    ['a bare 1', 1, 1],
    ['a bare number just above 1', 1.0001, 0.010001],
    ['a bare number in (1, 100]', 35, 0.35],
    ['a bare 100', 100, 1],
    ['a bare number above 100', 101, 1],
    ['bare infinity', Infinity, 1],
    ['bare minus infinity', -Infinity, 0],
  ])('makes a fraction of %s', (_what, input, expected) => {
    expect(normalizePercentage(input)).toBe(expected);
  });

  it.each([
    null,
    undefined,
    NaN,
    percentPoints(NaN),
    fraction(NaN),
    '5',
    '',
    true,
    {},
    [],
    { percentage: 'percentPoints' },
  ])('gives null for %j', (input) => {
    expect(normalizePercentage(input)).toBeNull();
  });

  it.each([
    [0.13, ['percent-ambiguous']],
    [1, ['percent-ambiguous']],
    [0, []],
    [1.5, []],
    [percentPoints(0.13), []],
    [percentPoints(150), ['percent-clamped']],
    [fraction(-1), ['percent-clamped']],
  ])('reports what is doubtful about %j', (input, expected) => {
    const findings: Finding[] = [];
    normalizePercentage(input, (each) => findings.push(each));
    expect(findings.map(({ rule }) => rule)).toEqual(expected);
  });
});

describe('conversions', () => {
  it('shift the decimal point without binary noise', () => {
    expect(toPercentPoints(fraction(0.07))).toBe(7);
    expect(toPercentPoints(fraction(0.0013))).toBe(0.13);
    expect(toPercentPoints(fraction(1.5e-7))).toBe(0.000015);
    expect(toFraction(percentPoints(0.13))).toBe(0.0013);
  });

  it('take a bare number to be in the unit of the field', () => {
    expect(toPercentPoints(0.13)).toBe(0.13);
    expect(toFraction(0.13)).toBe(0.13);
  });

  it('give null for what is not a finite number', () => {
    for (const value of [NaN, Infinity, null, '1', percentPoints(NaN), fraction(Infinity)]) {
      expect(toPercentPoints(value)).toBeNull();
      expect(toFraction(value)).toBeNull();
    }
  });
});
