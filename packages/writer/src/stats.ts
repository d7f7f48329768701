import { ledgerNames, stateNames } from '@hedge-telemetry/contract/writing';
import type { LedgerName, StateName } from '@hedge-telemetry/contract';

/**
 * What became of one surface's documents. published = unchanged + coalesced + written + withheld + at most two still on
 * their way.
 */
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
  /** Taken documents that were not valid any more without the secret that was found in them. */
  readonly withheld: number;
  /** Attempts to write that failed. */
  readonly failed: number;
  /** Numbers that were NaN or infinite and became null. */
  readonly nonFinite: number;
}

/** What became of one ledger's records. appended - written - spilled - withheld of them wait in the queue. */
export interface LedgerStats {
  /** Records that append() took. */
  readonly appended: number;
  /** Records that append() refused since they are not valid. */
  readonly refused: number;
  /** Records that append() refused since there was no room for them, or another process holds the ledger. */
  readonly rejected: number;
  /** Taken records that went to the spill file, for want of room in the queue. */
  readonly spilled: number;
  /** Records whose line is in the file. */
  readonly written: number;
  /** Taken records that were not valid any more without the secret that was found in them. */
  readonly withheld: number;
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

/** Counters of the caller's thread. */
export interface SurfaceCounts {
  published: number;
  refused: number;
  coalesced: number;
  nonFinite: number;
}

/** Counters of the caller's thread. */
export interface LedgerCounts {
  appended: number;
  refused: number;
  rejected: number;
  spilled: number;
  nonFinite: number;
}

/** The counters of every surface and ledger, by name. */
export interface Counters {
  readonly surfaces: Readonly<Record<StateName, SurfaceCounts>>;
  readonly ledgers: Readonly<Record<LedgerName, LedgerCounts>>;
}

/** Counters at zero. */
export function createCounters(): Counters {
  return {
    surfaces: byName(stateNames, () => ({ published: 0, refused: 0, coalesced: 0, nonFinite: 0 })),
    ledgers: byName(ledgerNames, () => ({ appended: 0, refused: 0, rejected: 0, spilled: 0, nonFinite: 0 })),
  };
}

/** A record with a value for every name. */
export function byName<N extends string, T>(names: readonly N[], make: (name: N) => T): Record<N, T> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<N, T>;
}
