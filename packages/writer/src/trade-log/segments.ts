import { MAX_LINE_BYTES } from '@hedge-telemetry/contract';

/** Bytes that can be read from any place; what a ledger's file is to its reading. */
export interface ByteSource {
  readonly size: number;
  /** Fills the buffer from a position; false where the bytes are no longer there. */
  read(into: Uint8Array, position: number): Promise<boolean>;
}

/** A stretch of a ledger: what stands between two delimiters, or a run of NUL bytes. Valid until the next batch is asked for. */
export interface Segment {
  /** Byte offsets in the file, of the first byte and after the last one. */
  readonly offset: number;
  readonly end: number;
  readonly kind: 'line' | 'nul';
  /** Null for NUL bytes, and for a line that is longer than a reader accepts. */
  readonly bytes: Uint8Array | null;
  /** What follows: a newline where the line is complete. */
  readonly followedBy: 'newline' | 'nul' | 'end';
}

/** Newest or oldest first. */
export type Order = 'newest' | 'oldest';

const CHUNK_BYTES = 64 * 1024;
const NEWLINE = 0x0a;
const NUL = 0x00;

/**
 * Cuts a ledger into its lines, batch by batch, from its end or from its start. Lines end at a newline or at a NUL byte, which
 * JSON never holds: a run of them is what power loss left in place of lines, and costs no line beside it. Memory is one chunk
 * and one line. Rejects where the bytes can no longer be read.
 */
export async function* segments(source: ByteSource, order: Order): AsyncGenerator<Segment[], void, undefined> {
  const cutter = createCutter(order, source.size);
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  for (let done = 0; done < source.size;) {
    const length = Math.min(CHUNK_BYTES, source.size - done);
    const start = order === 'newest' ? source.size - done - length : done;
    const bytes = chunk.subarray(0, length);
    if (!(await source.read(bytes, start))) throw new Error('the file became shorter while it was read');
    done += length;
    yield cutter.push(bytes, start);
  }
  yield cutter.rest();
}

interface Cutter {
  push(chunk: Buffer, start: number): Segment[];
  /** What remains at the end of the way. */
  rest(): Segment[];
}

function createCutter(order: Order, size: number): Cutter {
  const backward = order === 'newest';
  const line = createParts(backward);
  /** Where the line that is being gathered starts on the way. */
  let mark = backward ? size : 0;
  let previous: Segment['followedBy'] = 'end';
  let run: { offset: number; end: number } | null = null;
  let found: Segment[] = [];

  const endRun = (): void => {
    if (run !== null) found.push({ ...run, kind: 'nul', bytes: null, followedBy: 'nul' });
    run = null;
  };

  const endLine = (until: number, next: Segment['followedBy']): void => {
    const [offset, end] = backward ? [until, mark] : [mark, until];
    if (end === offset) return;
    endRun();
    found.push({ offset, end, kind: 'line', bytes: line.take(), followedBy: backward ? previous : next });
  };

  const meet = (byte: number | undefined, at: number): void => {
    const delimiter = byte === NUL ? 'nul' : 'newline';
    endLine(backward ? at + 1 : at, delimiter);
    if (delimiter === 'newline') endRun();
    else run = { offset: Math.min(at, run?.offset ?? at), end: Math.max(at + 1, run?.end ?? 0) };
    mark = backward ? at : at + 1;
    previous = delimiter;
  };

  const given = (): Segment[] => {
    const batch = found;
    found = [];
    return batch;
  };

  return {
    push(chunk, start) {
      const delimiters = chunk.includes(NUL) ? [NEWLINE, NUL] : [NEWLINE];
      let edge = backward ? chunk.length : 0;
      for (;;) {
        const at = backward ? lastOf(chunk, delimiters, edge - 1) : firstOf(chunk, delimiters, edge);
        if (at === -1) break;
        line.add(backward ? chunk.subarray(at + 1, edge) : chunk.subarray(edge, at));
        meet(chunk[at], start + at);
        edge = backward ? at : at + 1;
      }
      line.addCopy(backward ? chunk.subarray(0, edge) : chunk.subarray(edge));
      return given();
    },
    rest() {
      endLine(backward ? 0 : size, 'end');
      endRun();
      return given();
    },
  };
}

interface Parts {
  add(part: Buffer): void;
  /** Keeps the bytes beyond the chunk that they are in. */
  addCopy(part: Buffer): void;
  /** The bytes gathered, null where they are too many; starts anew. */
  take(): Uint8Array | null;
}

function createParts(backward: boolean): Parts {
  let parts: Buffer[] = [];
  let length = 0;
  const add = (part: Buffer): void => {
    length += part.length;
    if (length > MAX_LINE_BYTES) parts = [];
    else if (part.length > 0) parts.push(part);
  };
  return {
    add,
    addCopy: (part) => add(length + part.length > MAX_LINE_BYTES ? part : Buffer.from(part)),
    take() {
      const [only] = parts;
      const whole =
        parts.length === 1 && only !== undefined ? only : Buffer.concat(backward ? parts.toReversed() : parts);
      const bytes = length > MAX_LINE_BYTES ? null : whole;
      parts = [];
      length = 0;
      return bytes;
    },
  };
}

function lastOf(chunk: Buffer, bytes: readonly number[], from: number): number {
  return from < 0 ? -1 : Math.max(...bytes.map((byte) => chunk.lastIndexOf(byte, from)));
}

function firstOf(chunk: Buffer, bytes: readonly number[], from: number): number {
  const places = bytes.map((byte) => chunk.indexOf(byte, from)).filter((at) => at !== -1);
  return places.length === 0 ? -1 : Math.min(...places);
}
