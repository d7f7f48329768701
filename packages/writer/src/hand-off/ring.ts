import { createRegion } from '@hedge-telemetry/contract/encoding';
import type { Region } from '@hedge-telemetry/contract/encoding';
import { HEADER, SKIPPED } from './form.js';

/**
 * The queue of a ledger: records in a ring of shared memory, in order, each in one piece behind 8 bytes that hold its
 * length and form. The caller's thread moves HEAD, the file thread TAIL, when the record is in the file.
 */
const HEAD = 0;
const TAIL = 1;
/** 1 while another process holds the ledger. */
const REFUSED = 2;
const RECORD_HEADER = 8;
const NOWHERE = -1;

/** Memory of a queue of `capacity` bytes, a multiple of 8. */
export function createRingMemory(capacity: number): SharedArrayBuffer {
  return new SharedArrayBuffer(HEADER + capacity);
}

/** The side of the caller's thread. */
export interface RingWriter {
  /** The region of the whole queue; its limit is the end of the room that was begun. */
  readonly region: Region;
  /** Opens room for a record at the head, at most `most` bytes of it; gives where the record begins. */
  begin(most: number): number;
  /** Opens room at the start of the memory, where there is some; -1 where there is none. */
  wrap(most: number): number;
  /** Hands over the record that ends at `end`. */
  commit(end: number, form: number): void;
  /** The room that was begun ends here because the queue is full, not because of `most`. */
  isFull(): boolean;
  /** Bytes that wait. */
  waiting(): number;
  /** True while another process holds the ledger. */
  isRefused(): boolean;
}

export function createRingWriter(memory: SharedArrayBuffer, now: () => number): RingWriter {
  const words = new Int32Array(memory, 0, HEADER / 4);
  const region = createRegion(memory, now);
  const slack = region.bytes.length - region.limit;
  const capacity = memory.byteLength - HEADER;
  let head = 0;
  let capped = false;

  function begin(most: number): number {
    const tail = Atomics.load(words, TAIL);
    const end = HEADER + (head < tail ? tail - RECORD_HEADER : tail === 0 ? capacity - RECORD_HEADER : capacity);
    const at = HEADER + head + RECORD_HEADER;
    capped = at + most < end;
    region.limit = Math.min(end, at + most) - slack;
    region.full = false;
    return at;
  }

  return {
    region,
    begin,
    wrap(most) {
      const tail = Atomics.load(words, TAIL);
      if (head < tail || tail === 0) return -1;
      region.view.setUint32(HEADER + head, capacity - head, true);
      region.bytes[HEADER + head + 4] = SKIPPED;
      head = 0;
      Atomics.store(words, HEAD, head);
      return begin(most);
    },
    commit(end, form) {
      const length = (end - HEADER - head + 7) & ~7;
      region.view.setUint32(HEADER + head, end - HEADER - head, true);
      region.bytes[HEADER + head + 4] = form;
      head = head + length === capacity ? 0 : head + length;
      Atomics.store(words, HEAD, head);
    },
    isFull: () => !capped,
    waiting() {
      const used = head - Atomics.load(words, TAIL);
      return used < 0 ? used + capacity : used;
    },
    isRefused: () => Atomics.load(words, REFUSED) === 1,
  };
}

/** The side of the file thread. */
export interface RingReader {
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Moves to the next record before `goal`, a position that {@link head} gave; false where there is none. */
  next(goal: number): boolean;
  /** Position behind the last record that was handed over so far. */
  head(): number;
  /** Form and extent of the record that was moved to. */
  form: number;
  at: number;
  end: number;
  /** Position behind the record, for {@link release}. */
  position: number;
  /** Gives back the room of all records up to a position. */
  release(position: number): void;
  /** Tells the caller's thread whether another process holds the ledger. */
  refuse(refused: boolean): void;
}

export function createRingReader(memory: SharedArrayBuffer): RingReader {
  const words = new Int32Array(memory, 0, HEADER / 4);
  const capacity = memory.byteLength - HEADER;
  const view = new DataView(memory);
  const bytes = Buffer.from(memory as unknown as ArrayBuffer);
  /** Where a stretch was skipped whose room is given back with what lies before it. */
  let skipped = NOWHERE;

  /** The room of a skipped stretch must not stay taken: the next record may need all there is. */
  function skip(position: number): void {
    if (Atomics.load(words, TAIL) === position) Atomics.store(words, TAIL, 0);
    else skipped = position;
  }

  const reader: RingReader = {
    bytes,
    view,
    form: SKIPPED,
    at: 0,
    end: 0,
    position: Atomics.load(words, TAIL),
    head: () => Atomics.load(words, HEAD),
    next(goal) {
      while (reader.position !== goal) {
        const start = HEADER + reader.position;
        const length = view.getUint32(start, true);
        const begun = reader.position;
        const position = begun + ((length + 7) & ~7);
        reader.position = position === capacity ? 0 : position;
        reader.form = bytes[start + 4] as number;
        if (reader.form === SKIPPED) {
          skip(begun);
          continue;
        }
        reader.at = start + RECORD_HEADER;
        reader.end = start + length;
        return true;
      }
      return false;
    },
    release(position) {
      // A batch that begins before the stretch may end behind it: then the stretch is given back with it.
      const isPassed = position === skipped || position < Atomics.load(words, TAIL);
      Atomics.store(words, TAIL, position === skipped ? 0 : position);
      if (isPassed) skipped = NOWHERE;
    },
    refuse: (refused) => void Atomics.store(words, REFUSED, refused ? 1 : 0),
  };
  return reader;
}
