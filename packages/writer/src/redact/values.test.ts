import { describe, expect, it } from 'vitest';
import { createRedactor } from './index.js';
import type { ShapeKind } from './index.js';

const redact = createRedactor({ env: {} });

class Decimal {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

class Position {
  readonly qty = 1;
}

function cyclic(): unknown {
  const value: Record<string, unknown> = { a: 1 };
  value['self'] = value;
  return value;
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}

const throwing = {
  get bad(): number {
    throw new Error('no');
  },
};

/** The table of the README, row by row: what is given, what is written, and the finding. */
const TABLE: readonly [title: string, given: unknown, written: unknown, kind: ShapeKind | null][] = [
  ['a NaN', { x: NaN }, { x: null }, 'non-finite'],
  ['an infinity', [Infinity, -Infinity], [null, null], 'non-finite'],
  ['a bigint', { x: 10n ** 20n }, { x: '100000000000000000000' }, 'bigint'],
  ['a Date', { x: new Date(0) }, { x: '1970-01-01T00:00:00.000Z' }, 'date'],
  ['an invalid Date', { x: new Date(NaN) }, { x: null }, 'date'],
  [
    'a Map',
    {
      x: new Map<unknown, unknown>([
        ['a', 1],
        [2, 3],
        [{}, 4],
      ]),
    },
    { x: { a: 1, 2: 3, '[Object]': 4 } },
    'converted',
  ],
  ['a Set', { x: new Set([1, 'b']) }, { x: [1, 'b'] }, 'converted'],
  ['a Decimal with toString', { x: new Decimal('1.50') }, { x: '1.50' }, 'converted'],
  ['a Decimal with toJSON', { x: { toJSON: () => '1.5' } }, { x: '1.5' }, 'converted'],
  ['an object with toJSON', { x: { toJSON: () => ({ y: 2 }) } }, { x: { y: 2 } }, 'converted'],
  ['an array of floats', { x: new Float64Array([1, 2.5]) }, { x: [1, 2.5] }, 'converted'],
  ['bytes', { x: Buffer.from('secret') }, { x: '[binary]' }, 'binary'],
  ['an array buffer', { x: new ArrayBuffer(4) }, { x: '[binary]' }, 'binary'],
  ['a URL', { x: new URL('https://a.example/b') }, { x: 'https://a.example/b' }, 'converted'],
  ['a boxed value', { x: Object('a') }, { x: 'a' }, 'converted'],
  ['a function', { x: () => 1, y: 2 }, { y: 2 }, 'not-data'],
  ['a function in an array', [() => 1, 2], [null, 2], 'not-data'],
  ['a function as the value', () => 1, null, 'not-data'],
  ['a symbol', { x: Symbol('s'), y: 2 }, { y: 2 }, 'not-data'],
  ['a promise', { x: Promise.resolve(1), y: 2 }, { y: 2 }, 'not-data'],
  ['a cycle', cyclic(), { a: 1, self: '[cycle]' }, 'cycle'],
  ['a getter', { get x() { return 5; } }, { x: 5 }, 'accessor'], // prettier-ignore
  ['a getter that throws', throwing, { bad: '[unreadable]' }, 'unreadable'],
  ['a toJSON that throws', { x: { toJSON: () => { throw new Error('no'); } } }, { x: '[unreadable]' }, 'unreadable'], // prettier-ignore
  ['a proxy that throws', new Proxy({}, { ownKeys: () => { throw new Error('no'); } }), '[unreadable]', 'unreadable'], // prettier-ignore
  ['a lone surrogate', { x: 'a\ud800b' }, { x: 'a\uFFFDb' }, 'lone-surrogate'],
  ['a lone surrogate in a key', { 'k\udc00': 1 }, { 'k\uFFFD': 1 }, 'lone-surrogate'],
  ['a surrogate pair', { x: '😀' }, { x: '😀' }, null],
  ['NUL and line separators', { x: '\0 \u2028 \u2029' }, { x: '\0 \u2028 \u2029' }, null],
  ['an undefined value', { x: undefined, y: 1 }, { x: undefined, y: 1 }, null],
  ['an instance of a class', new Position(), new Position(), null],
  ['an object without prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }, null],
  ['a Python Decimal', { x: "Decimal('1.5')" }, { x: "Decimal('1.5')" }, 'python-repr'],
  ['a Python object', { x: '<Foo object at 0x7f12ab>' }, { x: '<Foo object at 0x7f12ab>' }, 'python-repr'],
  ['a Python nan', { x: 'nan' }, { x: 'nan' }, 'python-repr'],
  ['a Python datetime', { x: 'datetime.datetime(2026, 1, 1)' }, { x: 'datetime.datetime(2026, 1, 1)' }, 'python-repr'],
  ['a word with nan in it', { x: 'finance' }, { x: 'finance' }, null],
];

describe('values that are not plain data', () => {
  it.each(TABLE)('%s has its stated outcome', (_title, given, written, kind) => {
    const { value, findings } = redact(given);
    expect(value).toEqual(written);
    const kinds = findings.map((each) => each.kind);
    if (kind === null) expect({ kinds, same: value === given }).toEqual({ kinds: [], same: true });
    else expect(kinds).toContain(kind);
  });

  it('reads an accessor once, so that what was checked is what is written', () => {
    let reads = 0;
    const { value } = redact({ get x() { reads += 1; return `read ${reads}`; } }); // prettier-ignore
    expect({ value: JSON.stringify(value), reads }).toEqual({ value: '{"x":"read 1"}', reads: 1 });
  });

  it('keeps own keys named __proto__ and constructor as data and touches no prototype', () => {
    const given: unknown = JSON.parse(
      '{"__proto__":{"polluted":"password=abc#12"},"constructor":{"prototype":{"x":1}}}',
    );
    const { value, findings } = redact(given);
    expect(JSON.stringify(value)).toBe(
      '{"__proto__":{"polluted":"password=[redacted:password]"},"constructor":{"prototype":{"x":1}}}',
    );
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(findings.map(({ kind }) => kind)).toEqual(['proto-key', 'password']);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('limits', () => {
  it('cut a string and say so, within the limit', () => {
    const { value, findings } = createRedactor({ env: {}, limits: { string: 100 } })({ x: 'ab '.repeat(100) });
    expect((value as { x: string }).x).toBe(`${'ab '.repeat(100).slice(0, 94)}…[cut]`);
    expect(findings).toEqual([{ kind: 'cut-string', pointer: '/x', count: 1 }]);
  });

  it('never cut a secret in two', () => {
    const secret = `ghp_${'aB3dE6gH'.repeat(5)}`;
    const short = createRedactor({ env: {}, limits: { string: 100 } });
    for (let before = 40; before < 110; before += 1)
      expect(JSON.stringify(short({ x: `${'-'.repeat(before)} ${secret} ${'z '.repeat(80)}` }).value)).not.toContain(
        'ghp_a',
      );
  });

  it('cut a key, the depth, the number of values and the size', () => {
    const small = createRedactor({ env: {}, limits: { key: 32, depth: 3, nodes: 8, size: 64 } });
    expect(small({ ['k'.repeat(50)]: 1 }).value).toEqual({ [`${'k'.repeat(26)}…[cut]`]: 1 });
    expect(small(nested(5)).value).toEqual({ a: { a: { a: '[cut]' } } });
    expect(small(Array.from({ length: 20 }, (_, index) => index)).value).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(small(['x'.repeat(60), 'y'.repeat(60)]).value).toEqual(['x'.repeat(60), '[cut]']);
    expect(small(Array.from({ length: 20 }, () => 1)).findings).toEqual([
      { kind: 'cut-nodes', pointer: '', count: 12 },
    ]);
  });

  it('hold where the data is endless', () => {
    const endless: unknown = new Proxy({}, { ownKeys: () => ['a', 'b'], getOwnPropertyDescriptor: () => ({ value: endless, enumerable: true, configurable: true }) }); // prettier-ignore
    expect(() => redact(endless)).not.toThrow();
    const wide = new Map(Array.from({ length: 300_000 }, (_, index) => [index, index]));
    expect(Object.keys(redact(wide).value as object)).toHaveLength(200_000);
  });
});
