import { randomBytes } from 'node:crypto';
import { fstatSync, lstatSync, renameSync, writeSync } from 'node:fs';
import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding } from '@hedge-telemetry/contract';
import { closeQuietly } from './descriptors.js';
import { inodeOf } from './file-identity.js';
import { encode, findLock, guardName, linkLock, lockName, removeIfThere, writePrivateLock } from './lock-file.js';
import type { FoundLock, Holder, PrivateLock } from './lock-file.js';
import { livenessOf, thisProcess } from './process-identity.js';
import { writeFailed } from './write-failed.js';
import type { Place } from './write-failed.js';

/** Sees to it that one process writes a ledger. No call throws. */
export interface LedgerLock {
  /** Takes the lock, or shows that its holder lives. The finding names another process that holds it. */
  hold(): Finding | null;
  /** Shows that the holder lives, if it is time to. */
  beat(): void;
  /** Gives the lock back. */
  release(): void;
}

interface LedgerLockOptions extends Place {
  readonly file: string;
  readonly say: (finding: Finding) => void;
  /** Up to 64 letters, digits, `_` and `-`. A lock with the same token is taken over: the thread that held it has ended. */
  readonly token?: string;
  /** Hears when the lock is taken, and of the topmost directory that had to be made for it. */
  readonly taken?: (made: string | null) => void;
}

/** A lock whose holder cannot be seen from here is of a process that has ended when it was silent for this long. */
const SILENCE_MS = 30_000;
const BEAT_MS = 1_000;
const TOKEN_BYTES = 16;
/** Others that take over the same lock need microseconds, unless they are stopped meanwhile. */
const ATTEMPTS = 100;

/** Makes the lock of a ledger; takes nothing yet. */
export function createLedgerLock({
  file,
  shown,
  surface,
  say,
  token = newToken(),
  taken = ignore,
}: LedgerLockOptions): LedgerLock {
  const name = lockName(file);
  const self: Holder = { ...thisProcess(), token };
  let held: { readonly fd: number; beaten: number } | null = null;

  function hold(): Finding | null {
    beat();
    if (held !== null) return null;
    try {
      const result = take(name, self);
      if (result.lock === null) return locked(result.by);
      held = { fd: result.lock.fd, beaten: performance.now() };
      if (result.from !== null) say(takenOver(result.from));
      taken(result.lock.made);
      return null;
    } catch (error) {
      return writeFailed({ surface, shown: lockName(shown) }, error);
    }
  }

  function beat(): void {
    if (held === null || performance.now() < held.beaten + BEAT_MS) return;
    held.beaten = performance.now();
    try {
      if (isStillAt(name, held.fd)) writeSync(held.fd, encode(self), 0, null, 0);
      else lose();
    } catch {
      // Only a holder that cannot be seen is judged by its beat, and this one's next write fails for the same reason.
    }
  }

  function lose(): void {
    if (held !== null) closeQuietly(held.fd);
    held = null;
    say(finding('ledger-lock-lost', { surface, file: lockName(shown) }));
  }

  function release(): void {
    if (held === null) return;
    try {
      if (findLock(name)?.key === token) removeIfThere(name);
    } catch {
      // A lock that stays is taken over by the next writer, since this process will have ended.
    }
    closeQuietly(held.fd);
    held = null;
  }

  function locked(by: FoundLock): Finding {
    const who = describe(by);
    const message = `${shown} is being written by ${who}`;
    return finding('ledger-locked', { surface, file: lockName(shown), message, expected: 'one writer', actual: who });
  }

  function takenOver(from: FoundLock): Finding {
    return finding('ledger-lock-taken', { surface, file: lockName(shown), actual: describe(from) });
  }

  return { hold, beat, release };
}

/** The lock, if it was taken, and whom it was taken over from; else who holds it. */
type Taken =
  { readonly lock: PrivateLock; readonly from: FoundLock | null } | { readonly lock: null; readonly by: FoundLock };

/** Links are counted wrongly by some file systems; inode numbers are not. */
function isStillAt(name: string, fd: number): boolean {
  const stats = lstatSync(name, { bigint: true, throwIfNoEntry: false });
  return stats !== undefined && inodeOf(stats) === inodeOf(fstatSync(fd, { bigint: true }));
}

/** Takes the lock `name`, if it is free or of a holder that has ended. Throws the system's error. */
function take(name: string, self: Holder): Taken {
  const mine = writePrivateLock(name, self);
  try {
    for (let attempt = 1; ; attempt += 1) {
      const lock = linkLock(mine, name, self);
      if (lock !== null) return { lock, from: null };
      const found = findLock(name);
      if (found === null) continue;
      if (!isStale(found, mine, self)) return give(mine, found);
      if (takeOver(name, mine, found, self)) return { lock: mine, from: found };
      if (attempt >= ATTEMPTS) return give(mine, found);
    }
  } catch (error) {
    closeQuietly(mine.fd);
    throw error;
  } finally {
    removeIfThere(mine.name);
  }
}

function give(mine: PrivateLock, by: FoundLock): Taken {
  closeQuietly(mine.fd);
  return { lock: null, by };
}

/**
 * Puts a lock in the place of a stale one. Who does that holds a lock named after the stale one meanwhile, taken in the
 * same way, so that of several who judged it stale one replaces it and the others see that it is another one.
 */
function takeOver(name: string, mine: PrivateLock, stale: FoundLock, self: Holder): boolean {
  const guard = guardName(name, stale);
  const taken = take(guard, { ...self, token: newToken() });
  if (taken.lock === null) return false;
  try {
    if (findLock(name)?.key !== stale.key) return false;
    renameSync(mine.name, name);
    return true;
  } finally {
    removeIfThere(guard);
    closeQuietly(taken.lock.fd);
  }
}

/** The private file was written just now: both times are of one clock, wherever the file system has it. */
function isStale({ holder, beat }: FoundLock, mine: PrivateLock, self: Holder): boolean {
  if (holder?.token === self.token) return true;
  const liveness = holder === null ? 'unknown' : livenessOf(holder, self);
  return liveness === 'ended' || (liveness === 'unknown' && fstatSync(mine.fd).mtimeMs - beat > SILENCE_MS);
}

function describe({ holder }: FoundLock): string {
  return holder === null ? 'a process that its lock does not name' : `process ${holder.pid} on ${holder.host}`;
}

function ignore(): void {}

function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('hex');
}
