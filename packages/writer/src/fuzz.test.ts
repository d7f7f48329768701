import { existsSync, readFileSync } from 'node:fs';
import { interpret, ledgerNames, parseJson, registry, stateNames, validateWriterView } from '@hedge-telemetry/contract';
import type { Finding, LedgerName, SurfaceName } from '@hedge-telemetry/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { documentsOf } from '../test/documents.js';
import { fileOf, linesOf, temporaryDirectory } from '../test/fixtures.js';
import { createWriter } from './index.js';

const RUNS = Number(process.env['TELEMETRY_FUZZ'] ?? 1500);
const SEED = Number(process.env['TELEMETRY_SEED'] ?? 20_261_128);
const LONGEST = 60 * 60_000;

interface Taken {
  readonly record: unknown;
  readonly findings: readonly Finding[];
}

it(
  'publishes whatever it is given without a throw, writes valid files alone, and what it took without a finding reads back equal',
  async () => {
    const dir = temporaryDirectory();
    const writer = createWriter({ dir, redaction: { env: {} } });
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(documentsOf(stateNames), async ([name, document]) => {
        const before = contentOf(dir, name);
        const { ok, findings } = writer.publish(name, document as never);
        expect(findings.some(({ level }) => level === 'error')).toBe(!ok);
        if (!ok) {
          expect(contentOf(dir, name)).toBe(before);
          return;
        }
        expect(await writer.flush()).toMatchObject({ ok: true });
        taken += 1;
        expectReadable(name, contentOf(dir, name) ?? '', document, findings);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    await writer.close();
    expect(taken).toBeGreaterThan(RUNS * 0.3);
  },
  LONGEST,
);

it(
  'appends whatever it is given without a throw, writes valid lines alone and in order, and what it took without a finding reads back equal',
  async () => {
    const dir = temporaryDirectory();
    const writer = createWriter({ dir, redaction: { env: {} } });
    const taken = new Map(ledgerNames.map((name): [LedgerName, Taken[]] => [name, []]));
    fc.assert(
      fc.property(documentsOf(ledgerNames), ([name, record]) => {
        const { ok, findings } = writer.append(name, record as never);
        expect(findings.some(({ level }) => level === 'error')).toBe(!ok);
        if (ok) taken.get(name)?.push({ record, findings });
      }),
      { numRuns: RUNS, seed: SEED + 1 },
    );
    expect(await writer.close()).toMatchObject({ ok: true });
    for (const name of ledgerNames) {
      const lines = existsSync(fileOf(dir, name)) ? linesOf(fileOf(dir, name)) : [];
      const records = taken.get(name) ?? [];
      expect(lines).toHaveLength(records.length);
      records.forEach(({ record, findings }, index) => expectReadable(name, lines[index] ?? '', record, findings));
    }
    expect([...taken.values()].flat().length).toBeGreaterThan(RUNS * 0.3);
  },
  LONGEST,
);

function contentOf(dir: string, name: SurfaceName): string | null {
  const file = fileOf(dir, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

function expectReadable(name: SurfaceName, text: string, given: unknown, findings: readonly Finding[]): void {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(`not JSON: ${text.slice(0, 200)}`);
  expect(validateWriterView(name, JSON.parse(text)), text.slice(0, 400)).toEqual([]);
  const { dialect, document, findings: said } = interpret(name, parsed.value);
  expect(said.filter(({ level }) => level === 'error')).toEqual([]);
  expect(dialect).toBe('canonical');
  expect(differences(parsed.value, document, '', new Set())).toEqual([]);
  if (findings.length === 0)
    expect(differences(given, parsed.value, '', filledBy(name)), text.slice(0, 400)).toEqual([]);
}

/** The keys of a document, or of its rows, that the writer adds or computes. */
function filledBy(name: SurfaceName): ReadonlySet<string> {
  const { age, derived } = registry[name];
  return new Set([
    'schema',
    ...[age.pointer, ...derived.flatMap(({ pointer, from }) => [pointer, ...from])].map(lastKey),
  ]);
}

function lastKey(pointer: string): string {
  return pointer.split('/').at(-1) ?? '';
}

/** Where two values differ, but for what the writer fills in and for the forms that it gives dates, bigints and ids. */
function differences(given: unknown, read: unknown, pointer: string, filled: ReadonlySet<string>): string[] {
  if (given instanceof Date || typeof given === 'bigint' || typeof given === 'number')
    return given === read || isSame(given, read) ? [] : [pointer];
  if (typeof given !== 'object' || given === null) return given === read ? [] : [pointer];
  if (typeof read !== 'object' || read === null) return [pointer];
  const keys = [...new Set([...Object.keys(given), ...Object.keys(read)])];
  return keys.flatMap((key) => {
    const value = own(given, key);
    const held = own(read, key);
    if (value !== undefined)
      return differences(value, held, `${pointer}/${key}`, Array.isArray(given) && pointer === '' ? filled : new Set());
    const absent = held === undefined || (Array.isArray(given) && held === null);
    return absent || filled.has(key) ? [] : [`${pointer}/${key}`];
  });
}

function own(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

function isSame(given: Date | bigint | number, read: unknown): boolean {
  if (given instanceof Date) return read === given.getTime() / 1000 || read === given.toISOString();
  return String(given) === String(read);
}
