/** A scalar of a JSON document: where it stands, and what it is. */
export interface Leaf {
  readonly keys: readonly string[];
  readonly value: unknown;
}

/** Every scalar of a document, in document order. */
export function leavesOf(document: unknown, keys: readonly string[] = []): Leaf[] {
  if (typeof document !== 'object' || document === null) return [{ keys, value: document }];
  return Object.entries(document).flatMap(([key, each]) => leavesOf(each, [...keys, key]));
}

/** The document with another value in one place. */
export function withValue(document: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(document)
    ? [...(document as unknown[])]
    : { ...(document as object) };
  Reflect.set(copy, key, withValue(Reflect.get(copy, key), rest, value));
  return copy;
}

/** Another value of the same kind, so that what is made of it can be told from what was made of the first; null where there is none. */
export function otherValue(value: unknown): string | number | boolean | null {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return Number.isInteger(value) ? value + 1 : value * 0.9375;
  if (typeof value !== 'string') return null;
  if (/^\d{4}-\d\d-\d\dT\d\d/.test(value))
    return value.replace(/T(\d\d)/, (_, hour) => (hour === '07' ? 'T08' : 'T07'));
  if (/^-?\d+(\.\d+)?$/.test(value)) return String(Number(value) + 1);
  return value.length > 1 ? `${value.slice(0, -1)}${value.endsWith('X') ? 'Y' : 'X'}` : null;
}
