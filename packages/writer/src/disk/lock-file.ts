import { constants, fstatSync, linkSync, openSync, readFileSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { closeQuietly, GUARDED, openMaking } from './descriptors.js';
import type { Opened } from './descriptors.js';
import { errnoName, isMissing } from './errno.js';
import type { ProcessIdentity } from './process-identity.js';
import { temporaryName } from './temporary-names.js';
import { writeBytes } from './write-bytes.js';

/** Who holds a lock, as its file says. */
export interface Holder extends ProcessIdentity {
  /** Tells one lock from every other. */
  readonly token: string;
}

/** A lock file as it was found. */
export interface FoundLock {
  /** Null where the file does not say who made it. */
  readonly holder: Holder | null;
  /** Names this lock and no other that takes its place. */
  readonly key: string;
  /** When it last showed a sign of life, by the clock of the file system, in milliseconds. */
  readonly beat: number;
}

/** A lock is small; more of it is not read. */
const MAX_BYTES = 4096;
const CREATE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | GUARDED;

/** It becomes part of a file name. */
const TOKEN = /^[\w-]{1,64}$/;
const GUARD = /^(?<of>\..+\.jsonl\.lock)\.(?<key>[\w-]{1,64})$/;

/** What file systems without hard links say to one. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** A lock that is written whole, but does not have its name yet. */
export interface PrivateLock {
  readonly fd: number;
  readonly name: string;
  /** The topmost directory that had to be made for it. */
  readonly made: string | null;
}

/** Name of the lock of a ledger. */
export function lockName(ledger: string): string {
  const { dir, base } = path.parse(ledger);
  return path.join(dir, `.${base}.lock`);
}

/** Name of the lock that whoever replaces a stale lock holds meanwhile. */
export function guardName(lock: string, stale: FoundLock): string {
  return `${lock}.${stale.key}`;
}

/** The lock that a guard is of, and its key; null for any other name. */
export function parseGuardName(name: string): { readonly of: string; readonly key: string } | null {
  const { of, key } = GUARD.exec(name)?.groups ?? {};
  return of === undefined || key === undefined ? null : { of, key };
}

/** Writes a lock under a name of its own. Throws the system's error. */
export function writePrivateLock(lock: string, holder: Holder): PrivateLock {
  const name = temporaryName(lock);
  return { ...writeNew(name, holder), name };
}

function writeNew(name: string, holder: Holder): Opened {
  const opened = openMaking(name, CREATE);
  const { error } = writeBytes(opened.fd, encode(holder));
  if (error === null) return opened;
  closeQuietly(opened.fd);
  removeIfThere(name);
  throw error;
}

/**
 * Gives a lock its name if nothing has it; null where something has. A file system without hard links gets a lock that
 * is written under its name: until it is whole, it names nobody. Throws the system's error.
 */
export function linkLock(mine: PrivateLock, lock: string, holder: Holder): PrivateLock | null {
  try {
    linkSync(mine.name, lock);
    return mine;
  } catch (error) {
    if (errnoName(error) === 'EEXIST') return null;
    if (!NO_LINKS.has(errnoName(error))) throw error;
  }
  return createLock(mine, lock, holder);
}

function createLock(mine: PrivateLock, lock: string, holder: Holder): PrivateLock | null {
  try {
    const { fd } = writeNew(lock, holder);
    closeQuietly(mine.fd);
    return { ...mine, fd };
  } catch (error) {
    if (errnoName(error) === 'EEXIST') return null;
    throw error;
  }
}

/** The lock that has the name; null where none has. Throws the system's error. */
export function findLock(lock: string): FoundLock | null {
  let fd: number;
  try {
    fd = openSync(lock, constants.O_RDONLY | GUARDED);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    const stats = fstatSync(fd, { bigint: true });
    if (stats.isDirectory()) throw new Error('a directory');
    const holder = stats.isFile() && stats.size <= MAX_BYTES ? decode(readFileSync(fd, 'utf8')) : null;
    return { holder, key: holder?.token ?? `${stats.ino}-${stats.mtimeNs}`, beat: Number(stats.mtimeMs) };
  } finally {
    closeQuietly(fd);
  }
}

/** Removes a file; nothing is said where it is gone or cannot be. */
export function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // A lock or a private file that stays is found, judged and swept like one of a crash.
  }
}

/** The bytes of a lock file. */
export function encode(holder: Holder): Buffer {
  return Buffer.from(`${JSON.stringify(holder)}\n`);
}

function decode(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Record<keyof Holder, unknown>> | null;
    if (typeof value?.pid !== 'number' || typeof value.host !== 'string' || typeof value.token !== 'string')
      return null;
    if (!TOKEN.test(value.token)) return null;
    const { pid, host, token } = value as Holder;
    return {
      pid,
      host,
      token,
      start: textOf(value.start),
      boot: textOf(value.boot),
      namespace: textOf(value.namespace),
    };
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
