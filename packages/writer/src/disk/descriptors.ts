import { closeSync, constants, fsyncSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { isMissing } from './errno.js';

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
    const made = mkdirSync(path.dirname(file), { recursive: true }) ?? null;
    return { fd: openSync(file, flags, FILE_MODE), made };
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
