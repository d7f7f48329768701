import { ledgerNames, stateNames } from '@hedge-telemetry/contract';
import type { LedgerName, StateName } from '@hedge-telemetry/contract';

/** What became of one surface's documents. published = unchanged + coalesced + written + at most two still on their way. */
export interface SurfaceStats {
  /** Documents that publish() took. */
  readonly published: number;
  /** Documents that publish() refused; the file on disk stayed. */
  readonly refused: number;
  /** Taken documents that equal the file on disk and were not rewritten. */
  readonly unchanged: number;
  /** Taken documents that a newer one overtook before they were written. */
  readonly coalesced: number;
  /** Documents that replaced the file. */
  readonly written: number;
  /** Attempts to write that failed. */
  readonly failed: number;
  /** Numbers that were NaN or infinite and became null. */
  readonly nonFinite: number;
}

/** What became of one ledger's records. appended - written of them wait in memory. */
export interface LedgerStats {
  /** Records that append() took. */
  readonly appended: number;
  /** Records that append() refused. */
  readonly refused: number;
  /** Records whose line is in the file. */
  readonly written: number;
  /** Attempts to write that failed. */
  readonly failed: number;
  /** Numbers that were NaN or infinite and became null. */
  readonly nonFinite: number;
}

/** Counters since the writer was created. */
export interface WriterStats {
  readonly surfaces: Readonly<Record<StateName, SurfaceStats>>;
  readonly ledgers: Readonly<Record<LedgerName, LedgerStats>>;
}

/** Counters that count. */
export type Counting<T> = { -readonly [K in keyof T]: number };

/** The counters of every surface and ledger, by name. */
export interface Counters {
  readonly surfaces: Readonly<Record<StateName, Counting<SurfaceStats>>>;
  readonly ledgers: Readonly<Record<LedgerName, Counting<LedgerStats>>>;
}

/** Counters at zero. */
export function createCounters(): Counters {
  return {
    surfaces: byName(stateNames, () => ({
      published: 0,
      refused: 0,
      unchanged: 0,
      coalesced: 0,
      written: 0,
      failed: 0,
      nonFinite: 0,
    })),
    ledgers: byName(ledgerNames, () => ({ appended: 0, refused: 0, written: 0, failed: 0, nonFinite: 0 })),
  };
}

function byName<N extends string, T>(names: readonly N[], make: () => T): Record<N, T> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<N, T>;
}
