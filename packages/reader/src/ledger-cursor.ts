import type { FileHandle } from 'node:fs/promises';
import type { LedgerName } from '@hedge-telemetry/contract';
import { lineEntry, unterminatedEntry } from './ledger-entry.js';
import type { LedgerEntry, LinePlace } from './ledger-entry.js';
import { createLineSplitter } from './lines.js';
import type { Line, LineSplitter } from './lines.js';

/** Where reading of a ledger stands. */
export interface LedgerCursor<N extends LedgerName> {
  readonly ledger: N;
  readonly file: string;
  readonly splitter: LineSplitter;
  readonly chunk: Buffer;
  /** Bytes of the file that were read. */
  position: number;
  /** Number of the next line; null where reading did not start at the beginning. */
  nextLine: number | null;
  /** The last bytes before `position`, by which a file that replaces this one is known to continue it. */
  seam: Buffer;
}

/** Entries chunk by chunk, each made when it is asked for. */
export type Batches<N extends LedgerName> = AsyncGenerator<Iterable<LedgerEntry<N>>, void, undefined>;

const CHUNK_BYTES = 256 * 1024;
const SEAM_BYTES = 4 * 1024;
const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d]);

/** A cursor at a byte offset of a file. */
export function createCursor<N extends LedgerName>(ledger: N, file: string, from: number): LedgerCursor<N> {
  return {
    ledger,
    file,
    splitter: createLineSplitter(from),
    chunk: Buffer.allocUnsafe(CHUNK_BYTES),
    position: from,
    nextLine: from === 0 ? 1 : null,
    seam: Buffer.alloc(0),
  };
}

/**
 * Reads from the cursor to the end of the file, one chunk in memory at a time; each batch is to be used up before the
 * next is asked for. Rejects where the file cannot be read.
 */
export async function* drain<N extends LedgerName>(
  cursor: LedgerCursor<N>,
  handle: FileHandle,
  signal: AbortSignal | undefined,
): Batches<N> {
  const { chunk } = cursor;
  while (!isAborted(signal)) {
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, cursor.position);
    if (bytesRead === 0) return;
    const read = chunk.subarray(0, bytesRead);
    cursor.position += bytesRead;
    cursor.seam = Buffer.from(Buffer.concat([cursor.seam, read.subarray(-SEAM_BYTES)]).subarray(-SEAM_BYTES));
    yield linesOf(cursor, read);
  }
}

/** The entry of the torn last line; none where the file ends with a newline. */
export function unterminated<N extends LedgerName>(cursor: LedgerCursor<N>): LedgerEntry<N>[] {
  const rest = cursor.splitter.rest();
  return rest === null || isBlank(rest) ? [] : [unterminatedEntry(rest, nextPlace(cursor))];
}

/** True when the file holds, before the cursor, what was read there: it was at most appended to. */
export async function isContinuedBy(cursor: LedgerCursor<LedgerName>, handle: FileHandle): Promise<boolean> {
  const { position, seam } = cursor;
  if ((await handle.stat()).size < position) return false;
  if (seam.length === 0) return true;
  const there = Buffer.alloc(seam.length);
  const { bytesRead } = await handle.read(there, 0, there.length, position - seam.length);
  return bytesRead === seam.length && there.equals(seam);
}

/** True once the signal is aborted; false without one. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function* linesOf<N extends LedgerName>(cursor: LedgerCursor<N>, chunk: Uint8Array): Generator<LedgerEntry<N>> {
  for (const line of cursor.splitter.push(chunk)) {
    const place = nextPlace(cursor);
    if (!isBlank(line)) yield lineEntry(line, place);
  }
}

function nextPlace<N extends LedgerName>(cursor: LedgerCursor<N>): LinePlace<N> {
  const { ledger, file, nextLine: line } = cursor;
  if (line !== null) cursor.nextLine = line + 1;
  return { ledger, file, line };
}

function isBlank({ bytes }: Line): boolean {
  return bytes !== null && bytes.every((byte) => BLANKS.has(byte));
}
