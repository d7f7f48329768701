import type { Finding, LedgerName, StateName } from '@hedge-telemetry/contract';
import type { Words } from '../hand-off/words.js';
import type { SlotMemory } from '../hand-off/slots.js';
import type { RetentionOptions } from '../disk/retention.js';
import type { RotationOptions } from '../disk/rotation.js';
import type { DurabilityMode } from '../disk/durability.js';
import type { RedactorOptions } from '../redact/index.js';

/** What a file thread is started with. */
export interface ThreadData {
  readonly role: 'state' | 'ledger';
  readonly words: Words;
  /** Counters of the thread, COUNTERS to a surface, in the order of the registry's names. */
  readonly counters: Float64Array<SharedArrayBuffer>;
  /** Directory of the files, absolute, and as the user knows it. */
  readonly dir: string;
  readonly shown: string;
  /** What the name of a ledger's file ends with. */
  readonly suffix: '.jsonl' | '.spill.jsonl';
  readonly mode: DurabilityMode;
  readonly rotation: RotationOptions & { readonly gzip?: boolean };
  readonly keep: RetentionOptions;
  /** Milliseconds after which appended lines are put on disk, together; Infinity: only when asked. */
  readonly syncEvery: number;
  readonly redaction: RedactorOptions;
  /** Names the owner of ledger locks, over all threads of a writer that follow one another. */
  readonly token: string;
}

/** Memory that is handed to a file thread. */
export type ToThread =
  | { readonly slots: SlotMemory; readonly surface: StateName }
  | { readonly ring: SharedArrayBuffer; readonly ledger: LedgerName };

/** What a file thread says. */
export type FromThread =
  | { readonly findings: readonly Finding[] }
  /** A flush is done: the findings tell what could not be written. */
  | { readonly answered: number; readonly findings: readonly Finding[] };

/** Counters of a surface in a thread. */
export const WRITTEN = 0;
export const FAILED = 1;
export const UNCHANGED = 2;
/** Documents that became invalid where a secret was taken out of them, and were not written. */
export const REFUSED = 3;
/** Documents that a newer one overtook while they could not be written. */
export const OVERTAKEN = 4;
export const COUNTERS = 8;
