import { finding } from './finding.js';
import type { Finding } from './finding.js';

/** Nesting beyond this is refused before anything recurses. */
export const MAX_DEPTH = 64;
/** A state document larger than this is refused, in bytes. */
export const MAX_DOCUMENT_BYTES: number = 64 * 1024 * 1024;
/** A ledger line longer than this is refused, in bytes. */
export const MAX_LINE_BYTES: number = 4 * 1024 * 1024;

/** A parsed text, or why it could not be parsed. */
export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly finding: Finding };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LONG_DIGITS = /\d{16}/;
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * Parses UTF-8 JSON without losing digits: an integer beyond ±(2^53 − 1), of up to 40
 * digits, becomes a bigint. Never throws; what is not
 * UTF-8, not JSON, or nested deeper than MAX_DEPTH gives a finding.
 */
export function parseJson(input: string | Uint8Array): Parsed {
  const text = typeof input === 'string' ? input : decode(input);
  if (text === null) return failure('json-encoding', 'valid UTF-8', 'invalid UTF-8');
  if (text.startsWith('\uFEFF'))
    return failure('json-encoding', 'UTF-8 without a byte order mark', 'a byte order mark');
  if (text.trim() === '') return failure('json-syntax', 'a JSON document', 'an empty text');
  let value: unknown;
  try {
    value = LONG_DIGITS.test(text) ? parseWithBigints(text) : JSON.parse(text);
  } catch (error) {
    return failure(
      'json-syntax',
      'a JSON document',
      error instanceof SyntaxError ? syntax(error) : 'a text that cannot be parsed',
    );
  }
  if (!isWithinDepth(value, MAX_DEPTH)) return failure('json-depth', `at most ${MAX_DEPTH} levels`, 'more');
  return { ok: true, value };
}

/** True when nothing in `value` is nested deeper than `limit`; iterative, so that depth cannot overflow the stack. */
export function isWithinDepth(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const containers = level.filter((each) => typeof each === 'object' && each !== null);
    if (containers.length > 0 && depth >= limit) return false;
    level = [];
    for (const container of containers) for (const child of Object.values(container)) level.push(child);
  }
  return true;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Quotes the unsafe integers under a prefix that the text does not contain, parses, and turns them into bigints. */
function parseWithBigints(text: string): unknown {
  let prefix = 'bigint:';
  while (text.includes(prefix)) prefix = `:${prefix}`;
  let found = false;
  const quoted = text.replace(STRING_OR_NUMBER, (token) => {
    if (token.startsWith('"') || !/^-?\d{16,40}$/.test(token) || Number.isSafeInteger(Number(token))) return token;
    found = true;
    return isJsonInteger(token) ? `"${prefix}${token}"` : token;
  });
  if (!found) return JSON.parse(text);
  return JSON.parse(quoted, (_key, value: unknown) =>
    typeof value === 'string' && value.startsWith(prefix) && isJsonInteger(value.slice(prefix.length))
      ? BigInt(value.slice(prefix.length))
      : value,
  );
}

function isJsonInteger(token: string): boolean {
  return /^-?[1-9]\d*$/.test(token);
}

function syntax(error: SyntaxError): string {
  return error.message.replace(/\.\.\."[\s\S]*"\.\.\. /, '').slice(0, 120);
}

function failure(rule: 'json-encoding' | 'json-syntax' | 'json-depth', expected: string, actual: string): Parsed {
  return { ok: false, finding: finding(rule, { expected, actual }) };
}
