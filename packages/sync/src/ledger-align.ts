import { commonLength, lastLineEnd, NEWLINE, sameBytes } from './extent.js';
import type { Extent } from './extent.js';

/**
 * How a source file lies in its mirror: its first `shared` bytes stand at `at`, and what follows in the source follows in
 * the mirror from `resumed` to the end. Between the two the mirror holds what the source no longer has.
 */
export interface Alignment {
  readonly at: number;
  readonly shared: number;
  readonly resumed: number;
}

/** Less than this in common may be equal records by chance. */
export const TELLING_BYTES: number = 4 * 1024;

const WINDOW_BYTES = 64 * 1024;
const SEARCH_BYTES = 1024 * 1024;
/** Lines that the source lost may stand in the mirror behind a whole file; it is looked for so much further back. */
const SLACK_BYTES = 16 * 1024 * 1024;
/** Places that begin like the source and are compared to the end, and bytes compared; only a hostile ledger has more. */
const MAX_CANDIDATES = 1_000;
const MAX_COMPARED_BYTES = 256 * 1024 * 1024;

/** The alignment of a source of which the mirror holds nothing yet. */
export function appended(mirror: Extent): Alignment {
  return { at: mirror.end, shared: 0, resumed: mirror.end };
}

/** Bytes of the source that the mirror holds. */
export function heldBytes({ shared, resumed }: Alignment, mirror: Extent): number {
  return shared + mirror.end - resumed;
}

/** True when the source still lies in the mirror as it did; a window at either end of each part is compared. */
export function continues(source: Extent, mirror: Extent, { at, shared, resumed }: Alignment): boolean {
  const length = mirror.end - resumed;
  if (length < 0 || at < mirror.begin || shared + length > source.end) return false;
  return sameEnds(source, 0, mirror, at, shared) && sameEnds(source, shared, mirror, resumed, length);
}

/**
 * Finds a source file in the mirror. The mirror ends within it or with it; or holds it whole and then something else; or
 * holds its beginning, from where on the source was rewritten. Null where the mirror holds none of it.
 */
export function locate(source: Extent, mirror: Extent): Alignment | null {
  let best = { at: 0, shared: 0 };
  let compared = 0;
  for (const at of placesOf(source, 0, mirror, Math.max(mirror.begin, mirror.end - source.end - SLACK_BYTES))) {
    const common = commonLength(source, 0, mirror, at);
    if (at + common === mirror.end) return { at, shared: 0, resumed: at };
    const shared = lastLineEnd(source, 0, common);
    if (shared > best.shared) best = { at, shared };
    compared += common;
    if (compared > MAX_COMPARED_BYTES) break;
  }
  const { at, shared } = best;
  if (shared === 0) return null;
  const resumed = resumption(source, shared, mirror, at + shared);
  const isTelling = shared >= TELLING_BYTES || shared === lastLineEnd(source, 0, source.end) || resumed < mirror.end;
  return isTelling ? { at, shared, resumed } : null;
}

/** Where the mirror, from `floor` on, reads like the source from `shared` on, up to its end; its end where it does not. */
function resumption(source: Extent, shared: number, mirror: Extent, floor: number): number {
  let compared = 0;
  for (const at of placesOf(source, shared, mirror, Math.max(floor, mirror.end - (source.end - shared)))) {
    const common = commonLength(source, shared, mirror, at);
    if (at + common === mirror.end) return at;
    compared += common;
    if (compared > MAX_COMPARED_BYTES) break;
  }
  return mirror.end;
}

/** Starts of lines of the mirror, from `floor` on, at which it reads like the source at `from` for a while or for a line. */
function* placesOf(source: Extent, from: number, mirror: Extent, floor: number): Generator<number> {
  const head = Buffer.alloc(Math.min(TELLING_BYTES, source.end - from));
  if (head.length === 0 || source.read(head, from) !== head.length) return;
  const firstLine = head.indexOf(NEWLINE) + 1 || head.length;
  const block = Buffer.allocUnsafe(SEARCH_BYTES + TELLING_BYTES);
  let left = MAX_CANDIDATES;
  for (let start = floor; start < mirror.end; start += SEARCH_BYTES) {
    const bytes = block.subarray(0, mirror.read(block, start));
    const searched = Math.min(SEARCH_BYTES, bytes.length);
    for (let at = firstStart(mirror, start, bytes); at < searched; at = startAfter(bytes, at)) {
      const length = Math.min(firstLine, bytes.length - at);
      if (bytes.compare(head, 0, length, at, at + length) !== 0) continue;
      yield start + at;
      left -= 1;
      if (left === 0) return;
    }
  }
}

/** Index of the first start of a line in a block of the mirror. */
function firstStart(mirror: Extent, start: number, bytes: Buffer): number {
  const before = Buffer.alloc(1);
  const isStart = start === mirror.begin || (mirror.read(before, start - 1) === 1 && before[0] === NEWLINE);
  return isStart ? 0 : startAfter(bytes, 0);
}

function startAfter(bytes: Buffer, at: number): number {
  const newline = bytes.indexOf(NEWLINE, at);
  return newline === -1 ? Infinity : newline + 1;
}

function sameEnds(source: Extent, sourceAt: number, mirror: Extent, mirrorAt: number, length: number): boolean {
  const width = Math.min(WINDOW_BYTES, length);
  const last = length - width;
  return (
    sameBytes(source, sourceAt, mirror, mirrorAt, width) &&
    sameBytes(source, sourceAt + last, mirror, mirrorAt + last, width)
  );
}
