const MILLISECONDS_FROM = 1e12;
const ZONED = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;
const NAIVE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/;
const NUMERIC = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A finite number, also from a numeric string; null for anything else. Zero stays zero. */
export function finiteNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string' || !NUMERIC.test(value)) return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** A finite number of at least 0; null for anything else. */
export function nonNegative(value: unknown): number | null {
  const number = finiteNumber(value);
  return number !== null && number >= 0 ? number : null;
}

/** A number in [0, 1]; null for anything else. */
export function share(value: unknown): number | null {
  const number = finiteNumber(value);
  return number !== null && number >= 0 && number <= 1 ? number : null;
}

/** A whole number of at least 0; null for anything else. */
export function count(value: unknown): number | null {
  const number = finiteNumber(value);
  return number !== null && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** A non-empty string; null for anything else. */
export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A boolean, also from the strings "true" and "false"; null for anything else. */
export function flag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' ? false : null;
}

/** One of the listed words, or null. */
export function oneOf<const T extends string>(value: unknown, words: readonly T[]): T | null {
  return words.find((word) => word === value) ?? null;
}

/** An exchange id as decimal digits, whatever it was written as; null when it is not a whole number or has lost digits. */
export function digits(value: unknown): string | null {
  if (typeof value === 'bigint') return value >= 0n ? String(value) : null;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  return typeof value === 'string' && /^\d{1,20}$/.test(value) ? value : null;
}

/** Seconds since 1970 from seconds, milliseconds (above 1e12), a digit string or ISO 8601 (UTC where it names no zone). */
export function epochSeconds(value: unknown): number | null {
  const number = finiteNumber(value);
  if (number !== null) {
    const seconds = number > MILLISECONDS_FROM ? number / 1000 : number;
    return seconds >= 0 && seconds <= 99_999_999_999 ? seconds : null;
  }
  if (typeof value !== 'string') return null;
  const zoned = ZONED.test(value) ? value : NAIVE.test(value) ? utc(value) : null;
  if (zoned === null) return null;
  const whole = Date.parse(zoned.replace(' ', 'T').replace(/\.\d+/, ''));
  if (Number.isNaN(whole) || whole < 0) return null;
  const decimals = /\.\d+/.exec(zoned)?.[0];
  return decimals === undefined ? whole / 1000 : Number(`${whole / 1000}${decimals}`);
}

/** RFC 3339 with an offset from whatever `epochSeconds` understands; a string that already has that form is kept as it is. */
export function isoTimestamp(value: unknown): string | null {
  const seconds = epochSeconds(value);
  if (seconds === null) return null;
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/.test(value))
    return value;
  const milliseconds = Math.round(seconds * 1000);
  return milliseconds <= 253_402_300_799_999 ? new Date(milliseconds).toISOString() : null;
}

/** A JSON object, or null. */
export function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

/** A JSON array, or null. */
export function list(value: unknown): unknown[] | null {
  return Array.isArray(value) ? value : null;
}

/** The value of the first key that is present and not null; undefined where none is. Zero and false count as present. */
export function firstOf(source: Record<string, unknown>, keys: readonly string[]): unknown {
  const key = keys.find((each) => source[each] !== undefined && source[each] !== null);
  return key === undefined ? undefined : source[key];
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without the keys whose value is undefined. */
export function defined<T extends Record<string, unknown>>(source: T): Defined<T> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** A map with each value converted; keys whose value converts to null are left out. */
export function mapValues<T>(
  source: Record<string, unknown>,
  convert: (value: unknown) => T | null,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(source).flatMap(([key, value]) => {
      const converted = convert(value);
      return converted === null ? [] : [[key, converted]];
    }),
  );
}

function utc(naive: string): string {
  return naive.length === 10 ? `${naive}T00:00:00Z` : `${naive}Z`;
}
