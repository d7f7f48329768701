import { mayHoldFormat } from '../detectors/formats.js';
import { bits, NOT_DIGITS, NOT_TIME, NOT_WORD } from './characters.js';

/** The detectors are needed to tell. */
export const UNKNOWN = 0;
/** Nothing is in it, provided that the name of the field neither hints at a secret nor at the arguments of a call. */
export const UNLESS_NAMED = 1;
/** Nothing is in it, whatever the name is, unless it is that of a secret. */
export const CLEAN = 2;
export type Look = typeof UNKNOWN | typeof UNLESS_NAMED | typeof CLEAN;

const LONGEST = 1024;
const TOKEN = 16;
const SHORTEST_ENCODED = 24;
const EXCHANGE_KEY = 64;
const NEITHER = NOT_TIME | NOT_WORD;
const LONGEST_TIME = 35;

/**
 * A look at each character of a text, which tells of most of what telemetry holds (symbols, ids, times) that no detector
 * finds anything in it. It says so only where each of them must fail, by the characters and the length of run that it
 * cannot do without; in any doubt it says UNKNOWN. Known values are not looked for here.
 */
export function quickLook(text: string): Look {
  const { length } = text;
  if (length > LONGEST) return UNKNOWN;
  let seen = 0;
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    const kind = code > 127 ? NEITHER : (bits[code] ?? NEITHER);
    if ((kind & NEITHER) === NEITHER) return UNKNOWN;
    seen |= kind;
  }
  if ((seen & NOT_DIGITS) === 0) return CLEAN;
  if ((seen & NOT_WORD) === 0) return length < TOKEN ? shortLook(text) : tokenLook(text);
  return (seen & NOT_TIME) === 0 && (length < TOKEN || isTime(text)) ? CLEAN : UNKNOWN;
}

/** A word, unless it is what Python's repr() gives and JSON has no word for; NAN may as well be a coin. */
function shortLook(text: string): Look {
  return text === 'nan' || text === 'inf' || text === '-inf' || text === 'None' ? UNKNOWN : CLEAN;
}

/** ISO 8601, of which it is known that its characters are digits and the marks of a time: no run in it is a token's. */
function isTime(text: string): boolean {
  return (
    text.length <= LONGEST_TIME &&
    text.charCodeAt(4) === 45 &&
    text.charCodeAt(10) === 84 &&
    text.charCodeAt(13) === 58 &&
    text.charCodeAt(16) === 58
  );
}

/** A text that is one run of letters, digits, `_` and `-`, from 16 characters on and not of digits alone. */
function tokenLook(text: string): Look {
  if (text.length === EXCHANGE_KEY || mayHoldFormat(text)) return UNKNOWN;
  if (text.length >= SHORTEST_ENCODED && mayDecode(text)) return UNKNOWN;
  return UNLESS_NAMED;
}

/**
 * False where the text is base64 of no readable text: the first of each four characters is the first six bits of a
 * byte, which are below 32 in ASCII, and that is what `A` to `Z` and `a` to `f` stand for.
 */
function mayDecode(text: string): boolean {
  for (let index = 0; index < text.length; index += 4) {
    const code = text.charCodeAt(index);
    if (!((code >= 65 && code <= 90) || (code >= 97 && code <= 102)) && index + 1 < text.length) return false;
  }
  return true;
}
