import { MAX_LINE_BYTES } from '@hedge-telemetry/contract';

/** A line of a file, without its newline and the carriage return before it. */
export interface Line {
  /** Byte offset of the first byte. */
  readonly offset: number;
  /** Byte offset after the newline, or after the last byte where there is none. */
  readonly end: number;
  /** Null for a line longer than MAX_LINE_BYTES; it is not kept in memory. Valid until the next push. */
  readonly bytes: Uint8Array | null;
}

/** Cuts a stream of bytes into lines at 0x0A. */
export interface LineSplitter {
  /** The lines that these bytes complete, cut as they are asked for; ask for all before the next push. */
  push(chunk: Uint8Array): Iterable<Line>;
  /** What follows the last newline; null where nothing does. */
  rest(): Line | null;
}

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Makes a splitter whose first byte stands at `start` of the file. It holds at most one line of MAX_LINE_BYTES. */
export function createLineSplitter(start: number): LineSplitter {
  let offset = start;
  let length = 0;
  let pieces: Uint8Array[] = [];

  const take = (piece: Uint8Array, copy: boolean): void => {
    length += piece.length;
    if (length > MAX_LINE_BYTES) pieces = [];
    else if (piece.length > 0) pieces.push(copy ? Uint8Array.from(piece) : piece);
  };
  const bytes = (): Uint8Array | null =>
    length > MAX_LINE_BYTES ? null : withoutReturn(pieces.length === 1 ? (pieces[0] ?? null) : Buffer.concat(pieces));
  const line = (terminator: 0 | 1): Line => ({ offset, end: offset + length + terminator, bytes: bytes() });

  return {
    *push(chunk) {
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
        take(chunk.subarray(from, at), false);
        const complete = line(1);
        offset = complete.end;
        length = 0;
        pieces = [];
        from = at + 1;
        yield complete;
      }
      take(chunk.subarray(from), true);
    },
    rest: () => (length === 0 ? null : line(0)),
  };
}

function withoutReturn(bytes: Uint8Array | null): Uint8Array | null {
  return bytes !== null && bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
}
