/** RFC 6901: a key as a segment of a JSON pointer. */
export function segment(key: string | number): string {
  return String(key).replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The keys that a JSON pointer names. */
export function segments(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a JSON pointer; undefined where there is none. Only own keys are followed. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const key of segments(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Every value at a pointer in which `*` stands for each item of an array. */
export function valuesAt(document: unknown, pointer: string): unknown[] {
  const [head, ...rest] = pointer.split('/*');
  const value = valueAt(document, head ?? '');
  if (rest.length === 0) return value === undefined ? [] : [value];
  return Array.isArray(value) ? value.flatMap((each) => valuesAt(each, rest.join('/*'))) : [];
}
