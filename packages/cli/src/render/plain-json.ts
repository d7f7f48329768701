/** A value as JSON on one line; integers that no number holds stand as text. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value, bigintAsText) ?? 'null';
}

/** Writes integers that no number holds as text. */
export function bigintAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
