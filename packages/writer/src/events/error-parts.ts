import { show } from '@hedge-telemetry/contract/writing';

/** What a ledger keeps of an error. */
export interface ErrorParts {
  readonly name: string | null;
  readonly code: string | null;
  /** On one line. */
  readonly message: string | null;
}

/** Characters that the schema allows each part. */
const LENGTHS = { name: 100, code: 64, message: 300 } as const;
const LINE_END = /[\r\n\u0085\u2028\u2029]/;

/**
 * Name, code and first line of the message of an error, or of anything else that was thrown. Never throws. A text that is
 * too long is cut between words, since what is left of a cut secret would not be known for one.
 */
export function errorParts(cause: unknown, scrub: (text: string) => string = (text) => text): ErrorParts {
  const { name, code, message } = partsOf(cause);
  const clean = (text: string | null, length: number): string | null => {
    if (text === null) return null;
    try {
      return cut(scrub(text), length);
    } catch {
      return null;
    }
  };
  return {
    name: clean(name, LENGTHS.name),
    code: clean(code, LENGTHS.code),
    message: clean(message, LENGTHS.message),
  };
}

function partsOf(cause: unknown): ErrorParts {
  if (typeof cause === 'string') return { name: null, code: null, message: cause };
  if (typeof cause !== 'object' || cause === null) return { name: null, code: null, message: show(cause) };
  const message = textAt(cause, 'message');
  const name = textAt(cause, 'name');
  return { name, code: codeAt(cause), message: message ?? (name === null ? 'an object that is no error' : null) };
}

function codeAt(cause: object): string | null {
  const code = read(cause, 'code');
  return typeof code === 'number' || typeof code === 'bigint' ? String(code) : textAt(cause, 'code');
}

function textAt(cause: object, key: string): string | null {
  const value = read(cause, key);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function read(cause: object, key: string): unknown {
  try {
    return Reflect.get(cause, key);
  } catch {
    return undefined;
  }
}

function cut(text: string, length: number): string | null {
  const line = text.split(LINE_END).find((each) => each.trim() !== '');
  if (line === undefined) return null;
  const trimmed = line.trim();
  if (codePoints(trimmed) <= length) return trimmed;
  const kept = [...trimmed].slice(0, length - 1).join('');
  const boundary = kept.search(/\s+\S*$/);
  return boundary === -1 ? '…' : `${kept.slice(0, boundary)}…`;
}

/** JSON Schema counts code points, not UTF-16 units. */
function codePoints(text: string): number {
  return [...text].length;
}
