import { describe, expect, it } from 'vitest';

import { isWithinDepth, MAX_DEPTH, parseJson } from './json.js';

function valueOf(text: string | Uint8Array): unknown {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.finding.rule);
  return parsed.value;
}

function ruleOf(text: string | Uint8Array): string {
  const parsed = parseJson(text);
  return parsed.ok ? 'ok' : parsed.finding.rule;
}

describe('parseJson', () => {
  it('keeps every digit of an integer beyond 2^53', () => {
    expect(valueOf('{"orderId":9223372036854775807,"n":-9223372036854775808}')).toEqual({
      orderId: 9223372036854775807n,
      n: -9223372036854775808n,
    });
  });

  it('leaves safe integers, floats and exponents as numbers', () => {
    expect(valueOf('[9007199254740991, 1234567890.12345678901234567890, 1e300, 12345678901234567890e2, 0.1]')).toEqual([
      9007199254740991, 1234567890.1234567, 1e300, 1234567890123456800000, 0.1,
    ]);
  });

  it('leaves long digits inside strings and keys alone', () => {
    expect(valueOf('{"12345678901234567890":"12345678901234567890","a\\"1":12345678901234567890}')).toEqual({
      '12345678901234567890': '12345678901234567890',
      'a"1': 12345678901234567890n,
    });
  });

  it('does not take a string that looks like its own marker for an integer', () => {
    expect(valueOf('["bigint:1","bigint:12345678901234567890",12345678901234567890]')).toEqual([
      'bigint:1',
      'bigint:12345678901234567890',
      12345678901234567890n,
    ]);
  });

  it('still refuses numbers that JSON does not allow', () => {
    for (const text of [
      '01234567890123456789',
      '[-01234567890123456789]',
      '12345678901234567890.',
      '+12345678901234567890',
    ]) {
      expect(ruleOf(text)).toBe('json-syntax');
    }
  });

  it('reads a million digits without hanging', () => {
    expect(valueOf('1'.repeat(1_000_000))).toBe(Infinity);
  });

  it.each([
    ['an empty text', '', 'json-syntax'],
    ['white space', ' \n', 'json-syntax'],
    ['a torn document', '{"nav_total": 12', 'json-syntax'],
    ['NaN', '{"a": NaN}', 'json-syntax'],
    ['a Python literal', "{'a': None}", 'json-syntax'],
    ['NUL bytes', '\0\0\0', 'json-syntax'],
    ['two documents', '{}{}', 'json-syntax'],
    ['a byte order mark', new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), 'json-encoding'],
    ['invalid UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'json-encoding'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0x00]), 'json-encoding'],
    ['deep arrays', '['.repeat(100_000) + ']'.repeat(100_000), 'json-depth'],
    ['deep objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000), 'json-depth'],
  ])('gives a finding for %s', (_what, input, rule) => {
    expect(ruleOf(input)).toBe(rule);
  });

  it('does not pollute prototypes', () => {
    const value = valueOf('{"__proto__":{"polluted":1},"id":12345678901234567890}');
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('isWithinDepth', () => {
  it('counts containers, not scalars', () => {
    expect(isWithinDepth(1, 0)).toBe(true);
    expect(isWithinDepth([[1]], 2)).toBe(true);
    expect(isWithinDepth([[[]]], 2)).toBe(false);
  });

  it('accepts what is exactly at the limit', () => {
    expect(parseJson('['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH)).ok).toBe(true);
    expect(parseJson('['.repeat(MAX_DEPTH + 1) + ']'.repeat(MAX_DEPTH + 1)).ok).toBe(false);
  });
});
