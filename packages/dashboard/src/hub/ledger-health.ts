import { placed } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';
import type { LedgerEntry } from '@hedge-telemetry/reader';
import { timeOf } from '../ledger/history.js';

/** What the lines of a ledger said of it so far. */
export interface LedgerHealth {
  saw(entry: LedgerEntry): void;
  sized(bytes: number | null): void;
  /** Notes why the file cannot be read; null where it can. */
  barred(trouble: Finding | null): void;
  /** Why the file cannot be read; null where it can, or is not there. */
  readonly trouble: Finding | null;
  readonly size: number | null;
  readonly lines: number;
  readonly invalid: number;
  readonly timestamp: number | null;
  readonly dialect: string | null;
  readonly lastFinding: Finding | null;
  readonly newest: unknown;
}

/** Starts with nothing seen. `file` is what findings name. */
export function createLedgerHealth(file: string): LedgerHealth {
  const seen = {
    size: null as number | null,
    trouble: null as Finding | null,
    lines: 0,
    invalid: 0,
    timestamp: null as number | null,
    dialect: null as string | null,
    lastFinding: null as Finding | null,
    newest: null as unknown,
  };
  return {
    get trouble() {
      return seen.trouble;
    },
    get size() {
      return seen.size;
    },
    get lines() {
      return seen.lines;
    },
    get invalid() {
      return seen.invalid;
    },
    get timestamp() {
      return seen.timestamp;
    },
    get dialect() {
      return seen.dialect;
    },
    get lastFinding() {
      return seen.lastFinding;
    },
    get newest() {
      return seen.newest;
    },
    sized: (bytes) => {
      seen.size = bytes;
    },
    barred: (trouble) => {
      seen.trouble = trouble === null ? null : (placed([trouble], { file })[0] ?? null);
    },
    saw: (entry) => {
      seen.lines += 1;
      if (entry.record === null) seen.invalid += 1;
      else seen.newest = entry.record;
      seen.dialect = entry.dialect ?? seen.dialect;
      seen.timestamp = timeOf(entry) ?? seen.timestamp;
      const trouble = entry.findings.find(({ level }) => level !== 'info');
      if (trouble !== undefined) seen.lastFinding = placed([trouble], { file })[0] ?? null;
    },
  };
}
