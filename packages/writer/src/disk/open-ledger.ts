import { closeSync, constants, fstatSync, lstatSync, readSync } from 'node:fs';
import { GUARDED, openMaking } from './descriptors.js';
import { isMissing } from './errno.js';
import { inodeOf } from './file-identity.js';
import { writeBytes } from './write-bytes.js';

/** Readable, for the last line; never O_TRUNC: what a ledger holds stays. */
const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | GUARDED;
const NEWLINE = 0x0a;
const NUL = 0x00;
/** How far back the beginning of an unfinished line is looked for. */
const LOOK_BACK_BYTES = 4096;

/** A ledger that is open for appending. */
export interface OpenLedger {
  readonly fd: number;
  /** Tells the file from one that takes its name. */
  readonly inode: string;
  /** When it was last written to before it was opened, in seconds since 1970. */
  readonly modified: number;
  /** The topmost directory that had to be made for it. */
  readonly made: string | null;
}

/** Opens a ledger, making it and its directory where they are missing. Throws where it is not a regular file. */
export function openLedger(file: string): OpenLedger {
  const { fd, made } = openMaking(file, FLAGS);
  try {
    const stats = fstatSync(fd, { bigint: true });
    if (!stats.isFile()) throw new Error('not a regular file');
    return { fd, made, inode: inodeOf(stats), modified: Number(stats.mtimeMs) / 1000 };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** True while the name still leads to the open file: it was neither rotated away nor removed. Throws the system's error. */
export function isCurrent(file: string, { inode }: OpenLedger): boolean {
  try {
    return inodeOf(lstatSync(file, { bigint: true })) === inode;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Size of the ledger in bytes. */
export function sizeOf({ fd }: OpenLedger): number {
  return fstatSync(fd).size;
}

/** The unfinished line at the end of a ledger. */
export interface Fragment {
  /** Bytes of it, at most as far as was looked. */
  readonly bytes: number;
  /** Bytes of it are zero: a power loss left room that was never written. */
  readonly nul: boolean;
}

/** The unfinished line at the end of a ledger of `size` bytes; null where it ends in a newline. */
export function fragmentAt({ fd }: OpenLedger, size: number): Fragment | null {
  const length = Math.min(size, LOOK_BACK_BYTES);
  if (length === 0) return null;
  const end = Buffer.alloc(length);
  const read = readSync(fd, end, 0, length, size - length);
  if (read === 0 || end[read - 1] === NEWLINE) return null;
  const fragment = end.subarray(end.lastIndexOf(NEWLINE) + 1, read);
  return { bytes: fragment.length, nul: fragment.includes(NUL) };
}

/** Ends the last line, so that no record is glued to it. Throws the system's error. */
export function endLine({ fd }: OpenLedger): void {
  const { error } = writeBytes(fd, Buffer.of(NEWLINE));
  if (error !== null) throw error;
}
