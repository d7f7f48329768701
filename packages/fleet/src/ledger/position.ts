import { createHash } from 'node:crypto';
import { HEADER } from '../headers.js';
import type { SinkRecord } from '../sink.js';

/** Where a ledger stands: behind a line of a generation. */
export interface LedgerPosition {
  readonly generation: string;
  /** Generation before it; null where none is known. */
  readonly previous: string | null;
  /** The last line: its byte offset, its length with the newline, its fingerprint (null where it must not be told). */
  readonly offset: number;
  readonly length: number;
  readonly line: string | null;
  /** Host and directory that it was sent from. */
  readonly source: string;
}

/** The generation of a ledger of which nothing was sent yet by the source that took over. */
export const NO_GENERATION = 'none';

/** The first 64 bits of SHA-256, in hex. */
export function fingerprint(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}

/** The position that a record of the stream stands for; null where it is no record of ours. */
export function positionOf({ headers }: SinkRecord): LedgerPosition | null {
  const generation = headers[HEADER.generation];
  const source = headers[HEADER.source];
  const offset = Number(headers[HEADER.offset] ?? Number.NaN);
  const length = Number(headers[HEADER.length] ?? Number.NaN);
  if (generation === undefined || source === undefined) return null;
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0) return null;
  return {
    generation,
    previous: headers[HEADER.previous] ?? null,
    offset,
    length,
    line: headers[HEADER.line] ?? null,
    source,
  };
}

/** The headers that say where a line stands. */
export function positionHeaders(position: LedgerPosition): Record<string, string> {
  return {
    [HEADER.generation]: position.generation,
    ...(position.previous === null ? {} : { [HEADER.previous]: position.previous }),
    [HEADER.offset]: String(position.offset),
    [HEADER.length]: String(position.length),
    ...(position.line === null ? {} : { [HEADER.line]: position.line }),
    [HEADER.source]: position.source,
  };
}
