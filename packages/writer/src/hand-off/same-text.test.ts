import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fraction, percentPoints, registry, validateWriterView } from '@hedge-telemetry/contract';
import type { SurfaceEntry } from '@hedge-telemetry/contract';
import { createDecoder, createRegion, createSink, FAILED, openScreen } from '@hedge-telemetry/contract/encoding';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encoderOf } from '../encoders.js';
import { prepare } from '../prepare.js';
import type { Redaction } from '../redact/index.js';
import { createRedaction } from '../redact/index.js';

const RUNS = Number(process.env['TELEMETRY_FUZZ'] ?? 400);
const SEED = 20_261_128;
const NOW = 1_764_000_000.123;
const examples = path.resolve(import.meta.dirname, '../../../../schemas/examples');
const now = () => NOW;
/** The general way without its search for secrets, which the other way leaves to the file thread. */
const redaction: Redaction = { ...createRedaction({ env: {} }), redact: (value) => ({ value, findings: [] }) };

/** Documents that the encoder leaves to the general way, which fills in the source of a derived field. */
const GENERAL = new Set(['risk_snapshot/contract.json', 'risk_snapshot/zero.json']);

const surfaces = Object.values(registry);

describe.each(surfaces.map((entry) => [entry.name, entry] as const))('%s', (name, entry) => {
  const ways = waysOf(entry);
  const valid = documents(name, 'valid');

  it.each(valid)('valid/%s: gives the text of the general way', (file, document) => {
    const { encoded, general } = ways(document);
    expect(encoded === null).toBe(GENERAL.has(`${name}/${file}`));
    if (encoded !== null) expect(encoded).toBe(general);
  });

  it('takes no document that the general way refuses or has something to say about', () => {
    const refused = documents(name, 'invalid').map(([, { document }]) => ways(document));
    expect(refused.length).toBeGreaterThan(0);
    for (const { encoded, general } of refused) if (encoded !== null) expect(encoded).toBe(general);
    expect(refused.some(({ encoded }) => encoded === null)).toBe(true);
  });

  it('gives the same text whatever becomes of a document, its keys in any order', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...valid.map(([, document]) => document)).chain(changed), (document) => {
        const { encoded, general, end, at } = ways(document);
        if (encoded === null) return;
        taken += 1;
        expect(encoded).toBe(general);
        expect(end).toBe(at);
        expect(validateWriterView(name, JSON.parse(encoded))).toEqual([]);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(taken).toBeGreaterThan(RUNS / 20);
  });
});

it('reads what is given once: a key that changes its mind is not written twice', () => {
  const ways = waysOf(registry.events);
  const [, example] = documents('events', 'valid')[0] as [string, object];
  for (const key of ['schema', 'ts']) {
    let reads = 0;
    const value = (example as Record<string, unknown>)[key] ?? 'events_v1';
    const get = (): unknown => ((reads += 1) === 1 ? value : undefined);
    const record = Object.defineProperty({ ...example }, key, { enumerable: true, get });
    const { encoded } = ways(record);
    expect((encoded ?? '').split(`"${key}":`).length).toBeLessThanOrEqual(2);
  }
});

/** Both ways to the text of a document; null where it is refused, or left to the other. */
function waysOf(entry: SurfaceEntry) {
  const encode = encoderOf(entry.name);
  const decode = createDecoder(entry, openScreen);
  const region = createRegion(new SharedArrayBuffer(1 << 20), now);
  return (document: unknown) => {
    const said = prepare(entry, document, now, redaction);
    const general = said.findings.length === 0 ? said.text : null;
    const end = encode(document, 0, region);
    if (end === FAILED) return { encoded: null, general, end, at: end };
    const sink = createSink();
    const cursor = { bytes: region.bytes, view: region.view, at: 0 };
    decode(cursor, sink);
    return { encoded: `${sink.bytes.toString('utf8', 0, sink.at)}\n`, general, end, at: cursor.at };
  };
}

function documents(name: string, folder: string): [string, { document: unknown }][] {
  const directory = path.join(examples, name, folder);
  const files = existsSync(directory) ? readdirSync(directory).toSorted() : [];
  return files.map((file) => [
    file,
    JSON.parse(readFileSync(path.join(directory, file), 'utf8')) as { document: unknown },
  ]);
}

/** What a caller may put in place of a value, valid or not. */
const values = fc.oneof(
  fc.double(),
  fc.integer({ min: -3, max: 1e6 }),
  fc.constantFrom(
    null,
    undefined,
    0,
    -0,
    1,
    NaN,
    Infinity,
    true,
    false,
    '',
    '0',
    'LONG',
    'BTCUSDT',
    'é"\\\n',
    '\u2028',
    '\ud800',
  ),
  fc.constantFrom<unknown>(
    7n,
    -7n,
    9_007_199_254_740_993n,
    new Date(NOW * 1000),
    new Date(NaN),
    percentPoints(0.13),
    fraction(0.5),
  ),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.object({ maxDepth: 2, withBigInt: true, withDate: true, withNullPrototype: true }),
  fc.constantFrom<unknown>(
    [],
    {},
    [null],
    [1, 'a', { b: [] }],
    new Map([['a', 1]]),
    new Set([1]),
    Symbol.iterator,
    () => 1,
  ),
);

/** A document of which a few values are replaced, members dropped or added, keys put in another order. */
function changed(document: unknown): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.integer({ min: 0, max: 3 }), fc.infiniteStream(fc.nat()), fc.infiniteStream(values))
    .map(([changes, numbers, replacements]) => {
      let result = structuredClone(document);
      for (let i = 0; i < changes; i += 1) result = changedAt(result, numbers, replacements);
      return result;
    });
}

function changedAt(value: unknown, numbers: Iterator<number>, replacements: Iterator<unknown>): unknown {
  const next = (): number => numbers.next().value ?? 0;
  if (typeof value !== 'object' || value === null || next() % 6 === 0) return replacements.next().value;
  if (Array.isArray(value)) {
    if (value.length === 0) return next() % 2 === 0 ? value : [replacements.next().value];
    return value.with(next() % value.length, changedAt(value[next() % value.length], numbers, replacements));
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return value;
  const place = next() % entries.length;
  const [key, held] = entries[place] as [string, unknown];
  switch (next() % 8) {
    case 0:
      return Object.fromEntries(entries.toSpliced(place, 1));
    case 1:
      return Object.fromEntries([...entries.slice(place), ...entries.slice(0, place)]);
    case 2:
      return Object.fromEntries([...entries, [`key${next() % 3}`, replacements.next().value]]);
    default:
      return Object.fromEntries(entries.with(place, [key, changedAt(held, numbers, replacements)]));
  }
}
