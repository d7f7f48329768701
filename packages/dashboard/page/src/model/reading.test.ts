import type { Reading } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { freshnessAt } from './freshness.js';
import { combine, live, readingAt, unknown } from './reading.js';
import { worst } from './states.js';

const fresh = (value: unknown): Reading<unknown> => ({ state: 'fresh', value, age_s: 1 });
const stale = (value: unknown): Reading<unknown> => ({ state: 'stale', value, age_s: 999 });

describe('readingAt', () => {
  it('goes through objects, and through lists and maps that are known', () => {
    const tree = { aum: { off: fresh({ BTC: { usd: fresh(5) } }) } };
    expect(readingAt(tree, ['aum', 'off', 'BTC', 'usd'])).toEqual(fresh(5));
  });

  it('lets what is not known answer for all that would be below it', () => {
    expect(readingAt({ symbols: unknown('never') }, ['symbols', '0', 'symbol'])).toEqual(unknown('never'));
    expect(readingAt({ aum: { total: unknown('unreadable') } }, ['aum'])).toEqual(unknown('unreadable'));
  });

  it('takes a path that leads nowhere for absent, own keys only', () => {
    expect(readingAt({ nav: fresh(1) }, ['toString'])).toEqual(unknown('absent'));
    expect(readingAt(undefined, ['a'])).toEqual(unknown('absent'));
  });
});

describe('combine', () => {
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

  it('is as trustworthy as the worst of what it is made from', () => {
    expect(combine([fresh(1), stale(2)], sum)).toEqual({ state: 'stale', value: 3, age_s: 999 });
  });

  it('is known only where all of it is, and never counts a missing value as zero', () => {
    expect(combine([fresh(1), unknown('absent')], sum).state).toBe('absent');
    expect(combine([fresh(1), unknown('invalid')], sum)).toMatchObject({ state: 'invalid', value: null });
    expect(combine([fresh(1), fresh('2')], sum).state).toBe('absent');
    expect(combine([], sum).state).toBe('absent');
    expect(combine([fresh(1), fresh(0)], ([a = 0, b = 0]) => a / b).state).toBe('absent');
  });
});

describe('freshnessAt', () => {
  const document = { timestamp: 1_000, stale_after_s: 60, content_age_s: 20 };

  it('counts from the timestamp, and the age of the content on top', () => {
    expect(freshnessAt(document, 1_040)).toEqual({ state: 'fresh', age_s: 40 });
    expect(freshnessAt(document, 1_041)).toEqual({ state: 'stale', age_s: 41 });
  });

  it('is never fresh without a timestamp or with one that lies ahead', () => {
    expect(freshnessAt({ ...document, timestamp: null }, 1_000)).toEqual({ state: 'stale', age_s: null });
    expect(freshnessAt(document, 998)).toEqual({ state: 'skewed', age_s: -2 });
  });

  it('is always fresh where silence is normal', () => {
    expect(freshnessAt({ timestamp: 0, stale_after_s: null }, 1e9).state).toBe('fresh');
  });
});

describe('live', () => {
  it('ages what is known and leaves alone what is not', () => {
    expect(live(fresh(1), { state: 'stale', age_s: 70 })).toEqual({ state: 'stale', value: 1, age_s: 70 });
    expect(live(unknown('invalid'), { state: 'fresh', age_s: 1 })).toEqual(unknown('invalid'));
  });
});

describe('worst', () => {
  it('puts what is broken before what is old, and what is old before what is missing', () => {
    expect(worst(['fresh', 'never', 'stale', 'absent'])).toBe('stale');
    expect(worst(['stale', 'unreadable', 'invalid'])).toBe('unreadable');
    expect(worst([])).toBeNull();
  });
});
