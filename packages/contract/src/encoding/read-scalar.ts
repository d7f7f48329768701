import { nextByte, nextNumber } from './cursor.js';
import type { Reader, Reading } from './reading.js';
import { putBytes, putNumber } from './sink.js';

const NULL_TEXT = Buffer.from('null');

export const FALSE_TEXT: Buffer = Buffer.from('false');
export const TRUE_TEXT: Buffer = Buffer.from('true');

export function putNull({ sink }: Reading): void {
  putBytes(sink, NULL_TEXT, 0, NULL_TEXT.length);
}

/** NaN stands for null. */
export function readNumber(reading: Reading): void {
  const value = nextNumber(reading.cursor);
  if (value === value) putNumber(reading.sink, value);
  else putNull(reading);
}

/** Reads a value of few choices, which is a byte: 0 for null, then the choices in order. */
export function choiceReader(choices: readonly Buffer[]): Reader {
  const texts = [NULL_TEXT, ...choices];
  return ({ cursor, sink }) => {
    const text = texts[nextByte(cursor)] as Buffer;
    putBytes(sink, text, 0, text.length);
  };
}
