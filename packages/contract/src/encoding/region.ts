import { Buffer } from 'node:buffer';

/**
 * Memory that an encoder writes into, from a position up to `limit`. Positions are byte offsets. What an encoder wrote
 * before it gave up has no meaning.
 */
export interface Region {
  readonly bytes: Buffer;
  readonly view: DataView;
  /** End of what may be written, less SLACK. */
  limit: number;
  /** Set where an encoder gave up for want of room. */
  full: boolean;
  /** The current time in seconds since 1970. */
  readonly now: () => number;
}

/** What an encoder gives back instead of the position behind the document: it has no form for it, or no room. */
export const FAILED = -1;

/** Bytes that are written without asking for room: those of a member that is no text. */
export const SLACK = 64;

/** A region over a buffer, or over a part of it. */
export function createRegion(
  memory: SharedArrayBuffer | ArrayBuffer,
  now: () => number,
  start = 0,
  length: number = memory.byteLength - start,
): Region {
  const bytes = Buffer.from(memory as ArrayBuffer, start, length);
  const view = new DataView(memory as ArrayBuffer, start, length);
  return { bytes, view, limit: length - SLACK, full: false, now };
}

/** Gives up for want of room. */
export function noRoom(region: Region): number {
  region.full = true;
  return FAILED;
}

/** Writes an unsigned integer of four bytes, least significant first; gives the position behind it. */
export function putCount(count: number, at: number, { view }: Region): number {
  view.setUint32(at, count, true);
  return at + 4;
}
