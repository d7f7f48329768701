import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { LONGEST_DECIMAL, writeDecimal } from './decimal.js';

const SEED = 20_261_128;
const RUNS = Number(process.env['TELEMETRY_FUZZ'] ?? 20_000);

it.each([
  0, -0, 1, -1, 0.1, -0.5, 1.15, 90_210.3, 0.000001, 0.00000123, 123_456.000001, 999_999_999_999_999, 1e15, 1e21, 1e-7, 5e-324,
  2 ** 53, 9_007_199_254_740_991, 0.1 + 0.2, 1 / 3, 1e14 + 0.5, 9_999_999, 10_000_000, 10_000_000.00000001, 99_999_999.99999999,
])('writes %d as ECMAScript does, or leaves it', (value) => {
  const written = textOf(value);
  if (written !== null) expect(written).toBe(String(value));
});

it('writes what prices and quantities look like', () => {
  for (const value of [90_210.3, 0.003, 12.125, 1_764_000_000.123, -0.4, 250, 0.00001234]) expect(textOf(value)).toBe(String(value));
});

it('never writes anything else than ECMAScript does', () => {
  const decimals = fc.tuple(fc.integer(), fc.integer({ min: 0, max: 12 })).map(([digits, places]) => digits / 10 ** places);
  fc.assert(
    fc.property(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), decimals, fc.integer()), (value) => {
      const written = textOf(value);
      if (written !== null) expect(written).toBe(String(value));
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

function textOf(value: number): string | null {
  const bytes = Buffer.alloc(LONGEST_DECIMAL);
  const end = writeDecimal(value, bytes, 0);
  return end < 0 ? null : bytes.toString('latin1', 0, end);
}
