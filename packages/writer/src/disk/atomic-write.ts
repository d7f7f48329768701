import { closeSync, constants, fstatSync, fsyncSync, lstatSync, renameSync, unlinkSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { closeQuietly, GUARDED, openMaking } from './descriptors.js';
import { fileIdentity, inodeOf } from './file-identity.js';
import { writeBytes } from './write-bytes.js';

const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | GUARDED;

export interface Replacement {
  readonly file: string;
  /** A name in the directory of `file` that does not exist. */
  readonly temporary: string;
  readonly bytes: Uint8Array;
  readonly length: number;
  /** Puts the bytes on disk before they take the name: never torn after a power loss. */
  readonly sync: boolean;
}

export interface Replaced {
  /** Identity of the new file; null where another already took its place. */
  readonly identity: string | null;
  /** The topmost directory that had to be made. */
  readonly made: string | null;
}

/**
 * Replaces a file as a whole: the bytes go to `temporary` and take the file's name. Readers see the old bytes or the new
 * ones. Throws the system's error; the old file is then untouched and the temporary one removed.
 */
export function writeAtomically(replacement: Replacement): Replaced {
  const { fd, made } = openMaking(replacement.temporary, FLAGS);
  try {
    const identity = replacement.sync ? replaceSynced(fd, replacement) : replaceClosed(fd, replacement);
    return { identity, made };
  } catch (error) {
    removeQuietly(replacement.temporary);
    throw error;
  }
}

/** The open file is still the new one after the rename, which sets its ctime. */
function replaceSynced(fd: number, { file, temporary, bytes, length }: Replacement): string | null {
  try {
    fill(fd, bytes, length);
    fsyncSync(fd);
    renameSync(temporary, file);
    return identityOf(fd);
  } finally {
    closeQuietly(fd);
  }
}

/** What is not synced is closed before the rename: a network file system reports then what it could not write. */
function replaceClosed(fd: number, { file, temporary, bytes, length }: Replacement): string | null {
  let written: BigIntStats;
  try {
    fill(fd, bytes, length);
    written = fstatSync(fd, { bigint: true });
  } catch (error) {
    closeQuietly(fd);
    throw error;
  }
  closeSync(fd);
  renameSync(temporary, file);
  return identityAfterRename(file, written);
}

function identityOf(fd: number): string | null {
  try {
    return fileIdentity(fstatSync(fd, { bigint: true }));
  } catch {
    return null;
  }
}

function fill(fd: number, bytes: Uint8Array, length: number): void {
  const { error } = writeBytes(fd, bytes, 0, length);
  if (error !== null) throw error;
}

/** The rename sets ctime, so the identity is taken after it, from the file that was written and no other. */
function identityAfterRename(file: string, written: BigIntStats): string | null {
  try {
    const now = lstatSync(file, { bigint: true });
    const same = inodeOf(now) === inodeOf(written) && now.size === written.size && now.mtimeNs === written.mtimeNs;
    return same ? fileIdentity(now) : null;
  } catch {
    return null;
  }
}

function removeQuietly(temporary: string): void {
  try {
    unlinkSync(temporary);
  } catch {
    // It is swept at the next start.
  }
}
