import type { ShapeKind } from './kinds.js';

/** What a value that is not plain JSON data becomes, and the finding that says so; `undefined` leaves it out. */
export interface Converted {
  readonly value: unknown;
  readonly kind: ShapeKind;
}

const NUMERIC = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const BINARY = '[binary]';
const BOXED: ReadonlySet<string> = new Set(['[object Number]', '[object String]', '[object Boolean]']);

/**
 * Converts what JSON.stringify would lose, turn into something else or hand to code of its own: the table in the README
 * says what each becomes. Gives undefined for plain data, which is walked as it is.
 */
export function convert(value: object): Converted | undefined {
  if (isPlain(value)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return viaToJson(value);
  if (value instanceof Date) return dateOf(value);
  if (value instanceof Map) return { value: Object.fromEntries(entriesOf(value)), kind: 'converted' };
  if (value instanceof Set) return { value: [...value], kind: 'converted' };
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof SharedArrayBuffer)
    return binaryOf(value);
  if (value instanceof URL || value instanceof RegExp) return { value: String(value), kind: 'converted' };
  if (BOXED.has(Object.prototype.toString.call(value))) return { value: value.valueOf(), kind: 'converted' };
  if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet)
    return { value: undefined, kind: 'not-data' };
  return typeof own(value, 'toJSON') === 'function' ? viaToJson(value) : decimalOf(value);
}

/** True for arrays, and for objects without a class and without a `toJSON` of their own. */
export function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && typeof own(value, 'toJSON') !== 'function';
}

function own(value: object, key: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[key];
}

/** The result of toJSON() is plain data or it is walked as such; a second toJSON() is not asked for. */
function viaToJson(value: object): Converted {
  const result: unknown = (value as { toJSON: (key: string) => unknown }).toJSON('');
  return { value: result === value ? undefined : result, kind: 'converted' };
}

/** An instance whose toString() gives a number is a decimal: kept as that text, since a double may not hold it. */
function decimalOf(value: object): Converted | undefined {
  const text: unknown = value.toString === Object.prototype.toString ? undefined : (value.toString as () => unknown)();
  return typeof text === 'string' && NUMERIC.test(text) ? { value: text, kind: 'converted' } : undefined;
}

function dateOf(value: Date): Converted {
  const time = value.getTime();
  return { value: Number.isNaN(time) ? null : new Date(time).toISOString(), kind: 'date' };
}

/** Numbers of more than a byte are data; bytes may be a key, and their JSON would spell it out. */
function binaryOf(value: ArrayBufferView | ArrayBuffer | SharedArrayBuffer): Converted {
  if (!ArrayBuffer.isView(value) || value instanceof DataView) return { value: BINARY, kind: 'binary' };
  if (value instanceof Uint8Array || value instanceof Int8Array || value instanceof Uint8ClampedArray)
    return { value: BINARY, kind: 'binary' };
  const numbers = value as unknown as ArrayLike<number | bigint>;
  return { value: Array.from(numbers), kind: 'converted' };
}

function entriesOf(map: ReadonlyMap<unknown, unknown>): [string, unknown][] {
  const entries: [string, unknown][] = [];
  for (const [key, value] of map) entries.push([keyOf(key), value]);
  return entries;
}

function keyOf(key: unknown): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'object' && key !== null) return `[${Object.prototype.toString.call(key).slice(8, -1)}]`;
  return String(key);
}
