import { readAt } from './guarded-read.js';

/** Bytes that can be read at any place and do not change: a file as it was when it was looked at, or two in a row. */
export interface Extent {
  /** Offset of the first byte; negative where another file stands before this one. */
  readonly begin: number;
  /** Offset behind the last byte. */
  readonly end: number;
  /** Fills `buffer` from `position`; the result is shorter than the buffer only at the end. */
  read(buffer: Buffer, position: number): number;
}

export const NEWLINE = 0x0a;

const BLOCK_BYTES = 64 * 1024;
const here = Buffer.allocUnsafe(BLOCK_BYTES);
const there = Buffer.allocUnsafe(BLOCK_BYTES);

/** The first `size` bytes of an open file. */
export function fileExtent(fd: number, size: number): Extent {
  return {
    begin: 0,
    end: size,
    read: (buffer, position) =>
      readAt(fd, buffer.subarray(0, Math.max(0, Math.min(buffer.length, size - position))), position),
  };
}

/** `older` and then `newer`; the offsets are those of `newer`, so that what stands before it has negative ones. */
export function joined(older: Extent, newer: Extent): Extent {
  const shift = older.end - newer.begin;
  return {
    begin: older.begin - shift,
    end: newer.end,
    read(buffer, position) {
      if (position >= newer.begin) return newer.read(buffer, position);
      const before = buffer.subarray(0, Math.min(buffer.length, newer.begin - position));
      const got = older.read(before, position + shift);
      if (got < before.length || got === buffer.length) return got;
      return got + newer.read(buffer.subarray(got), newer.begin);
    },
  };
}

/** True when `length` bytes at two places are equal; false where one of them ends before. */
export function sameBytes(left: Extent, leftAt: number, right: Extent, rightAt: number, length: number): boolean {
  if (leftAt + length > left.end || rightAt + length > right.end) return false;
  return commonLength(left, leftAt, right, rightAt, length) === length;
}

/** Number of bytes, at most `limit`, that are the same from two places on. */
export function commonLength(
  left: Extent,
  leftAt: number,
  right: Extent,
  rightAt: number,
  limit: number = Infinity,
): number {
  const length = Math.min(limit, left.end - leftAt, right.end - rightAt);
  for (let done = 0; done < length; done += BLOCK_BYTES) {
    const step = Math.min(BLOCK_BYTES, length - done);
    const ours = here.subarray(0, left.read(here.subarray(0, step), leftAt + done));
    const theirs = there.subarray(0, right.read(there.subarray(0, step), rightAt + done));
    if (ours.length === step && ours.equals(theirs)) continue;
    const differs = ours.findIndex((byte, index) => byte !== theirs[index]);
    return done + (differs === -1 ? ours.length : differs);
  }
  return Math.max(0, length);
}

/** Offset behind the last newline in [floor, end); `floor` where there is none. */
export function lastLineEnd(extent: Extent, floor: number, end: number): number {
  for (let top = end; top > floor;) {
    const bottom = Math.max(floor, top - BLOCK_BYTES);
    const block = here.subarray(0, extent.read(here.subarray(0, top - bottom), bottom));
    const at = block.lastIndexOf(NEWLINE);
    if (at !== -1) return bottom + at + 1;
    top = bottom;
  }
  return floor;
}

/** Offset behind the last byte that is not NUL. */
export function endWithoutNuls(extent: Extent): number {
  for (let top = extent.end; top > extent.begin;) {
    const bottom = Math.max(extent.begin, top - BLOCK_BYTES);
    const block = here.subarray(0, extent.read(here.subarray(0, top - bottom), bottom));
    const at = block.findLastIndex((byte) => byte !== 0);
    if (at !== -1) return bottom + at + 1;
    top = bottom;
  }
  return extent.begin;
}

/** Number of newlines in [start, end). */
export function countNewlines(extent: Extent, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += BLOCK_BYTES) {
    const block = here.subarray(0, extent.read(here.subarray(0, Math.min(BLOCK_BYTES, end - at)), at));
    for (let newline = block.indexOf(NEWLINE); newline !== -1; newline = block.indexOf(NEWLINE, newline + 1))
      count += 1;
  }
  return count;
}
