import { closeSync, constants, fsyncSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { errnoName, isMissing } from './errno.js';

/** Readable by the dashboard and the mirror, which may run as other users. */
const FILE_MODE = 0o644;

/** Does not follow a link, and does not wait for the other end of a FIFO. */
export const GUARDED: number = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** An open file, and the topmost directory that had to be made for it. */
export interface Opened {
  readonly fd: number;
  readonly made: string | null;
}

/** Opens a file, making its directory where that is missing. Throws the system's error. */
export function openMaking(file: string, flags: number): Opened {
  try {
    return { fd: openSync(file, flags, FILE_MODE), made: null };
  } catch (error) {
    if (!isMissing(error)) throw error;
    const made = makeDirectories(path.dirname(file));
    return { fd: openSync(file, flags, FILE_MODE), made };
  }
}

/**
 * Makes a directory and those above it that are missing; gives the topmost one that it made. Node's own way says ENOENT
 * of a read-only file system.
 */
function makeDirectories(directory: string): string | null {
  try {
    return makeDirectory(directory);
  } catch (error) {
    if (!isMissing(error)) throw error;
    const above = makeDirectories(path.dirname(directory));
    const made = makeDirectory(directory);
    return above ?? made;
  }
}

/** Makes one directory; null where it is there already. */
function makeDirectory(directory: string): string | null {
  try {
    mkdirSync(directory);
    return directory;
  } catch (error) {
    if (errnoName(error) === 'EEXIST') return null;
    throw error;
  }
}

/** Closes a descriptor that is no longer needed, whatever the system says to it. */
export function closeQuietly(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // The descriptor is gone either way; what was written through it was checked before.
  }
}

/**
 * Puts the names in the directory of `file` on disk, and those of the directories above it up to the parent of `made`,
 * which did not exist before. Throws the system's error.
 */
export function syncDirectories(file: string, made: string | null): void {
  const top = made === null ? path.dirname(file) : path.dirname(made);
  for (let directory = path.dirname(file); ; directory = path.dirname(directory)) {
    syncDirectory(directory);
    if (directory === top || directory === path.dirname(directory)) return;
  }
}

function syncDirectory(directory: string): void {
  const fd = openSync(directory, constants.O_RDONLY | (constants.O_DIRECTORY ?? 0));
  try {
    fsyncSync(fd);
  } finally {
    closeQuietly(fd);
  }
}
