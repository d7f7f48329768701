import { mkdir, rm, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { documentTime, interpret, ledgerNames, registry, stateNames, valuesAt } from '@hedge-telemetry/contract';
import type { FieldNode, LedgerName, ReadingState, StateName } from '@hedge-telemetry/contract';

/** What can be the matter with the file of a state surface. */
export const conditions = [
  'no file',
  'empty',
  'torn',
  'all null',
  'legacy dialect',
  'older version',
  'newer minor',
  'newer major',
  'wrong type',
  'unknown enum',
  'future clock',
  'stale',
] as const;

export type Condition = (typeof conditions)[number];

/** How old documents of a healthy directory are, in seconds. */
export const HEALTHY_AGE_S = 2;
const FUTURE_S = 3_600;
const examples = fileURLToPath(new URL('../../../schemas/examples', import.meta.url));

/** Writes a directory in which every surface and ledger is whole and fresh at `now` (seconds since 1970). */
export async function writeHealthy(dir: string, now: number): Promise<void> {
  await writeHealthyState(dir, now);
  for (const ledger of ledgerNames) {
    await write(join(dir, registry[ledger].file), `${healthyLines(ledger, now).join('\n')}\n`);
  }
}

/** The lines of a ledger that is whole and fresh. */
export function healthyLines(ledger: LedgerName, now: number): string[] {
  return ledgerExamples(ledger).map((document) => JSON.stringify(rebased(document, now - HEALTHY_AGE_S, ledger)));
}

/** The state files alone, for a page that is in the middle of reading the ledgers. */
export async function writeHealthyState(dir: string, now: number): Promise<void> {
  for (const surface of stateNames) await put(dir, surface, healthyText(surface, now));
}

/** Puts a surface of the directory into a condition. False where the surface cannot be in it (no legacy dialect, no enum). */
export async function applyCondition(
  dir: string,
  surface: StateName,
  condition: Condition,
  now: number,
): Promise<boolean> {
  if (condition === 'no file') {
    await rm(join(dir, registry[surface].file), { force: true });
    return true;
  }
  const text = conditionText(surface, condition, now);
  if (text === null) return false;
  await put(dir, surface, text);
  return true;
}

/** The states that a surface in this condition may be in, and no others. */
export function expectedStates(condition: Condition): readonly ReadingState[] {
  switch (condition) {
    case 'no file':
      return ['never'];
    case 'empty':
    case 'torn':
      return ['unreadable'];
    case 'newer major':
    case 'wrong type':
    case 'unknown enum':
      return ['invalid'];
    case 'future clock':
      return ['skewed'];
    case 'stale':
      return ['stale'];
    default:
      return ['fresh', 'stale'];
  }
}

function conditionText(surface: StateName, condition: Condition, now: number): string | null {
  const document = typical(surface);
  const at = now - HEALTHY_AGE_S;
  const text = (changed: unknown, time = at): string => JSON.stringify(rebased(changed, time, surface));
  switch (condition) {
    case 'empty':
      return '';
    case 'torn':
      return healthyText(surface, now).slice(0, -Math.ceil(healthyText(surface, now).length / 3));
    case 'all null':
      return text(example(surface, 'valid', 'nulls.json'));
    case 'legacy dialect': {
      const [file] = namesIn(surface, 'legacy');
      return file === undefined ? null : text((example(surface, 'legacy', file) as { document: unknown }).document);
    }
    case 'older version':
      return text(withoutTag(example(surface, 'valid', 'minimal.json')));
    case 'newer minor':
      return text(withNewFields(document));
    case 'newer major':
      return text(newerMajor(surface, document));
    case 'wrong type':
      return text(changed(registry[surface].root, document, wrongType));
    case 'unknown enum': {
      const strange = changed(registry[surface].root, document, unknownEnum);
      return JSON.stringify(strange) === JSON.stringify(document) ? null : text(strange);
    }
    case 'future clock':
      return text(document, now + FUTURE_S);
    case 'stale':
      return text(document, now - 2 * (registry[surface].staleAfterSeconds ?? 0) - 10);
    default:
      return null;
  }
}

function healthyText(surface: StateName, now: number): string {
  return JSON.stringify(rebased(typical(surface), now - HEALTHY_AGE_S, surface));
}

function typical(surface: string): unknown {
  return example(surface, 'valid', 'typical.json');
}

function ledgerExamples(ledger: string): unknown[] {
  return namesIn(ledger, 'valid')
    .filter((name) => name.includes('typical'))
    .map((name) => example(ledger, 'valid', name));
}

function namesIn(surface: string, folder: string): string[] {
  const path = join(examples, surface, folder);
  return existsSync(path) ? readdirSync(path).toSorted() : [];
}

function example(surface: string, folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(examples, surface, folder, name), 'utf8'));
}

const EARLIEST = Date.UTC(2020, 0, 1) / 1000;
const LATEST = Date.UTC(2040, 0, 1) / 1000;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** The document with every time in it moved so that its own timestamp is `at`. */
function rebased(document: unknown, at: number, surface: keyof typeof registry): unknown {
  const time = documentTime(registry[surface], interpret(surface, document).candidate) ?? newestTime(document);
  if (time === null) return document;
  const contentAge = registry[surface].age.content;
  const moved = mapValues(document, (value) => {
    if (typeof value === 'number' && value > EARLIEST && value < LATEST) return value + (at - time);
    if (typeof value === 'string' && ISO.test(value))
      return new Date(Date.parse(value) + (at - time) * 1000).toISOString();
    return value;
  });
  return contentAge === undefined ? moved : withLowContentAge(moved, contentAge);
}

/** The examples' NAV may be old for itself, which is not the condition that is wanted. */
function withLowContentAge(document: unknown, pointer: string): unknown {
  const [age] = valuesAt(document, pointer);
  return typeof age === 'number' ? { ...(document as object), [pointer.slice(1)]: Math.min(age, 1) } : document;
}

function newestTime(document: unknown): number | null {
  let newest: number | null = null;
  mapValues(document, (value) => {
    const time = typeof value === 'string' && ISO.test(value) ? Date.parse(value) / 1000 : value;
    if (typeof time === 'number' && time > EARLIEST && time < LATEST) newest = Math.max(newest ?? 0, time);
    return value;
  });
  return newest;
}

function mapValues(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => mapValues(each, change));
  if (typeof value !== 'object' || value === null) return change(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapValues(each, change)]));
}

function withoutTag(document: unknown): unknown {
  if (Array.isArray(document)) return document;
  const { schema: _schema, ...rest } = document as Record<string, unknown>;
  return registryTagRequired(document) ? document : rest;
}

function registryTagRequired(document: unknown): boolean {
  return Object.values(registry).some(
    ({ schemaTag, root }) =>
      (document as { schema?: unknown }).schema === schemaTag && (root.required ?? []).includes('schema'),
  );
}

/** Keys that a later minor version may add, of values that must never be taken for known ones. */
function withNewFields(document: unknown): unknown {
  const extra = { zz_later: 0, zz_later_status: 'OK', zz_later_rows: [] };
  return Array.isArray(document)
    ? document.map((row: unknown) => ({ ...(row as object), ...extra }))
    : { ...(document as object), ...extra };
}

/** As if every field had been renamed; an array surface becomes an object that says so. */
function newerMajor(surface: StateName, document: unknown): unknown {
  if (Array.isArray(document)) return { schema: `${surface}_v9`, held: document };
  const renamed = Object.entries(document as object).map(([key, value]) => [`${key}_v9`, value as unknown]);
  return { ...(Object.fromEntries(renamed) as object), schema: `${surface}_v9` };
}

type Change = (field: FieldNode, value: unknown) => unknown;

/** Every scalar field of a document changed; the timestamp and the schema tag stay. */
function changed(node: FieldNode, value: unknown, change: Change): unknown {
  if (value === null || value === undefined) return value;
  if (Array.isArray(value))
    return value.map((each) => (node.items === undefined ? each : changed(node.items, each, change)));
  if (typeof value !== 'object') return change(node, value);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const field = node.fields?.[key] ?? node.values;
      return [key, field === undefined || key === 'schema' ? each : changed(field, each, change)];
    }),
  );
}

const wrongType: Change = ({ unit }, value) => {
  if (unit === 'epoch_s' || unit === 'iso8601') return value;
  if (typeof value === 'number') return 'much';
  return typeof value === 'boolean' ? 'yes' : 0;
};

const unknownEnum: Change = (field, value) => (field.enum === undefined ? value : 'PANIC');

async function put(dir: string, surface: StateName, text: string): Promise<void> {
  await write(join(dir, registry[surface].file), text);
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
