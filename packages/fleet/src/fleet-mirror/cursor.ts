import { readGuarded, replaceFileDurably } from '@hedge-telemetry/sync';
import type { TailMark } from '../fleet-reader/tail-mark.js';

/** How far a ledger was mirrored. What the file holds behind it was written later, and is compared before it is added to. */
export interface MirrorCursor {
  /** Bytes of the mirrored ledger. */
  readonly bytes: number;
  /** Fingerprint of the last of them. */
  readonly tail: string;
  /** Where the next line is to begin in the ledger of the host; null where that is not known. */
  readonly next: NextLine | null;
  readonly mark: TailMark;
}

export interface NextLine {
  readonly generation: string;
  readonly offset: number;
}

const MAX_CURSOR_BYTES = 1024 * 1024;

/** Reads a cursor; null where there is none that can be read. */
export function readCursor(path: string): MirrorCursor | null {
  const read = readGuarded(path, MAX_CURSOR_BYTES);
  if (read.state !== 'read') return null;
  try {
    const cursor = JSON.parse(read.bytes.toString('utf8')) as Partial<MirrorCursor> | null;
    return cursor !== null && typeof cursor.bytes === 'number' && Array.isArray(cursor.mark?.read)
      ? (cursor as MirrorCursor)
      : null;
  } catch {
    return null;
  }
}

/** Puts a cursor in place. Null when done, else what went wrong. */
export function writeCursor(path: string, cursor: MirrorCursor): Promise<string | null> {
  return replaceFileDurably(path, Buffer.from(`${JSON.stringify(cursor)}\n`));
}
