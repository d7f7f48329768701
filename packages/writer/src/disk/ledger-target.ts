import type { Finding } from '@hedge-telemetry/contract';
import type { DurabilityMode } from './durability.js';
import { createLedgerDescriptor } from './ledger-descriptor.js';
import { createLedgerLock } from './ledger-lock.js';
import { createLedgerTail } from './ledger-tail.js';
import type { Tail } from './ledger-tail.js';
import type { OpenLedger } from './open-ledger.js';
import { createRotation } from './rotation.js';
import type { RotationOptions } from './rotation.js';
import { writeBytes } from './write-bytes.js';
import { writeFailed } from './write-failed.js';
import type { Place } from './write-failed.js';

/** What became of a batch. */
export interface LedgerWrite {
  /** Bytes of whole lines of the batch that are in the file now. The caller drops them and passes the rest again. */
  readonly bytes: number;
  readonly lines: number;
  readonly failure: Finding | null;
}

/** The file of a ledger. All calls are synchronous, and none throws. */
export interface LedgerTarget {
  /**
   * Appends whole lines. After a failure the next batch begins at the first line that was not counted: what the file
   * already holds of it is remembered here, and it is continued there if the file still ends there; else what stands
   * there is ended by a newline, and the line written anew.
   */
  write(batch: Uint8Array): LedgerWrite;
  /** Puts all that was written on disk; the finding names what is not known to be there. A later success does not cover it. */
  sync(): Finding | null;
  /** Shows that this writer lives. To be called about once a second, also while nothing is written. */
  tick(): void;
  /** Puts on disk what is not, closes the file and releases its lock; the next write opens it anew. */
  close(): Finding | null;
}

export interface LedgerTargetOptions extends Place {
  readonly file: string;
  /** Hears what is worth knowing and is no failure of a call. */
  readonly say: (finding: Finding) => void;
  /** The current time in seconds since 1970. */
  readonly now: () => number;
  /** `durable` puts the name of a segment on disk when it is made; else the next sync() does. */
  readonly mode?: DurabilityMode;
  readonly rotation?: RotationOptions;
  /** Hears when this process becomes the writer: segments that lie there are its own to look after from then on. */
  readonly held?: () => void;
  /** Hears of every segment. */
  readonly rotated?: (segment: string) => void;
  /**
   * Names the owner of the lock, in up to 64 letters, digits, `_` and `-`: a target with the same token takes over the
   * lock of one that ended without close(), in a thread of the same process. A new one by default.
   */
  readonly token?: string;
}

const NEWLINE = 0x0a;

/** Makes the target of a ledger. Touches nothing until something is written. */
export function createLedgerTarget(options: LedgerTargetOptions): LedgerTarget {
  const { say, now, mode = 'atomic', rotation: when = {}, held = ignore, rotated = ignore } = options;
  const descriptor = createLedgerDescriptor(options);
  const lock = createLedgerLock({ ...options, taken });
  const tail = createLedgerTail(options);
  const rotation = createRotation(when, { ...options, rotated });
  let inode: string | null = null;

  function taken(made: string | null): void {
    descriptor.namesChanged(made);
    held();
  }

  function write(batch: Uint8Array): LedgerWrite {
    const lines = batch.subarray(0, wholeLines(batch));
    let bytes = 0;
    let failure = lock.hold();
    while (failure === null && bytes < lines.length) {
      const step = attempt(lines.subarray(bytes));
      bytes += step.bytes;
      if (step.error === null) continue;
      failure = writeFailed(options, step.error);
      descriptor.release();
    }
    return { bytes, lines: countLines(lines.subarray(0, bytes)), failure };
  }

  /** Writes some of the lines, or makes room for them; says how many bytes of whole lines are in the file now. */
  function attempt(lines: Uint8Array): { bytes: number; error: unknown } {
    try {
      const ledger = current();
      const at = tail.find(ledger);
      if (at.partial === 0 && rotation.due(at.size, lines)) {
        rotate();
        return { bytes: 0, error: null };
      }
      return append(ledger, at, lines.subarray(0, rotation.room(at.size - at.partial, lines)));
    } catch (error) {
      return { bytes: 0, error };
    }
  }

  function current(): OpenLedger {
    const ledger = descriptor.current();
    if (ledger.inode !== inode) rotation.wroteAt(ledger.modified);
    inode = ledger.inode;
    return ledger;
  }

  function rotate(): void {
    descriptor.release();
    if (!rotation.rotate()) return;
    descriptor.namesChanged(null);
    if (mode !== 'durable') return;
    const failure = descriptor.sync();
    if (failure !== null) say(failure);
  }

  function append(ledger: OpenLedger, { size, partial }: Tail, lines: Uint8Array): { bytes: number; error: unknown } {
    const { end, error } = writeBytes(ledger.fd, lines, partial);
    const bytes = wholeLines(lines.subarray(0, end));
    descriptor.wrote(size, end - partial);
    rotation.wroteAt(now());
    tail.moved(ledger, { size: size + end - partial, partial: end - bytes }, error !== null);
    return { bytes, error };
  }

  function close(): Finding | null {
    const failure = descriptor.sync();
    descriptor.release();
    lock.release();
    return failure;
  }

  return { write, sync: () => descriptor.sync(), tick: () => lock.beat(), close };
}

/** Bytes of the lines that are ended. */
function wholeLines(bytes: Uint8Array): number {
  return bytes.lastIndexOf(NEWLINE) + 1;
}

function ignore(): void {}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}
