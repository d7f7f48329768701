import { readAt } from './guarded-read.js';

/** The first `size` bytes of an open file. */
export interface Extent {
  readonly fd: number;
  readonly size: number;
}

export const NEWLINE = 0x0a;

const BLOCK_BYTES = 64 * 1024;
const here = Buffer.allocUnsafe(BLOCK_BYTES);
const there = Buffer.allocUnsafe(BLOCK_BYTES);

/** True when `length` bytes at two places are equal; false where one of them ends before. */
export function sameBytes(left: Extent, leftAt: number, right: Extent, rightAt: number, length: number): boolean {
  for (let done = 0; done < length; done += BLOCK_BYTES) {
    const step = Math.min(BLOCK_BYTES, length - done);
    const ours = here.subarray(0, step);
    const theirs = there.subarray(0, step);
    if (readAt(left.fd, ours, leftAt + done) !== step || readAt(right.fd, theirs, rightAt + done) !== step)
      return false;
    if (!ours.equals(theirs)) return false;
  }
  return true;
}

/** Number of bytes that two files have in common from their beginning. */
export function commonLength(left: Extent, right: Extent): number {
  const limit = Math.min(left.size, right.size);
  for (let done = 0; done < limit; done += BLOCK_BYTES) {
    const ours = here.subarray(0, readAt(left.fd, here.subarray(0, Math.min(BLOCK_BYTES, limit - done)), done));
    const theirs = there.subarray(0, readAt(right.fd, there.subarray(0, ours.length), done));
    if (!ours.equals(theirs)) return done + ours.findIndex((byte, index) => byte !== theirs[index]);
  }
  return limit;
}

/** Offset behind the last newline in [floor, end); `floor` where there is none. */
export function lastLineEnd(fd: number, floor: number, end: number): number {
  for (let top = end; top > floor;) {
    const bottom = Math.max(floor, top - BLOCK_BYTES);
    const block = here.subarray(0, readAt(fd, here.subarray(0, top - bottom), bottom));
    const at = block.lastIndexOf(NEWLINE);
    if (at !== -1) return bottom + at + 1;
    top = bottom;
  }
  return floor;
}

/** Number of newlines in [start, end). */
export function countNewlines(fd: number, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at += BLOCK_BYTES) {
    const block = here.subarray(0, readAt(fd, here.subarray(0, Math.min(BLOCK_BYTES, end - at)), at));
    for (let newline = block.indexOf(NEWLINE); newline !== -1; newline = block.indexOf(NEWLINE, newline + 1))
      count += 1;
  }
  return count;
}
