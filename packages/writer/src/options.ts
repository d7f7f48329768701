import type { Finding } from '@hedge-telemetry/contract';
import type { DurabilityMode } from './disk/durability.js';
import type { RetentionOptions } from './disk/retention.js';
import type { RotationOptions } from './disk/rotation.js';
import type { RedactorOptions } from './redact/index.js';

/** Where and how a writer writes. */
export interface WriterOptions {
  /** The logs directory: `state/` and `execution/` lie below it and are made on demand. */
  readonly dir: string;
  /** The current time in seconds since 1970; the system's clock by default. */
  readonly now?: () => number;
  /**
   * Hears every finding as it arises: those that publish() and append() return, and those that arise while files are
   * written, such as `write-failed`, `secret-redacted` or `ledger-rotated`. What it throws is ignored.
   */
  readonly onFinding?: (finding: Finding) => void;
  /** What counts as a secret, besides the values of this process's sensitive environment variables and the known formats. */
  readonly redaction?: RedactorOptions;
  /**
   * What a state file survives. `fast`: the end of the process. `atomic`, the default: a power loss, whole, though perhaps
   * one version back. `durable`: a power loss, with the version that was written last.
   */
  readonly durability?: DurabilityMode;
  readonly queue?: QueueOptions;
  /** Milliseconds after which appended lines are put on disk, together; 200 by default. Infinity: only by flush({ durable: true }). */
  readonly syncEvery?: number;
  /** When ledgers are rotated, whether segments are compressed, and how many are kept; never, no, and all by default. */
  readonly rotation?: RotationOptions & { readonly gzip?: boolean; readonly keep?: RetentionOptions };
}

/** What waits for the disk. */
export interface QueueOptions {
  /** Bytes of each ledger's queue; 8 MiB by default, about 50,000 events. */
  readonly bytes?: number;
  /**
   * What becomes of a record that the queue has no room for. `reject`, the default: append() refuses it with a finding.
   * `spill`: it goes to `<ledger>.spill.jsonl` in `spillDir`, through a thread and a queue of its own.
   */
  readonly policy?: 'reject' | 'spill';
  /** Directory of spill files, best on another disk; `spill` below the logs directory by default. */
  readonly spillDir?: string;
}

/** How far a flush goes. */
export interface FlushOptions {
  /** Also puts on disk what was written, names of files included: it survives a power loss. */
  readonly durable?: boolean;
}

const LEAST_QUEUE = 64 * 1024;
const MOST_QUEUE = 512 * 1024 * 1024;
const USUAL_QUEUE = 8 * 1024 * 1024;
const USUAL_SYNC = 200;

/** Bytes of a queue: a multiple of 8 within reason. */
export function queueBytes({ bytes = USUAL_QUEUE }: QueueOptions): number {
  if (!Number.isFinite(bytes)) return USUAL_QUEUE;
  return Math.min(MOST_QUEUE, Math.max(LEAST_QUEUE, Math.ceil(bytes / 8) * 8));
}

export function syncInterval(milliseconds: number = USUAL_SYNC): number {
  return milliseconds >= 0 ? milliseconds : USUAL_SYNC;
}
