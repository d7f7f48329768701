import { statfsSync } from 'node:fs';
import { codeOf, linesOf, shellPath } from './check.js';
import type { Check } from './check.js';

/** What a file system has left. */
export interface Room {
  /** Bytes that a user who is not root may still use. */
  readonly freeBytes: number;
  /** Files that may still be made, and in all; 0 in all where the file system has no such limit. */
  readonly freeFiles: number;
  readonly files: number;
}

const MIB = 1024 * 1024;
/** A day of ledgers is some hundred MiB. */
const LITTLE_BYTES = 1024 * MIB;
const NO_BYTES = 64 * MIB;
const LITTLE_FILES = 10_000;
const NO_FILES = 100;

/** How much room the file system of the directory has. */
export function checkDisk(dir: string): Check[] {
  try {
    const { bavail, bsize, ffree, files } = statfsSync(dir);
    return judgeRoom(dir, { freeBytes: bavail * bsize, freeFiles: ffree, files });
  } catch (error) {
    return [linesOf('disk').skipped(dir, `the file system does not say: ${codeOf(error)}`)];
  }
}

/** Judges the room of a file system. */
export function judgeRoom(dir: string, { freeBytes, freeFiles, files }: Room): Check[] {
  const disk = linesOf('disk');
  const inodes = linesOf('inodes');
  const bytes = `${freeBytes >= LITTLE_BYTES ? `${(freeBytes / (1024 * MIB)).toFixed(1)} GiB` : `${Math.floor(freeBytes / MIB)} MiB`} free`;
  const count = `${freeFiles} files can be made`;
  const space = `du -xh --max-depth=2 ${shellPath(dir)} | sort -h | tail`;
  const many = `du -x --inodes --max-depth=2 ${shellPath(dir)} | sort -n | tail`;
  return [
    freeBytes < NO_BYTES
      ? disk.failed(dir, bytes, space)
      : freeBytes < LITTLE_BYTES
        ? disk.warning(dir, bytes, space)
        : disk.ok(dir, bytes),
    files === 0
      ? inodes.ok(dir, 'the file system has no limit of files')
      : freeFiles < NO_FILES
        ? inodes.failed(dir, count, many)
        : freeFiles < LITTLE_FILES
          ? inodes.warning(dir, count, many)
          : inodes.ok(dir, count),
  ];
}
