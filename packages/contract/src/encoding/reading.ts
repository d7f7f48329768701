import type { Cursor } from './cursor.js';
import type { Sink } from './sink.js';

/** A document that is being read. */
export interface Reading {
  readonly cursor: Cursor;
  readonly sink: Sink;
  /** Line separators that JSON leaves raw are escaped, so that a ledger line stays a line for everybody. */
  readonly escapeBreaks: boolean;
  /** Set where the screen wants the document looked at as a whole. */
  flagged: boolean;
}

/** Reads a value and puts its text. */
export type Reader = (reading: Reading) => void;
