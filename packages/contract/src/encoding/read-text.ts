import { createByteMemory } from './byte-memory.js';
import { nextByte, nextCount, nextNumber } from './cursor.js';
import type { Cursor } from './cursor.js';
import { LONG, NULL, SHORT, TIME } from './marks.js';
import { putNull } from './read-scalar.js';
import type { Reader, Reading } from './reading.js';
import type { Judge, Place } from './screen.js';
import { putByte, putBytes, putJson } from './sink.js';

const QUOTE = 0x22;
/** So many texts are remembered before it is asked whether that helps. */
const WARM_UP = 256;
const LINE_BREAKS = /[\u0085\u2028\u2029]/g;
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

/** Reads the keys of members that are not declared, and puts them; gives where their values stand. */
export function keyReader(place: Place): (reading: Reading) => Place | null {
  const known = createByteMemory<Place | null>();
  return (reading) => {
    const { cursor } = reading;
    const { bytes } = cursor;
    const mark = nextByte(cursor);
    if (mark !== SHORT) {
      const key = longText(cursor, mark);
      putText(reading, key);
      return place.child(key);
    }
    const start = cursor.at + 1;
    const end = start + (bytes[cursor.at] as number);
    putShort(reading, start, end);
    let child = known.find(bytes, start, end);
    if (child === undefined) {
      child = place.child(bytes.toString('latin1', start, end));
      known.keep(bytes, start, end, child);
    }
    return child;
  };
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
  const harmless = createByteMemory<true>();
  let found = 0;
  let missed = 0;
  return (bytes, start, end) => {
    // A field of ids, none of which comes again, is not worth a memory.
    const worthwhile = missed < WARM_UP || found > missed;
    if (worthwhile && harmless.find(bytes, start, end) === true) {
      found += 1;
      return true;
    }
    if (!judge(bytes.toString('latin1', start, end))) return false;
    missed += 1;
    if (worthwhile) harmless.keep(bytes, start, end, true);
    return true;
  };
}

function longText(cursor: Cursor, mark: number): string {
  const length = nextCount(cursor);
  const start = cursor.at;
  cursor.at = start + length;
  return cursor.bytes.toString(mark === LONG ? 'utf8' : 'utf16le', start, cursor.at);
}

function putText({ sink, escapeBreaks }: Reading, text: string): void {
  const json = JSON.stringify(text);
  putJson(sink, escapeBreaks ? escapedBreaks(json) : json);
}

/** JSON without the line separators that it may hold raw: many a line splitter takes them for the end of a line. */
export function escapedBreaks(json: string): string {
  return json.replace(LINE_BREAKS, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
