import { nextByte, nextCount, nextNumber } from './cursor.js';
import type { Cursor } from './cursor.js';
import { LONG, NULL, SHORT, TIME } from './marks.js';
import { putNull } from './read-scalar.js';
import type { Reader, Reading } from './reading.js';
import type { Judge } from './screen.js';
import { putByte, putBytes, putJson } from './sink.js';

const QUOTE = 0x22;
const LINE_BREAKS = /[\u0085\u2028\u2029]/g;
/** Slots of the memory for short texts that were judged harmless; a power of two. */
const REMEMBERED = 256;
const HASH_FACTOR = 31;
/** Longest text that is remembered, in bytes: symbols, sides, names of strategies. */
const LONGEST_REMEMBERED = 24;

/** Makes a reader of texts in one place; without a judge all of them are harmless. */
export function textReader(judge: Judge | null): Reader {
  const isHarmless = judge === null ? null : rememberingJudge(judge);
  return (reading) => {
    const { cursor } = reading;
    const mark = nextByte(cursor);
    if (mark === SHORT) {
      const start = cursor.at + 1;
      const end = start + (cursor.bytes[cursor.at] as number);
      if (isHarmless !== null && !isHarmless(cursor.bytes, start, end)) reading.flagged = true;
      putShort(reading, start, end);
    } else if (mark === NULL) putNull(reading);
    else if (mark === TIME) putText(reading, new Date(nextNumber(cursor)).toISOString());
    else {
      const text = longText(cursor, mark);
      if (judge !== null && !judge(text)) reading.flagged = true;
      putText(reading, text);
    }
  };
}

/** Reads the key of a member that is not declared, and puts it. */
export function readKey(reading: Reading): string {
  const { cursor } = reading;
  const mark = nextByte(cursor);
  if (mark !== SHORT) {
    const key = longText(cursor, mark);
    putText(reading, key);
    return key;
  }
  const start = cursor.at + 1;
  const end = start + (cursor.bytes[cursor.at] as number);
  putShort(reading, start, end);
  return cursor.bytes.toString('latin1', start, end);
}

/** Puts a text that needs no escapes, and moves behind it. */
function putShort({ cursor, sink }: Reading, start: number, end: number): void {
  putByte(sink, QUOTE);
  putBytes(sink, cursor.bytes, start, end);
  putByte(sink, QUOTE);
  cursor.at = end;
}

/** A judge of ASCII texts as bytes that remembers the short ones it called harmless. */
function rememberingJudge(judge: Judge): (bytes: Buffer, start: number, end: number) => boolean {
  const remembered: (Buffer | null)[] = Array.from({ length: REMEMBERED }, () => null);
  return (bytes, start, end) => {
    if (end - start > LONGEST_REMEMBERED) return judge(bytes.toString('latin1', start, end));
    let hash = 0;
    for (let i = start; i < end; i += 1) hash = (Math.imul(hash, HASH_FACTOR) + (bytes[i] as number)) | 0;
    const slot = hash & (REMEMBERED - 1);
    const known = remembered[slot] as Buffer | null;
    if (known !== null && sameBytes(known, bytes, start, end)) return true;
    if (!judge(bytes.toString('latin1', start, end))) return false;
    remembered[slot] = Buffer.from(bytes.subarray(start, end));
    return true;
  };
}

function sameBytes(known: Buffer, bytes: Buffer, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i += 1) if (known[i] !== bytes[start + i]) return false;
  return true;
}

function longText(cursor: Cursor, mark: number): string {
  const length = nextCount(cursor);
  const start = cursor.at;
  cursor.at = start + length;
  return cursor.bytes.toString(mark === LONG ? 'utf8' : 'utf16le', start, cursor.at);
}

function putText({ sink, escapeBreaks }: Reading, text: string): void {
  const json = JSON.stringify(text);
  putJson(sink, escapeBreaks ? json.replace(LINE_BREAKS, escaped) : json);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
