/** What was seen at one place of the sampled documents. */
export interface Observation {
  /** Values seen, null included. */
  count: number;
  nulls: number;
  booleans: number;
  numbers: number;
  /** Numbers that are whole. */
  integers: number;
  least: number;
  most: number;
  /** Texts and how often each was seen; null once there were too many to be an enumeration. */
  texts: Map<string, number> | null;
  strings: number;
  longest: number;
  isoTimestamps: number;
  objects: number;
  fields: Map<string, Observation>;
  arrays: number;
  items: Observation | null;
}

const MOST_TEXTS = 64;
const ISO_TIMESTAMP =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A place at which nothing was seen yet. */
export function createObservation(): Observation {
  return {
    count: 0,
    nulls: 0,
    booleans: 0,
    numbers: 0,
    integers: 0,
    least: Infinity,
    most: -Infinity,
    texts: new Map(),
    strings: 0,
    longest: 0,
    isoTimestamps: 0,
    objects: 0,
    fields: new Map(),
    arrays: 0,
    items: null,
  };
}

/** Adds a parsed JSON value, whose depth the parser has bounded, to what was seen. */
export function observe(seen: Observation, value: unknown): void {
  seen.count += 1;
  if (value === null) seen.nulls += 1;
  else if (typeof value === 'boolean') seen.booleans += 1;
  else if (typeof value === 'number' || typeof value === 'bigint') observeNumber(seen, Number(value));
  else if (typeof value === 'string') observeText(seen, value);
  else if (Array.isArray(value)) observeItems(seen, value);
  else if (typeof value === 'object') observeFields(seen, value);
}

function observeNumber(seen: Observation, value: number): void {
  seen.numbers += 1;
  if (Number.isInteger(value)) seen.integers += 1;
  seen.least = Math.min(seen.least, value);
  seen.most = Math.max(seen.most, value);
}

function observeText(seen: Observation, value: string): void {
  seen.strings += 1;
  seen.longest = Math.max(seen.longest, value.length);
  if (ISO_TIMESTAMP.test(value)) seen.isoTimestamps += 1;
  if (seen.texts === null) return;
  seen.texts.set(value, (seen.texts.get(value) ?? 0) + 1);
  if (seen.texts.size > MOST_TEXTS) seen.texts = null;
}

function observeItems(seen: Observation, values: readonly unknown[]): void {
  seen.arrays += 1;
  seen.items ??= createObservation();
  for (const value of values) observe(seen.items, value);
}

function observeFields(seen: Observation, value: object): void {
  seen.objects += 1;
  for (const [key, each] of Object.entries(value)) {
    let field = seen.fields.get(key);
    if (field === undefined) seen.fields.set(key, (field = createObservation()));
    observe(field, each);
  }
}

/** What was seen at several places, as if at one. */
export function merged(all: readonly Observation[]): Observation {
  const sum = createObservation();
  for (const each of all) add(sum, each);
  return sum;
}

/** Names of the JSON types that were seen, null aside. */
export function typesSeen(seen: Observation): string[] {
  const counts = {
    boolean: seen.booleans,
    number: seen.numbers,
    string: seen.strings,
    object: seen.objects,
    array: seen.arrays,
  };
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name]) => name);
}

function add(sum: Observation, each: Observation): void {
  for (const key of [
    'count',
    'nulls',
    'booleans',
    'numbers',
    'integers',
    'strings',
    'isoTimestamps',
    'objects',
    'arrays',
  ] as const)
    sum[key] += each[key];
  sum.least = Math.min(sum.least, each.least);
  sum.most = Math.max(sum.most, each.most);
  sum.longest = Math.max(sum.longest, each.longest);
  for (const [text, count] of each.texts ?? []) sum.texts?.set(text, (sum.texts.get(text) ?? 0) + count);
  if (each.texts === null || (sum.texts?.size ?? 0) > MOST_TEXTS) sum.texts = null;
  for (const [key, field] of each.fields) {
    const known = sum.fields.get(key);
    sum.fields.set(key, known === undefined ? field : merged([known, field]));
  }
  if (each.items !== null) sum.items = sum.items === null ? each.items : merged([sum.items, each.items]);
}
