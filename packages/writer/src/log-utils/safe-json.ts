/** Bounds of {@link safeJson}. */
export const safeJsonLimits = {
  /** Levels of nesting; what lies deeper is `"[depth]"`. */
  depth: 12,
  /** Characters of a string or key; the rest is `…`. */
  text: 2_000,
  /** Entries of one array, object, Map or Set; the rest is left out and counted in `"[+N]"`. */
  entries: 200,
  /** Values in all; the rest is `"[cut]"`. */
  values: 5_000,
  /** Characters of strings and keys in all, before escaping; strings are `"[cut]"` afterwards. */
  characters: 100_000,
} as const;

interface Walk {
  values: number;
  characters: number;
  readonly path: object[];
}

const LINE_BREAKS = /[\u0085\u2028\u2029]/g;

/**
 * JSON text of any value, on one line. Never throws and never writes a repr:
 * - NaN, infinities, undefined, functions and symbols are null;
 * - a bigint is its digits, as a string; a Date is ISO 8601, an invalid one null;
 * - a Map is an object of its text keys, a Set an array; bytes are `"[N bytes]"`;
 * - an error is `{ name, code, message }`, without its stack;
 * - an object with `toJSON` is what that returns, any other its own enumerable keys, `__proto__` and `constructor` included;
 * - a cycle is `"[cycle]"`, a value that throws when it is read `"[unreadable]"`.
 *
 * Bounded by {@link safeJsonLimits}. It hides no secrets: that is `redact`'s work.
 */
export function safeJson(value: unknown): string {
  try {
    const plain = plainOf(value, { values: 0, characters: 0, path: [] });
    return JSON.stringify(plain).replace(
      LINE_BREAKS,
      (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  } catch {
    return '"[unreadable]"';
  }
}

function plainOf(value: unknown, walk: Walk): unknown {
  walk.values += 1;
  if (walk.values > safeJsonLimits.values) return '[cut]';
  switch (typeof value) {
    case 'string':
      return textOf(value, walk);
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'boolean':
      return value;
    case 'bigint':
      return textOf(value.toString(), walk);
    case 'object':
      return value === null ? null : guarded(value, walk);
    default:
      return null;
  }
}

function guarded(value: object, walk: Walk): unknown {
  if (walk.path.includes(value)) return '[cycle]';
  if (walk.path.length >= safeJsonLimits.depth) return '[depth]';
  walk.path.push(value);
  try {
    return objectOf(value, walk);
  } catch {
    return '[unreadable]';
  } finally {
    walk.path.pop();
  }
}

function objectOf(value: object, walk: Walk): unknown {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof Error) return entriesOf(errorEntries(value), 3, walk);
  if (Array.isArray(value)) return listOf(value, value.length, walk);
  if (value instanceof Set) return listOf(value, value.size, walk);
  if (value instanceof Map) return entriesOf(value, value.size, walk);
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') return plainOf(Reflect.apply(toJSON, value, []), walk);
  const keys = Object.keys(value);
  return entriesOf(valuesOf(value, keys), keys.length, walk);
}

function listOf(values: Iterable<unknown>, count: number, walk: Walk): unknown[] {
  const list: unknown[] = [];
  for (const each of values) {
    if (isFull(list.length, walk)) return [...list, `[+${count - list.length}]`];
    list.push(plainOf(each, walk));
  }
  return list;
}

function entriesOf(entries: Iterable<readonly [unknown, unknown]>, count: number, walk: Walk): Record<string, unknown> {
  const result: Record<string, unknown> = Object.create(null);
  let taken = 0;
  for (const [key, value] of entries) {
    if (isFull(taken, walk)) {
      result[`[+${count - taken}]`] = null;
      break;
    }
    result[keyOf(key, walk)] = plainOf(value, walk);
    taken += 1;
  }
  return result;
}

function isFull(count: number, walk: Walk): boolean {
  return count >= safeJsonLimits.entries || walk.values > safeJsonLimits.values;
}

function* valuesOf(value: object, keys: readonly string[]): Generator<readonly [string, unknown]> {
  for (const key of keys) yield [key, read(value, key)];
}

function errorEntries(error: Error): (readonly [string, unknown])[] {
  return ['name', 'code', 'message'].map((key) => [key, read(error, key) ?? null] as const);
}

function read(value: object, key: string): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    return '[unreadable]';
  }
}

function keyOf(key: unknown, walk: Walk): string {
  return textOf(typeof key === 'object' && key !== null ? '[object]' : String(key), walk);
}

function textOf(text: string, walk: Walk): string {
  if (walk.characters >= safeJsonLimits.characters) return '[cut]';
  const shown = text.length > safeJsonLimits.text ? `${text.slice(0, safeJsonLimits.text)}…` : text;
  walk.characters += shown.length;
  return shown;
}
