import { describe, expect, it } from 'vitest';
import type { UsageNode } from './fields-in-use.js';
import { createUsageTally } from './tally.js';
import type { SurfaceUsage, UsageEntry } from './tally.js';

const scalar: UsageNode = { kind: 'scalar', description: 'A number.', nullable: true, type: 'number' };
const old: UsageNode = { ...scalar, deprecated: true, replacedBy: '/rows/*/qty', removeAfter: '2031-06-30' };

function object(fields: Record<string, UsageNode>, more: Partial<UsageNode> = {}): UsageNode {
  return { kind: 'object', description: 'An object.', nullable: false, fields, required: [], ...more };
}

function entryOf(root: UsageNode): UsageEntry {
  return { name: 'nav', kind: 'state', root };
}

const rows = entryOf(
  object({
    updated_at: scalar,
    'a/b': old,
    rows: { ...scalar, kind: 'array', items: object({ qty: scalar, size: old }) },
    books: { ...scalar, kind: 'map', values: object({ bid: scalar }, { deprecated: true }) },
    note: { ...scalar, kind: 'open' },
  }),
);

function count(entry: UsageEntry, ...documents: unknown[]): SurfaceUsage {
  const tally = createUsageTally(entry);
  for (const [index, document] of documents.entries()) tally.canonical(document, { file: 'x.jsonl', line: index + 1 });
  return tally.result();
}

describe('createUsageTally', () => {
  it('counts deprecated fields, with what replaces them, and names those that nobody writes', () => {
    const { deprecated } = count(
      rows,
      { updated_at: 1, rows: [{ qty: 1 }] },
      { updated_at: 1, rows: [{ size: 1 }, { size: null }], books: { BTCUSDT: {}, ETHUSDT: { bid: 1 } } },
      { updated_at: 1, rows: [{ size: 2 }] },
    );
    const end = { replacedBy: '/rows/*/qty', removeAfter: '2031-06-30' };
    expect(deprecated).toEqual([
      { pointer: '/rows/*/size', count: 3, nulls: 1, first: { file: 'x.jsonl', line: 2 }, ...end },
      { pointer: '/a~1b', count: 0, nulls: 0, first: null, ...end },
      { pointer: '/books/*', count: 0, nulls: 0, first: null, replacedBy: null, removeAfter: null },
    ]);
  });

  it('counts undeclared fields at every depth, without what is below them', () => {
    const { undeclared } = count(
      rows,
      { updated_at: 1, moon: { phase: 1 }, note: { anything: 1 }, constructor: 1 },
      { updated_at: 1, moon: null, rows: [{ x: 1 }, { x: 2 }], books: { BTCUSDT: { ask: 1 }, ETHUSDT: { ask: null } } },
    );
    expect(undeclared).toEqual([
      { pointer: '/books/*/ask', count: 2, nulls: 1, first: { file: 'x.jsonl', line: 2 } },
      { pointer: '/moon', count: 2, nulls: 1, first: { file: 'x.jsonl', line: 1 } },
      { pointer: '/rows/*/x', count: 2, nulls: 0, first: { file: 'x.jsonl', line: 2 } },
      { pointer: '/constructor', count: 1, nulls: 0, first: { file: 'x.jsonl', line: 1 } },
    ]);
  });

  it('counts documents of every shape, and looks only into canonical ones', () => {
    const tally = createUsageTally(rows);
    for (const shape of ['v7', 'unreadable', 'v7']) tally.other(shape);
    tally.canonical({ updated_at: 1 }, { file: 'state/nav.json', line: null });
    tally.file();
    expect(tally.result()).toMatchObject({
      surface: 'nav',
      kind: 'state',
      files: 1,
      documents: 4,
      shapes: { canonical: 1, unreadable: 1, v7: 2 },
      undeclared: [],
    });
    expect(Object.keys(tally.result().shapes)).toEqual(['canonical', 'unreadable', 'v7']);
  });

  it('takes the branch of a union that the record names', () => {
    const branch = (field: UsageNode): UsageNode => object({ updated_at: scalar, kind: scalar, price: field });
    const later = { ...old, removeAfter: '2032-01-01' };
    const branches = { order: branch(scalar), fill: branch(old), cancel: branch(later) };
    const entry = entryOf({ kind: 'union', description: '', nullable: false, tag: 'kind', branches });
    const kinds = ['order', 'fill', 'fill', 'cancel', 'constructor', undefined];
    const usage = count(entry, ...kinds.map((kind) => ({ updated_at: 1, kind, price: 1, [String(kind)]: 1 })));
    expect(usage.deprecated.map(({ pointer, count, removeAfter }) => [pointer, count, removeAfter])).toEqual([
      ['/price', 2, '2031-06-30'],
      ['/price', 1, '2032-01-01'],
    ]);
    expect(usage.undeclared.map(({ pointer }) => pointer)).toEqual(['/fill', '/cancel', '/order']);
  });

  it('passes over values of another type than declared', () => {
    const usage = count(rows, { updated_at: [{}], rows: { size: 1 }, books: [{ ask: 1 }], 'a/b': { c: 1 } });
    expect(usage.undeclared).toEqual([]);
    expect(usage.deprecated.filter(({ count }) => count > 0).map(({ pointer }) => pointer)).toEqual(['/a~1b']);
  });

  it('stays small however many keys it meets, and however long they are', () => {
    const keys = Array.from({ length: 1_500 }, (_, index) => [`key-${index}`, 1]);
    const usage = count(rows, { updated_at: 1, ['x'.repeat(10_000)]: 1, ...Object.fromEntries(keys) });
    expect(usage.undeclared).toHaveLength(1_000);
    expect(usage.unlisted).toBe(501);
    expect(Math.max(...usage.undeclared.map(({ pointer }) => pointer.length))).toBe(121);
  });
});
