import { Buffer } from 'node:buffer';
import { LONGEST_DECIMAL, writeDecimal } from './decimal.js';

const FIRST_SIZE = 64 * 1024;
/** Longest piece that is copied byte by byte; for longer ones the call of a copying function is worth it. */
const SHORT_PIECE = 48;
const BYTES_PER_UNIT = 3;

/** Bytes of JSON text that grow at their end. */
export interface Sink {
  bytes: Buffer;
  at: number;
}

/** An empty sink. */
export function createSink(): Sink {
  return { bytes: Buffer.allocUnsafeSlow(FIRST_SIZE), at: 0 };
}

/** Makes room for so many more bytes. */
function grow(sink: Sink, more: number): Buffer {
  const grown = Buffer.allocUnsafeSlow(Math.max(2 * sink.bytes.length, sink.at + more));
  sink.bytes.copy(grown, 0, 0, sink.at);
  sink.bytes = grown;
  return grown;
}

function roomFor(sink: Sink, more: number): Buffer {
  return sink.at + more > sink.bytes.length ? grow(sink, more) : sink.bytes;
}

/** Puts one byte. */
export function putByte(sink: Sink, byte: number): void {
  roomFor(sink, 1)[sink.at] = byte;
  sink.at += 1;
}

/** Puts a part of other bytes. */
export function putBytes(sink: Sink, from: Buffer, start: number, end: number): void {
  const length = end - start;
  const bytes = roomFor(sink, length);
  const { at } = sink;
  if (length > SHORT_PIECE) from.copy(bytes, at, start, end);
  else for (let i = 0; i < length; i += 1) bytes[at + i] = from[start + i] as number;
  sink.at = at + length;
}

/** A finite number as JSON.stringify writes it. */
export function putNumber(sink: Sink, value: number): void {
  const bytes = roomFor(sink, LONGEST_DECIMAL);
  const end = writeDecimal(value, bytes, sink.at);
  if (end >= 0) {
    sink.at = end;
    return;
  }
  const text = String(value);
  let { at } = sink;
  for (let i = 0; i < text.length; i += 1, at += 1) bytes[at] = text.charCodeAt(i);
  sink.at = at;
}

/** Text that is JSON already. */
export function putJson(sink: Sink, text: string): void {
  const bytes = roomFor(sink, BYTES_PER_UNIT * text.length);
  sink.at += bytes.write(text, sink.at, 'utf8');
}
