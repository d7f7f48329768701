import { MAX_LINE_BYTES } from '@hedge-telemetry/contract';
import type { LedgerContent } from './content.js';

/** A line with everything that belongs to it: its newline and what stands before it. */
export interface RawLine {
  readonly offset: number;
  readonly length: number;
  /** Null where the line is longer than a reader accepts. */
  readonly bytes: Buffer | null;
  /** It ends with a newline. */
  readonly complete: boolean;
}

const NEWLINE = 0x0a;

/** The lines from a byte offset on; with `torn` also what follows the last newline. */
export async function* linesFrom(
  content: LedgerContent,
  from: number,
  torn: boolean,
): AsyncGenerator<RawLine, void, undefined> {
  let offset = from;
  let begun: Buffer[] = [];
  let length = 0;
  const line = (complete: boolean): RawLine => {
    const bytes = length > MAX_LINE_BYTES ? null : begun.length === 1 ? (begun[0] ?? null) : Buffer.concat(begun);
    const made = { offset, length, bytes, complete };
    offset += length;
    begun = [];
    length = 0;
    return made;
  };
  for await (const chunk of content.chunks(from)) {
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, at + 1));
      yield line(true);
      start = at + 1;
    }
    if (start < chunk.length) keep(chunk.subarray(start));
  }
  if (torn && length > 0) yield line(false);

  function keep(part: Buffer): void {
    length += part.length;
    if (length > MAX_LINE_BYTES) begun = [];
    else begun.push(part);
  }
}
