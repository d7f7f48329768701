import type { FieldNode } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { createCoverage } from './coverage.js';

const scalar: FieldNode = { kind: 'scalar', description: 'A number.', nullable: true, type: 'number' };

function object(fields: Record<string, FieldNode>): FieldNode {
  return { kind: 'object', description: 'An object.', nullable: false, fields, required: [] };
}

const list: FieldNode = { kind: 'array', description: 'Rows.', nullable: false, items: object({ qty: scalar }) };
const map: FieldNode = { kind: 'map', description: 'By symbol.', nullable: false, values: object({ bid: scalar }) };

describe('createCoverage', () => {
  it('counts in how many documents a field stands, and in how many it has a value', () => {
    const coverage = createCoverage(object({ nav: scalar, rows: list, books: map }));
    coverage.add({ nav: null, rows: [{ qty: 1 }, { qty: 2 }, { qty: null }] });
    coverage.add({ nav: 5, rows: [{ qty: null }], books: { BTCUSDT: { bid: 1 }, ETHUSDT: {} } });
    coverage.add({ rows: [] });
    coverage.add({ nav: 7 });
    expect(coverage.result()).toEqual({
      documents: 4,
      fields: [
        { pointer: '/nav', record: null, occurs: 3, known: 2, share: 0.5 },
        { pointer: '/rows', record: null, occurs: 3, known: 3, share: 0.75 },
        { pointer: '/rows/*/qty', record: null, occurs: 2, known: 1, share: 0.25 },
        { pointer: '/books', record: null, occurs: 1, known: 1, share: 0.25 },
        { pointer: '/books/*/bid', record: null, occurs: 1, known: 1, share: 0.25 },
      ],
      undeclared: [],
    });
    expect(coverage.counts()).toEqual({ declared: 5, known: 5, undeclared: 0 });
  });

  it('measures the fields of a kind of record by the records of that kind', () => {
    const branches = { fill: object({ kind: scalar, price: scalar }), cancel: object({ kind: scalar, price: scalar }) };
    const coverage = createCoverage({ kind: 'union', description: '', nullable: false, tag: 'kind', branches });
    for (const price of [1, 2, null]) coverage.add({ kind: 'fill', price });
    coverage.add({ kind: 'elsewhere', price: 1 });
    const prices = coverage.result().fields.filter(({ pointer }) => pointer === '/price');
    expect(prices).toEqual([
      { pointer: '/price', record: 'fill', occurs: 3, known: 2, share: 2 / 3 },
      { pointer: '/price', record: 'cancel', occurs: 0, known: 0, share: null },
    ]);
  });

  it('names undeclared keys at every depth, once per document, in bounded memory', () => {
    const coverage = createCoverage(object({ rows: list, note: { ...scalar, kind: 'open' } }));
    coverage.add({ rows: [{ qty: 1, 'a/b': 1 }, { 'a/b': 2 }], moon: null, note: { anything: 1 } });
    coverage.add({ rows: [{ 'a/b': 1 }], constructor: 1 });
    expect(coverage.result().undeclared).toEqual([
      { pointer: '/rows/*/a~1b', occurs: 2 },
      { pointer: '/moon', occurs: 1 },
      { pointer: '/constructor', occurs: 1 },
    ]);
    coverage.add(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`${'x'.repeat(500)}${index}`, 1])));
    coverage.add(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`key-${index}`, 1])));
    const { undeclared } = coverage.result();
    expect(undeclared).toHaveLength(200);
    expect(Math.max(...undeclared.map(({ pointer }) => pointer.length))).toBe(121);
  });

  it('passes over values of another type than declared', () => {
    const coverage = createCoverage(object({ rows: list, books: map, nav: scalar }));
    coverage.add({ rows: 5, books: 'x', nav: { deep: 1 } });
    expect(coverage.result().undeclared).toEqual([]);
    expect(coverage.counts().known).toBe(3);
  });
});
