import type { LedgerName, SurfaceEntry } from '@hedge-telemetry/contract';
import { FAILED } from '@hedge-telemetry/contract/encoding';
import type { Encoder, Region } from '@hedge-telemetry/contract/encoding';
import type { FileThread } from './file-thread.js';
import { ENCODED, TEXT } from './hand-off/form.js';
import { createRingMemory, createRingWriter } from './hand-off/ring.js';

/** What became of a record: there is no room for it, or it needs the general way. */
export type Offered = 'taken' | 'full' | 'general';

/** The queue of a ledger, as records go into it. */
export interface LedgerQueue {
  /** Offers a record as it was given. */
  offer(record: unknown): Offered;
  /** Offers a record as its line. */
  offerLine(line: string): Offered;
  /** Bytes that wait. */
  waiting(): number;
  /** True while another process holds the ledger. */
  isRefused(): boolean;
}

/** Longer records take the general way. What is encoded in so little room gives no more JSON than a line may hold. */
const MOST_ENCODED = 64 * 1024;
const MOST_BYTES_PER_UNIT = 3;

/** Makes the queue of a ledger, whose records a thread takes to the file. */
export function createLedgerQueue(
  { name }: SurfaceEntry,
  thread: FileThread,
  capacity: number,
  encode: Encoder,
  now: () => number,
): LedgerQueue {
  const memory = createRingMemory(capacity);
  thread.send({ ring: memory, ledger: name as LedgerName });
  const ring = createRingWriter(memory, now);

  function put(value: unknown, write: Encoder, most: number, form: number): Offered {
    const { region } = ring;
    let end = write(value, ring.begin(most), region);
    if (end === FAILED && region.full && ring.isFull()) {
      const start = ring.wrap(most);
      if (start === FAILED) return 'full';
      end = write(value, start, region);
      // The thread gives back the rest of the memory that was skipped, if it is told.
      thread.ring();
    }
    if (end === FAILED) return region.full && ring.isFull() ? 'full' : 'general';
    ring.commit(end, form);
    thread.ring();
    return 'taken';
  }

  return {
    offer(record) {
      try {
        return put(record, encode, MOST_ENCODED, ENCODED);
      } catch {
        // What a record throws when it is read is left to the general way.
        return 'general';
      }
    },
    offerLine: (line) => put(line, writeLine, Infinity, TEXT),
    waiting: () => ring.waiting(),
    isRefused: () => ring.isRefused(),
  };
}

function writeLine(line: unknown, at: number, region: Region): number {
  const text = line as string;
  if (at + roomFor(text, region.limit - at) > region.limit) {
    region.full = true;
    return FAILED;
  }
  return at + region.bytes.write(text, at);
}

/** Bytes of a text, or a bound of them where that fits. */
function roomFor(text: string, room: number): number {
  const bound = MOST_BYTES_PER_UNIT * text.length;
  return bound <= room ? bound : Buffer.byteLength(text);
}
