import { commonLength, lastLineEnd, NEWLINE, sameBytes } from './byte-extent.js';
import type { Extent } from './byte-extent.js';
import { readAt } from './guarded-read.js';

/**
 * How a source lies in its mirror: the first `shared` bytes of both are the same, and what follows in the source follows
 * in the mirror from `resumed` on. Between the two the mirror holds what the source no longer has.
 */
export interface Alignment {
  readonly shared: number;
  readonly resumed: number;
}

/** Where the mirror continues. */
export interface Aligned {
  readonly alignment: Alignment;
  /** The source was rotated, truncated or rewritten since the mirror was last seen to follow it. */
  readonly diverged: boolean;
}

const PLAIN: Alignment = { shared: 0, resumed: 0 };
const WINDOW_BYTES = 64 * 1024;
const HEAD_BYTES = 4 * 1024;
const SEARCH_BYTES = 1024 * 1024;
/** Places that begin like the source and are compared to the end; only a hostile ledger has more. */
const MAX_CANDIDATES = 1_000;

/**
 * Finds where the mirror continues. `known` is the alignment of the pass before, null after a restart.
 *
 * Lines that the mirror holds at its end in the same order as the source at its beginning count as mirrored: a rewrite
 * cut off the head of the source, or the mirror holds older generations before this one. So do the lines that both
 * begin with: the source lost its end. Unless there was a restart, less than HEAD_BYTES in common is taken for equal
 * records, which are mirrored again, not for the same ones.
 */
export function align(source: Extent, mirror: Extent, known: Alignment | null): Aligned {
  for (const alignment of [known ?? PLAIN, PLAIN]) {
    if (continues(source, mirror, alignment)) return { alignment, diverged: false };
  }
  const common = lastLineEnd(source.fd, 0, commonLength(source, mirror));
  const isTruncated = common >= HEAD_BYTES || common === lastLineEnd(source.fd, 0, source.size);
  const leastOverlap = known === null ? 1 : HEAD_BYTES;
  for (const shared of isTruncated || known === null ? [common, 0] : [0]) {
    const resumed = findResumption(source, mirror, shared);
    if (mirror.size - resumed >= leastOverlap) return { alignment: { shared, resumed }, diverged: known !== null };
  }
  return { alignment: { shared: isTruncated ? common : 0, resumed: mirror.size }, diverged: true };
}

/** Offset in the source of the first byte that the mirror does not hold. */
export function cursorOf({ shared, resumed }: Alignment, mirror: Extent): number {
  return shared + mirror.size - resumed;
}

function continues(source: Extent, mirror: Extent, { shared, resumed }: Alignment): boolean {
  const length = mirror.size - resumed;
  if (length < 0 || shared + length > source.size) return false;
  return sameEnds(source, 0, mirror, 0, shared) && sameEnds(source, shared, mirror, resumed, length);
}

/** Compares a window at either end of a range: enough to notice another generation, and cheap for a large ledger. */
function sameEnds(source: Extent, sourceAt: number, mirror: Extent, mirrorAt: number, length: number): boolean {
  const window = Math.min(WINDOW_BYTES, length);
  const last = length - window;
  return (
    sameBytes(source, sourceAt, mirror, mirrorAt, window) &&
    sameBytes(source, sourceAt + last, mirror, mirrorAt + last, window)
  );
}

/** The first line of the mirror, after the shared ones, from which on it reads like the source; its end where there is none. */
function findResumption(source: Extent, mirror: Extent, shared: number): number {
  const head = Buffer.allocUnsafe(Math.min(HEAD_BYTES, source.size - shared));
  if (readAt(source.fd, head, shared) !== head.length) return mirror.size;
  let candidates = 0;
  for (const at of linesLike(head, mirror, Math.max(shared, mirror.size - (source.size - shared)))) {
    candidates += 1;
    if (candidates > MAX_CANDIDATES) break;
    if (sameBytes(source, shared, mirror, at, mirror.size - at)) return at;
  }
  return mirror.size;
}

/** Starts of lines, from `floor` on, at which the mirror reads like `head` as far as it goes. */
function* linesLike(head: Buffer, mirror: Extent, floor: number): Generator<number> {
  const block = Buffer.allocUnsafe(SEARCH_BYTES + HEAD_BYTES);
  const beginsLike = (bytes: Buffer, at: number): boolean => {
    const length = Math.min(head.length, bytes.length - at);
    return bytes.compare(head, 0, length, at, at + length) === 0;
  };
  if (floor === 0 && beginsLike(block.subarray(0, readAt(mirror.fd, block, 0)), 0)) yield 0;
  for (let start = Math.max(0, floor - 1); start < mirror.size; start += SEARCH_BYTES) {
    const bytes = block.subarray(0, readAt(mirror.fd, block, start));
    for (let at = bytes.indexOf(NEWLINE); at !== -1 && at < SEARCH_BYTES; at = bytes.indexOf(NEWLINE, at + 1)) {
      if (start + at + 1 < mirror.size && beginsLike(bytes, at + 1)) yield start + at + 1;
    }
  }
}
