import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeJson, safeJsonLimits } from './safe-json.js';

const cycle: Record<string, unknown> = { a: 1 };
cycle['self'] = cycle;
const decimal = { toJSON: () => '1.5' };
const throwing = {
  ok: 1,
  get bad(): never {
    throw new Error('no');
  },
};
const trap = new Proxy({}, { ownKeys: () => { throw new Error('no'); } }); // prettier-ignore
const withProto: unknown = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}');
const failure = Object.assign(new TypeError('bad\u2028line'), { code: 'E1', request: { secret: 1 } });

describe('safeJson', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'null'],
    ['NaN and infinities', [NaN, Infinity, -Infinity, -0], '[null,null,null,0]'],
    ['functions and symbols', { f: () => 1, s: Symbol('s') }, '{"f":null,"s":null}'],
    ['bigints', 2n ** 64n, '"18446744073709551616"'],
    ['dates', [new Date(0), new Date(NaN)], '["1970-01-01T00:00:00.000Z",null]'],
    ['maps and sets', new Map<unknown, unknown>([['a', new Set([1, 2])], [3, null]]), '{"3":null,"a":[1,2]}'], // prettier-ignore
    ['decimal-like objects', { price: decimal }, '{"price":"1.5"}'],
    ['bytes', new Uint8Array(5), '"[5 bytes]"'],
    ['cycles', cycle, '{"a":1,"self":"[cycle]"}'],
    ['getters that throw', throwing, '{"ok":1,"bad":"[unreadable]"}'],
    ['proxies that throw', [trap], '["[unreadable]"]'],
    ['keys of prototypes', withProto, '{"__proto__":{"x":1},"constructor":2}'],
    ['errors', failure, String.raw`{"name":"TypeError","code":"E1","message":"bad\u2028line"}`],
    ['lone surrogates', '\uD800', String.raw`"\ud800"`],
    ['the same value twice', [decimal, decimal], '["1.5","1.5"]'],
  ])('has one form for %s', (_name, value, want) => {
    expect(safeJson(value)).toBe(want);
  });

  it('leaves Object.prototype alone', () => {
    safeJson(withProto);
    expect(Object.prototype).not.toHaveProperty('x');
  });

  it('is bounded in depth, entries, text and values', () => {
    let deep: unknown = 'bottom';
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(safeJson(deep)).toBe(`${'['.repeat(safeJsonLimits.depth)}"[depth]"${']'.repeat(safeJsonLimits.depth)}`);
    const list: unknown[] = JSON.parse(safeJson(Array.from({ length: 1_000 }, () => 1)));
    expect([list.length, list.at(-1)]).toEqual([safeJsonLimits.entries + 1, '[+800]']);
    const keyed = JSON.parse(
      safeJson(Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`k${index}`, 1]))),
    );
    expect(Object.keys(keyed).at(-1)).toBe('[+800]');
    expect(JSON.parse(safeJson('x'.repeat(10_000)))).toHaveLength(safeJsonLimits.text + 1);
    const row = (): string[] => Array.from({ length: 200 }, () => 'y'.repeat(10_000));
    expect(safeJson(Array.from({ length: 200 }, row)).length).toBeLessThan(200_000);
  });

  it('ends on an iterator that does not', () => {
    class Endless extends Map<number, number> {
      override *[Symbol.iterator](): MapIterator<[number, number]> {
        for (let index = 0; ; index += 1) yield [index, index];
      }
    }
    expect(Object.keys(JSON.parse(safeJson(new Endless()))).length).toBe(safeJsonLimits.entries + 1);
  });

  it('gives JSON on one line for anything', () => {
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withNullPrototype: true, withSparseArray: true, withObjectString: true, stringUnit: 'binary' }); // prettier-ignore
    fc.assert(
      fc.property(anything, (value) => {
        const text = safeJson(value);
        expect(() => JSON.parse(text)).not.toThrow();
        expect(text).not.toMatch(/[\n\r\u0085\u2028\u2029]/);
      }),
      { numRuns: 2_000, seed: 20_260 },
    );
  });
});
