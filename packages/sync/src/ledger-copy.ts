import { setImmediate as nextTurn } from 'node:timers/promises';

import { lastLineEnd, NEWLINE } from './extent.js';
import type { Extent } from './extent.js';
import type { LedgerTarget } from './ledger-target.js';

/** What is to be copied, and who looks at it as it goes by. */
export interface LedgerCopy {
  readonly source: Extent;
  readonly target: Pick<LedgerTarget, 'append'>;
  /** Offset in the source of the first byte that the mirror does not hold. */
  readonly start: number;
  /** Bytes after which the copying stops at the end of a line. */
  readonly limit: number;
  /** Gets the bytes that are about to be appended, in order. */
  readonly before: (chunk: Buffer) => void;
  /** Hears how many of them were. */
  readonly after: (chunk: Buffer, written: number) => void;
}

/** How far the copying came. */
export interface Copied {
  /** Offset in the source behind the last byte that the mirror now holds. */
  readonly cursor: number;
  /** Offset in the source behind its last complete line. */
  readonly end: number;
  readonly failure: string | null;
}

const CHUNK_BYTES = 1024 * 1024;

/**
 * Appends the complete lines that the mirror lacks, byte for byte. Each append ends at the end of a line, unless a
 * single line is longer than a chunk. Other work gets its turn between chunks.
 */
export async function copyLines({ source, target, start, limit, before, after }: LedgerCopy): Promise<Copied> {
  const end = lastLineEnd(source, start, source.end);
  const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - start));
  let cursor = start;
  while (cursor < end && cursor - start < limit) {
    const got = chunk.subarray(0, source.read(chunk.subarray(0, Math.min(chunk.length, end - cursor)), cursor));
    if (got.length === 0) return { cursor, end, failure: 'the source was truncated while it was read' };
    const whole = got.subarray(0, got.lastIndexOf(NEWLINE) + 1 || got.length);
    before(whole);
    const { written, failure } = target.append(whole);
    after(whole, written);
    cursor += written;
    if (failure !== null) return { cursor, end, failure };
    if (cursor < end) await nextTurn();
  }
  return { cursor, end, failure: null };
}
