import { describe, expect, it } from 'vitest';

import { normalise } from './normalise.js';
import { fraction, percentPoints } from './percent.js';
import type { FieldNode } from './registry.js';
import { registry } from './registry.js';

const open: FieldNode = { kind: 'open', description: 'anything', nullable: false };

function plain(value: unknown, node: FieldNode = open): unknown {
  return normalise(value, node).value;
}

function rulesOf(value: unknown): string[] {
  return normalise(value, open).findings.map(({ rule }) => rule);
}

describe('normalise', () => {
  it('makes null of NaN and the infinities and counts them', () => {
    const result = normalise({ a: NaN, b: [Infinity, -Infinity, 0, -0] }, open);
    expect(result.value).toEqual({ a: null, b: [null, null, 0, -0] });
    expect(result.nonFinite).toBe(3);
    expect(result.findings.map(({ pointer }) => pointer)).toEqual(['/a', '/b/0', '/b/1']);
  });

  it('omits undefined, functions and symbols', () => {
    expect(plain({ a: undefined, b: () => 1, c: Symbol('x'), d: null })).toEqual({ d: null });
    expect(rulesOf({ a: undefined, b: () => 1, c: Symbol('x') })).toEqual(['unsupported-value', 'unsupported-value']);
  });

  it('writes a Date as ISO 8601, and as seconds where the unit is epoch_s', () => {
    const date = new Date('2026-01-02T03:04:05.678Z');
    expect(plain({ at: date })).toEqual({ at: '2026-01-02T03:04:05.678Z' });
    expect(plain({ updated_at: date }, registry.nav.root)).toEqual({ updated_at: 1767323045.678 });
    expect(plain({ at: new Date(NaN) })).toEqual({ at: null });
  });

  it('writes a bigint as decimal digits, and as a number in a numeric field', () => {
    expect(plain({ id: 9223372036854775807n })).toEqual({ id: '9223372036854775807' });
    expect(plain({ nav_total: 5n }, registry.nav.root)).toEqual({ nav_total: 5 });
  });

  it('writes a safe integer order id as digits and reports one that has lost digits', () => {
    const root = registry.events.root;
    expect(plain({ type: 'fill', order_id: 42 }, root)).toEqual({ type: 'fill', order_id: '42' });
    expect(normalise({ type: 'fill', order_id: 2 ** 60 }, root).findings.map(({ rule }) => rule)).toEqual([
      'unsafe-integer',
    ]);
  });

  it('writes a stated percentage in the unit of its field', () => {
    expect(plain({ dd_pct: fraction(0.5), dd_frac: percentPoints(50) }, registry.risk_snapshot.root)).toEqual({
      dd_pct: 50,
      dd_frac: 0.5,
    });
  });

  it('survives cycles, depth, getters that throw and sparse arrays', () => {
    const cycle: Record<string, unknown> = { a: 1 };
    cycle['self'] = cycle;
    expect(plain(cycle)).toEqual({ a: 1 });
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(rulesOf(deep)).toEqual(['unsupported-value']);
    const trap = Object.defineProperty({ b: 2 }, 'a', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    expect(plain(trap)).toEqual({ b: 2 });
    // oxlint-disable-next-line no-sparse-arrays
    expect(plain([1, , 3])).toEqual([1, null, 3]);
  });

  it('keeps a shared object in both places', () => {
    const shared = { a: 1 };
    expect(plain({ x: shared, y: shared })).toEqual({ x: { a: 1 }, y: { a: 1 } });
  });

  it('does not change what it was given and keeps the order of keys', () => {
    const given = Object.freeze({ b: NaN, a: 1 });
    expect(Object.keys(plain(given) as object)).toEqual(['b', 'a']);
    expect(given.b).toBeNaN();
  });
});
