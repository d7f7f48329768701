import { describe, expect, it } from 'vitest';

import type { Schema } from '../tree/load.js';
import { migrationStub } from './stub.js';
import { measured, nav, nullable, number, object, stubOf } from './testing.js';

/** What the stub does once its types are gone. */
async function run(
  text: string,
): Promise<{ up: (document: unknown) => unknown; down?: (document: unknown) => unknown }> {
  const plain = text
    .replaceAll(/^import .*\n/gm, '')
    .replaceAll(/^(export )?function (\w+)\(\s*document: [^]*?\{$/gm, '$1function $2(document) {');
  return (await import(`data:text/javascript,${encodeURIComponent(plain)}`)) as never;
}

const upOf = async (before: Schema, after: Schema, document: unknown): Promise<unknown> =>
  (await run(stubOf(before, after))).up(document);

describe('a migration stub', () => {
  const tagged = (tag: string, key: string, extra: Schema = {}): Schema =>
    nav({ schema: { const: tag }, [key]: { ...number, ...extra }, at: number }, [key, 'at']);
  const renamed = [tagged('nav_v1', 'nav'), tagged('nav_v1', 'total', { 'x-renamed-from': 'nav' })] as const;

  it('names the types of both versions and moves the tag', () => {
    expect(stubOf(...renamed)).toBe(`import type { NavV1 } from '../../../generated/types/nav-v1.js';
import type { NavV2 } from '../../../generated/types/nav-v2.js';

/** nav 1 to 2. */
export function up(document: NavV1): NavV2 {
  const { schema: _tag, nav: _nav, ...rest } = document;
  return { ...rest, schema: 'nav_v2', total: document.nav };
}

/** nav 2 to 1. */
export function down(document: NavV2): NavV1 {
  const { schema: _tag, total: _total, ...rest } = document;
  return { ...rest, schema: 'nav_v1', nav: document.total };
}
`);
  });

  it('can be undone, and changes neither its input nor other values', async () => {
    const { up, down } = await run(stubOf(...renamed));
    const document = Object.freeze({ schema: 'nav_v1', nav: 5, at: 1, unknown: 'kept' });
    expect(up(document)).toEqual({ schema: 'nav_v2', total: 5, at: 1, unknown: 'kept' });
    expect(down?.(up(document))).toEqual(document);
  });

  it('goes into objects, arrays, maps and unions, null or not', async () => {
    const row = (key: string, extra: Schema = {}): Schema => object({ [key]: { ...number, ...extra } });
    const record = (kind: string, key: string, extra: Schema = {}): Schema =>
      object({ kind: { const: kind }, [key]: { ...number, ...extra } });
    const version = (key: string, extra: Schema = {}): Schema =>
      nav(
        {
          block: row(key, extra),
          rows: { type: ['array', 'null'], items: { $ref: '#/$defs/Row' } },
          map: { type: 'object', additionalProperties: nullable('Row') },
          record: { 'x-tag': 'kind', oneOf: [{ $ref: '#/$defs/Fill' }, { $ref: '#/$defs/Close' }] },
        },
        undefined,
        { Row: row(key, extra), Fill: record('fill', key, extra), Close: record('close', 'same') },
      );
    const [before, after] = [version('px'), version('price', { 'x-renamed-from': 'px' })];
    const document = {
      block: { px: 1 },
      rows: [{ px: 2 }],
      map: { a: null, b: { px: 3 } },
      record: { kind: 'fill', px: 4 },
    };
    expect(await upOf(before, after, document)).toEqual({
      block: { price: 1 },
      rows: [{ price: 2 }],
      map: { a: null, b: { price: 3 } },
      record: { kind: 'fill', price: 4 },
    });
    expect(await upOf(before, after, { ...document, rows: null, record: { kind: 'close', same: 1 } })).toMatchObject({
      rows: null,
      record: { kind: 'close', same: 1 },
    });
  });

  it.each([
    ['percent', 'fraction', 25, 0.25],
    ['fraction', 'bps', 0.5, 5000],
    ['ms', 's', 1500, 1.5],
    ['hours', 's', 2, 7200],
    ['epoch_s', 'iso8601', 0, '1970-01-01T00:00:00.000Z'],
    ['iso8601', 'epoch_s', '1970-01-01T00:01:00Z', 60],
  ])('converts %s to %s', async (from, to, value, expected) => {
    const field = (unit: string): Schema => measured(unit, unit === 'iso8601' ? 'string' : 'number');
    expect(await upOf(nav({ x: field(from) }), nav({ x: field(to) }), { x: value })).toEqual({ x: expected });
  });

  it('converts the unit of what an array or a map holds', async () => {
    const version = (unit: string): Schema =>
      nav({
        list: { type: 'array', items: number, 'x-unit': unit },
        map: { type: 'object', additionalProperties: { type: ['number', 'null'] }, 'x-unit': unit },
      });
    expect(await upOf(version('percent'), version('fraction'), { list: [50], map: { a: 25, b: null } })).toEqual({
      list: [0.5],
      map: { a: 0.25, b: null },
    });
  });

  it('keeps null where both admit it, and asks where the new version does not', async () => {
    const [before, after] = [measured('percent', ['number', 'null']), measured('fraction', ['number', 'null'])];
    expect(await upOf(nav({ x: before }), nav({ x: after }), { x: null })).toEqual({ x: null });
    expect(stubOf(nav({ x: before }), nav({ x: measured('fraction') }))).toContain(
      'document.x === null ? UNWRITTEN : document.x / 100',
    );
  });

  it('fills new required keys with their default, else null, else leaves them to be written', () => {
    const text = stubOf(
      nav({ a: number }),
      nav(
        { a: number, b: { ...number, default: 3 }, c: nullable('C'), d: { enum: ['x', null] }, e: number },
        undefined,
        { C: number },
      ),
    );
    expect(text).toContain(
      '    b: 3,\n    c: null,\n    d: null,\n    e: UNWRITTEN, // required now, and the old version does not say it\n',
    );
    expect(stubOf(nav({ a: number }), nav({ a: number, b: number }, ['a']))).not.toContain('UNWRITTEN');
  });

  it('fills a key that had been optional', async () => {
    const version = (required: readonly string[]): Schema => nav({ a: { type: ['number', 'null'] } }, required);
    expect(await upOf(version([]), version(['a']), {})).toEqual({ a: null });
    expect(await upOf(version([]), version(['a']), { a: 0 })).toEqual({ a: 0 });
    expect(stubOf(nav({ a: number }, []), nav({ a: number }))).toContain(
      'a: document.a === undefined ? UNWRITTEN : document.a,',
    );
  });

  it('writes down what absence meant where the default is another', async () => {
    const version = (value: number): Schema => nav({ a: { ...number, default: value } }, []);
    expect(await upOf(version(1), version(0.25), {})).toEqual({ a: 1 });
    expect(await upOf(version(1), version(0.25), { a: 7 })).toEqual({ a: 7 });
  });

  it('renames an optional key only where it is there', async () => {
    const [before, after] = [nav({ a: number }, []), nav({ b: { ...number, 'x-renamed-from': 'a' } }, [])];
    expect(await upOf(before, after, { a: 1 })).toEqual({ b: 1 });
    expect(await upOf(before, after, {})).toEqual({});
  });

  it.each([
    ['another type', number, { type: 'string' }, 'not every old value is a valid new one'],
    ['a narrower range', number, { ...number, minimum: 0 }, 'not every old value is a valid new one'],
    [
      'a list that may no longer be empty',
      { type: 'array', items: number },
      { type: 'array', items: number, minItems: 1 },
      'not every old',
    ],
    [
      'a tuple',
      { type: 'array', prefixItems: [number], items: false },
      { type: 'array', prefixItems: [{ type: 'string' }], items: false },
      'not every old',
    ],
    ['units that have nothing in common', measured('USD'), measured('s'), 'the unit was USD, it is s'],
    [
      'another derivation',
      { ...number, 'x-derived': { from: ['/a'] } },
      { ...number, 'x-derived': { from: ['/b'] } },
      'the writer computes it in another way',
    ],
  ])('leaves %s to be written', (_, before, after, remark) => {
    const { text, unwritten } = migrationStub('nav', 1, nav({ x: before }), nav({ x: after }));
    expect(unwritten).toBe(true);
    expect(text).toContain(`x: UNWRITTEN, // ${remark}`);
  });

  it('leaves a record that is no more to be written', () => {
    const record = (kind: string): Schema => object({ kind: { const: kind } });
    const union = (...kinds: string[]): Schema => ({ title: 'Nav', 'x-tag': 'kind', oneOf: kinds.map(record) });
    expect(stubOf(union('a', 'b'), union('a'))).toContain(
      "    case 'b':\n      return UNWRITTEN; // b is no longer a kind\n",
    );
  });

  it('carries wider values over, and then has no way back', () => {
    const { text, unwritten } = migrationStub('nav', 1, nav({ x: { enum: ['a'] } }), nav({ x: { enum: ['a', 'b'] } }));
    expect(unwritten).toBe(false);
    expect(text).toContain('return { ...document };');
    expect(text).not.toContain('down');
  });

  it('has no way back where a value is lost', () => {
    expect(stubOf(nav({ a: number, b: number }), nav({ a: number }))).not.toContain('export function down');
    expect(stubOf(nav({ a: number }), nav({ a: number, b: { ...number, default: 0 } }))).toContain(
      'export function down',
    );
  });

  it('ends on recursive types', async () => {
    const node = (key: string, extra: Schema = {}): Schema =>
      object({ [key]: { ...number, ...extra }, next: nullable('Node') });
    const before = nav({ list: nullable('Node') }, undefined, { Node: node('v') });
    const after = nav({ list: nullable('Node') }, undefined, { Node: node('value', { 'x-renamed-from': 'v' }) });
    const document = { list: { v: 1, next: { v: 2, next: null } } };
    expect(await upOf(before, after, document)).toEqual({ list: { value: 1, next: { value: 2, next: null } } });
  });

  it('gives two helpers two names', () => {
    const version = (extra: Schema): Schema =>
      nav({
        a_b: object({ c: object({ x: number }) }),
        a: object({ b_c: object({ [String(extra['key'] ?? 'x')]: extra }) }),
      });
    const next = nav({
      a_b: object({ c: object({ y: { ...number, 'x-renamed-from': 'x' } }) }),
      a: object({ b_c: object({ z: { ...number, 'x-renamed-from': 'x' } }) }),
    });
    const names = [...stubOf(version(number), next).matchAll(/function (up\w*)/g)].map(([, name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('upABC2');
  });
});
