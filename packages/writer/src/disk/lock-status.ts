import { findLock, lockName } from './lock-file.js';
import { livenessOf, thisProcess } from './process-identity.js';
import type { Liveness } from './process-identity.js';

/** The lock of a ledger as it stands. */
export interface LockStatus {
  /** Path of the lock file. */
  readonly file: string;
  /** Process that holds it and its machine; null where the file does not say. */
  readonly pid: number | null;
  readonly host: string | null;
  /** Whether that process runs; `unknown` where this machine cannot see it. */
  readonly liveness: Liveness;
  /** When it last showed a sign of life, by the clock of the file system, in milliseconds since 1970. */
  readonly beat: number;
}

/** Looks at the lock of the ledger `file` and leaves it alone; null where there is none. Throws the system's error. */
export function lockStatus(file: string): LockStatus | null {
  const found = findLock(lockName(file));
  if (found === null) return null;
  const { holder, beat } = found;
  const liveness = holder === null ? 'unknown' : livenessOf(holder, thisProcess());
  return { file: lockName(file), pid: holder?.pid ?? null, host: holder?.host ?? null, liveness, beat };
}
