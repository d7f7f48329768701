import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { SurfaceName } from '@hedge-telemetry/contract';

const examples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../schemas/examples');

/** Strings that have gone wrong somewhere: printed Python values, marks of every kind, prototypes, secrets. */
const TEXTS = [
  '',
  'nan',
  "Decimal('1.5')",
  '<Foo object at 0x7f12ab34>',
  '\ud800',
  'a\u0000b',
  'line\u2028break\r\n',
  '__proto__',
  `api_key=${'aB3dE6gH9'.repeat(4)}`,
  'https://ops:hunter2x@host/x?signature=0123456789abcdef0123456789abcdef',
  'Error: x\n    at publish (/srv/bot/exec.js:184:6)',
  '9'.repeat(30),
  'word '.repeat(2000),
  '2026-03-04T05:06:07Z',
  'BTCUSDT',
];

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
  withUnicodeString: true,
});

/** What no plain data holds; each is made anew, since a getter may remember that it was asked. */
const exotic: fc.Arbitrary<unknown> = fc
  .constantFrom<(() => unknown)[]>(
    () => new Error('broken at /srv/bot/exec.js:12', { cause: new Error('inner') }),
    () =>
      new Map<unknown, unknown>([
        ['__proto__', 1],
        [{}, new Set([1n, Number.NaN])],
      ]),
    () => Object.defineProperty({}, 'a', { enumerable: true, get: thrower }),
    () => new Proxy({}, { ownKeys: thrower, getPrototypeOf: thrower, get: thrower }),
    () => ({ toJSON: thrower }),
    () => ({ toJSON: () => ({ toJSON: () => 1 }) }),
    () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":1}}') as unknown,
    () => cycle(),
    () => nested(200),
    () => new Date(Number.NaN),
    () => Object.assign(Object.create({ toString: () => '1.5' }) as object, { s: 1, e: 0 }),
    () => Symbol('x'),
    () => thrower,
    () => new URL('https://ops:hunter2x@host/'),
    () => new Uint8Array([1, 2, 3]),
    () => Promise.resolve(1),
  )
  .map((make) => make());

const junk: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<unknown[]>(...TEXTS) },
  { weight: 2, arbitrary: fc.oneof(fc.double(), fc.integer(), fc.bigInt(), fc.boolean(), fc.constant(null)) },
  { weight: 2, arbitrary: exotic },
  { weight: 2, arbitrary: anything },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

const key = fc.oneof(
  fc.constantFrom('note', '__proto__', 'constructor', 'api_key', 'value', '\ud800', ''),
  fc.string(),
);

/** A change at one place of a document, or none: `place` is counted over all places that it has, again and again. */
interface Change {
  readonly place: number;
  readonly how: 'replace' | 'add' | 'remove' | 'none';
  readonly key: string;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  place: fc.nat(),
  how: fc.constantFrom('replace' as const, 'add' as const, 'add' as const, 'remove' as const, 'none' as const),
  key,
  value: junk,
});

/** A document or record for one of the surfaces: a valid example changed at up to three places, or anything at all. */
export function documentsOf<N extends SurfaceName>(names: readonly N[]): fc.Arbitrary<readonly [N, unknown]> {
  const valid = new Map(names.map((name) => [name, validExamples(name)]));
  return fc.constantFrom(...names).chain((name) => {
    const nearlyValid = fc
      .tuple(fc.constantFrom(...(valid.get(name) ?? [])), fc.array(change, { maxLength: 3 }))
      .map(([text, changes]) => changed(JSON.parse(text), changes));
    const given = fc.oneof({ weight: 7, arbitrary: nearlyValid }, { weight: 1, arbitrary: junk });
    return given.map((value) => [name, value] as const);
  });
}

function validExamples(name: SurfaceName): string[] {
  const folder = path.join(examples, name, 'valid');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
}

/** The places are those of the example, so that nothing strange that was put there is walked. */
function changed(document: unknown, changes: readonly Change[]): unknown {
  const places = placesOf(document);
  for (const { place, how, key: added, value } of changes) {
    const [container, at] = places[place % Math.max(1, places.length)] ?? [];
    if (container === undefined || at === undefined || how === 'none') continue;
    if (how === 'remove') Reflect.deleteProperty(container, at);
    else if (how === 'replace') define(container, at, value);
    else if (Array.isArray(container)) container.push(value);
    else define(openPart(container) ?? container, added, value);
  }
  return document;
}

/** Most additions go where the contract leaves room for them. */
function openPart(container: object): object | undefined {
  const metadata: unknown = Object.getOwnPropertyDescriptor(container, 'metadata')?.value;
  return typeof metadata === 'object' && metadata !== null ? metadata : undefined;
}

function placesOf(value: unknown): (readonly [object, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((at) => [[value, at] as const, ...placesOf(Reflect.get(value, at))]);
}

/** A proxy that throws is left alone. */
function define(container: object, at: string, value: unknown): void {
  Reflect.defineProperty(container, at, { value, enumerable: true, writable: true, configurable: true });
}

function thrower(): never {
  throw new Error('no');
}

function cycle(): unknown {
  const value: Record<string, unknown> = { a: 1 };
  value['self'] = [value];
  return value;
}

function nested(levels: number): unknown {
  return levels === 0 ? 1 : { a: nested(levels - 1) };
}
