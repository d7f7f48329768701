import type { Buffer } from 'node:buffer';

/** What an encoder wrote, and how far it is read. */
export interface Cursor {
  readonly bytes: Buffer;
  readonly view: DataView;
  at: number;
}

export function nextByte(cursor: Cursor): number {
  const byte = cursor.bytes[cursor.at] as number;
  cursor.at += 1;
  return byte;
}

export function nextCount(cursor: Cursor): number {
  const { view, at } = cursor;
  cursor.at = at + 4;
  return view.getUint32(at, true);
}

export function nextNumber(cursor: Cursor): number {
  const { view, at } = cursor;
  cursor.at = at + 8;
  return view.getFloat64(at, true);
}
