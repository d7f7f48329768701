import { LONG, SHORT, TIME, UTF16 } from './marks.js';
import { FAILED, noRoom, putCount } from './region.js';
import type { Region } from './region.js';

/** Longest text that is copied character by character, in UTF-16 units. */
const SHORT_LENGTH = 64;
/** ISO 8601 with four digits of the year. */
const FIRST_TIME = -62_167_219_200_000;
const LAST_TIME = 253_402_300_799_999;
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** Writes a text; gives the position behind it. */
export function putText(text: string, at: number, region: Region): number {
  const length = text.length;
  if (length >= SHORT_LENGTH) return putLong(text, at, region);
  if (at + length > region.limit) return noRoom(region);
  const { bytes } = region;
  let rest = 0;
  bytes[at] = SHORT;
  bytes[at + 1] = length;
  for (let i = 0, to = at + 2; i < length; i += 1, to += 1) {
    const unit = text.charCodeAt(i);
    // Negative for a control character, a quotation mark, a backslash, and whatever is not ASCII.
    rest |= (unit - 0x20) | (0x7e - unit) | ((unit ^ 0x22) - 1) | ((unit ^ 0x5c) - 1);
    bytes[to] = unit;
  }
  return rest < 0 ? putLong(text, at, region) : at + 2 + length;
}

function putLong(text: string, at: number, region: Region): number {
  if (at + 3 * text.length > region.limit) return noRoom(region);
  const { bytes } = region;
  const start = at + 5;
  const wellFormed = !LONE_SURROGATE.test(text);
  const length = bytes.write(text, start, wellFormed ? 'utf8' : 'utf16le');
  bytes[at] = wellFormed ? LONG : UTF16;
  putCount(length, at + 1, region);
  return start + length;
}

/** Writes a time, given in milliseconds since 1970, that is to become ISO 8601. */
export function putTime(milliseconds: number, at: number, { bytes, view }: Region): number {
  if (!(milliseconds >= FIRST_TIME && milliseconds <= LAST_TIME)) return FAILED;
  bytes[at] = TIME;
  view.setFloat64(at + 1, milliseconds, true);
  return at + 9;
}

/** What a text field takes beside texts: times where it holds ISO 8601 or any text, whole numbers where it holds ids. */
export type TextForm = 'free' | 'time' | 'id' | 'other';

const MOST_DIGITS = 20;

/** Writes what the contract turns into a text: a Date, a bigint, and the number of an id. */
export function putOther(value: unknown, form: TextForm, at: number, region: Region): number {
  if (value instanceof Date) return form === 'free' || form === 'time' ? putTime(value.getTime(), at, region) : FAILED;
  const id = form === 'id' && Number.isSafeInteger(value) ? BigInt(value as number) : value;
  if (typeof id !== 'bigint' || (form !== 'id' && form !== 'free')) return FAILED;
  const digits = String(id);
  if (form === 'id' && (id < 0n || digits.length > MOST_DIGITS)) return FAILED;
  return putText(digits, at, region);
}

/** A pattern that remembers the last text that matched: the same symbol or time often comes again. */
export interface Pattern {
  readonly pattern: RegExp;
  last: string | null;
}

/** True where the text matches. */
export function matches(pattern: Pattern, text: string): boolean {
  if (pattern.last === text) return true;
  if (!pattern.pattern.test(text)) return false;
  pattern.last = text;
  return true;
}
