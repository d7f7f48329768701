import { existsSync, readFileSync } from 'node:fs';
import { ledgerNames, parseJson, stateNames, validateWriterView } from '@hedge-telemetry/contract';
import type { LedgerName, StateName } from '@hedge-telemetry/contract';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fileOf, linesOf, nav, navPoint, orderEvent, riskSnapshot, temporaryDirectory } from '../test/fixtures.js';
import { createWriter } from './index.js';

const RUNS = 2000;
const SEED = 20_251_124;

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
});

const states: Partial<Record<StateName, readonly unknown[]>> = {
  nav: [nav(1)],
  risk_snapshot: [{ ...riskSnapshot, dd_pct: 1, daily_loss_pct: 2 }],
  positions: [[{ symbol: 'BTCUSDT', qty: 1, entryPrice: 1, mark_price: 1, leverage: 1, side: 'LONG' }]],
};
const records: Partial<Record<LedgerName, readonly unknown[]>> = { events: [orderEvent], nav_history: [navPoint(1)] };

/** Any value, or a valid document with some of its values replaced. */
function documents<N extends string>(names: readonly N[], valid: Partial<Record<N, readonly unknown[]>>) {
  const wild = fc.tuple(fc.constantFrom(...names), anything);
  const known = names.filter((name) => valid[name] !== undefined);
  const nearlyValid = fc.constantFrom(...known).chain((name) =>
    fc.tuple(
      fc.constant(name),
      fc.constantFrom(...(valid[name] ?? [])).chain((each) => altered(each)),
    ),
  );
  return fc.oneof(wild, nearlyValid, nearlyValid);
}

function altered(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) return fc.array(altered(value[0]), { maxLength: 3 });
  const entries = Object.entries(value as Record<string, unknown>).map(([key, each]) => [
    key,
    fc.oneof({ weight: 12, arbitrary: fc.constant(each) }, { weight: 2, arbitrary: fc.double() }, anything),
  ]);
  return fc.record(Object.fromEntries(entries) as Record<string, fc.Arbitrary<unknown>>);
}

it('never throws and never leaves an invalid state file, whatever is published', async () => {
  const dir = temporaryDirectory();
  const writer = createWriter({ dir });
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(documents(stateNames, states), async ([name, document]) => {
      const { ok, findings } = writer.publish(name, document as never);
      expect(findings.some(({ level }) => level === 'error')).toBe(!ok);
      if (!ok) return;
      taken += 1;
      expect(await writer.flush()).toMatchObject({ ok: true });
      const parsed = parseJson(readFileSync(fileOf(dir, name)));
      expect(parsed.ok && validateWriterView(name, parsed.value)).toEqual([]);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  await writer.close();
  expect(taken).toBeGreaterThan(50);
  expect(taken).toBeLessThan(RUNS);
});

it('never throws and never leaves an invalid line, whatever is appended', async () => {
  const dir = temporaryDirectory();
  const writer = createWriter({ dir });
  const taken = new Map<LedgerName, number>();
  fc.assert(
    fc.property(documents(ledgerNames, records), ([name, record]) => {
      const { ok } = writer.append(name, record as never);
      if (ok) taken.set(name, (taken.get(name) ?? 0) + 1);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  await writer.close();
  expect(taken.get('events')).toBeGreaterThan(20);
  for (const name of ledgerNames) {
    const lines = existsSync(fileOf(dir, name)) ? linesOf(fileOf(dir, name)) : [];
    expect(lines).toHaveLength(taken.get(name) ?? 0);
    for (const line of lines) {
      const parsed = parseJson(line);
      expect(parsed.ok && validateWriterView(name, parsed.value)).toEqual([]);
    }
  }
});

it('reads back equal to what was given, for plain valid records', async () => {
  const dir = temporaryDirectory();
  const writer = createWriter({ dir });
  const given: unknown[] = [];
  const text = fc.string({ unit: 'binary', maxLength: 40 });
  fc.assert(
    fc.property(text, fc.dictionary(text, fc.jsonValue({ noUnicodeString: false })), (symbol, metadata) => {
      const record = { ...orderEvent, ts: '2025-11-24T16:02:03Z', symbol: `A${symbol.length}`, metadata };
      if (writer.append('events', record).ok) given.push({ schema: 'events_v1', ...record });
    }),
    { numRuns: 300, seed: SEED },
  );
  await writer.close();
  const read = linesOf(fileOf(dir, 'events')).map((line) => JSON.parse(line) as unknown);
  expect(read).toHaveLength(300);
  expect(read).toEqual(JSON.parse(JSON.stringify(given)));
});
