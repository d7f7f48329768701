import type { Finding } from '@hedge-telemetry/contract';
import { archiveFailed, createArchive } from './archive.js';
import { applyRetention } from './retention.js';
import type { RetentionOptions } from './retention.js';
import { segmentShown, segmentsOf } from './segments.js';
import { causeOf } from './write-failed.js';
import type { Place } from './write-failed.js';

/** A ledger whose segments are looked after. */
export interface LedgerPlace extends Place {
  readonly file: string;
}

/** Looks after the segments of ledgers: compresses them, and removes the oldest. No call throws or waits. */
export interface Housekeeping {
  /**
   * Takes up what an earlier process left of a ledger: segments that are not compressed, and more of them than are kept.
   * The lock of the ledger must be held.
   */
  begin(ledger: LedgerPlace): void;
  /** Takes up a segment that was made just now. */
  rotated(ledger: LedgerPlace, segment: string): void;
  /** Goes on with the work; to be called about once a second. True while there is some. */
  poll(): boolean;
  /** Leaves what is not finished to the next start. */
  close(): void;
}

export interface HousekeepingOptions {
  readonly gzip?: boolean;
  /** What is kept; everything, where nothing is said. */
  readonly keep?: RetentionOptions;
  /** The current time in seconds since 1970. */
  readonly now: () => number;
  readonly say: (finding: Finding) => void;
}

export function createHousekeeping({ gzip = false, keep = {}, now, say }: HousekeepingOptions): Housekeeping {
  const archive = createArchive({ say });
  const toTrim = new Map<string, LedgerPlace>();

  function rotated(ledger: LedgerPlace, segment: string): void {
    toTrim.set(ledger.file, ledger);
    if (gzip) archive.add({ segment, shown: segmentShown(ledger.shown, segment), surface: ledger.surface });
  }

  function begin(ledger: LedgerPlace): void {
    toTrim.set(ledger.file, ledger);
    try {
      for (const { file, compressed } of segmentsOf(ledger.file)) if (!compressed) rotated(ledger, file);
    } catch (error) {
      say(archiveFailed(ledger, causeOf(error)));
    }
  }

  /** Nothing is removed while the thread may be reading it. */
  function poll(): boolean {
    if (archive.poll()) return true;
    for (const ledger of toTrim.values()) applyRetention(keep, { ...ledger, now, say });
    toTrim.clear();
    return false;
  }

  return { begin, rotated, poll, close: () => archive.close() };
}
