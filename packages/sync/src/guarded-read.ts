import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';

import { finding } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { errorCode, kindOf, lookAt } from './file-look.js';
import type { Look } from './file-look.js';

/** A regular file opened for reading; the caller closes it. */
export type Opened =
  | { readonly state: 'open'; readonly fd: number; readonly stats: BigIntStats }
  | { readonly state: 'missing' }
  | { readonly state: 'unreadable'; readonly finding: Finding };

/** The whole content of a file, and what the file looked like then. */
export type GuardedRead =
  | { readonly state: 'read'; readonly bytes: Buffer; readonly look: Look }
  | { readonly state: 'missing' }
  | { readonly state: 'unreadable'; readonly finding: Finding };

const READ_ONLY = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const ATTEMPTS = 4;
const BEGINNING_BYTES = 64 * 1024;

/**
 * Reads a regular file of at most `limit` bytes. Anything else (a FIFO, a socket, a directory, a symbolic link) is a
 * finding and is never waited for. A file that is replaced while it is read is read again; one that keeps changing
 * under the reader is a finding. Never throws.
 */
export function readGuarded(path: string, limit: number): GuardedRead {
  for (let left = ATTEMPTS - 1; left >= 0; left -= 1) {
    const opened = openRegular(path);
    if (opened.state !== 'open') return opened;
    try {
      const result = readOpened(opened.fd, opened.stats, path, limit);
      if (result !== null && (left === 0 || result.state !== 'read' || isStill(path, opened.stats))) return result;
    } catch (error) {
      return { state: 'unreadable', finding: unreadable(path, errorCode(error)) };
    } finally {
      closeSync(opened.fd);
    }
  }
  return { state: 'unreadable', finding: unreadable(path, 'a file that changes while it is read') };
}

/** Opens a regular file for reading, without following a symbolic link and without waiting for anything. Never throws. */
export function openRegular(path: string): Opened {
  const look = lookAt(path);
  if (look.state === 'missing') return look;
  if (look.state === 'unusable') return { state: 'unreadable', finding: unreadable(path, look.actual) };
  try {
    const fd = openSync(path, READ_ONLY);
    const stats = fstatSync(fd, { bigint: true });
    if (stats.isFile()) return { state: 'open', fd, stats };
    closeSync(fd);
    return { state: 'unreadable', finding: unreadable(path, kindOf(stats)) };
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' ? { state: 'missing' } : { state: 'unreadable', finding: unreadable(path, code) };
  }
}

/** The beginning of a regular file that is too large to be read; null where it cannot be read at all. Never throws. */
export function readBeginning(path: string): Buffer | null {
  const opened = openRegular(path);
  if (opened.state !== 'open') return null;
  try {
    const buffer = Buffer.alloc(BEGINNING_BYTES);
    return buffer.subarray(0, readAt(opened.fd, buffer, 0));
  } catch {
    return null;
  } finally {
    closeSync(opened.fd);
  }
}

/** Fills `buffer` from `position`; the result is shorter than the buffer only at the end of the file. */
export function readAt(fd: number, buffer: Buffer, position: number): number {
  let count = 0;
  while (count < buffer.length) {
    const got = readSync(fd, buffer, count, buffer.length - count, position + count);
    if (got === 0) break;
    count += got;
  }
  return count;
}

/** The finding for a file that cannot be read. */
export function unreadable(file: string, actual: string): Finding {
  return finding('file-unreadable', {
    file,
    expected: 'a regular file',
    actual,
    message: `The file cannot be read: ${actual}.`,
  });
}

/** Null where the file changed under the reader. One byte more than its size is asked for, so that growth shows. */
function readOpened(fd: number, stats: BigIntStats, path: string, limit: number): GuardedRead | null {
  const size = Number(stats.size);
  if (size > limit) return { state: 'unreadable', finding: tooLarge(path, size, limit) };
  const buffer = Buffer.allocUnsafe(size + 1);
  if (readAt(fd, buffer, 0) !== size) return null;
  const after = fstatSync(fd, { bigint: true });
  if (after.size !== stats.size || after.mtimeNs !== stats.mtimeNs) return null;
  return { state: 'read', bytes: buffer.subarray(0, size), look: { state: 'regular', stats: after } };
}

function isStill(path: string, stats: BigIntStats): boolean {
  const look = lookAt(path);
  return look.state === 'regular' && look.stats.ino === stats.ino && look.stats.dev === stats.dev;
}

function tooLarge(file: string, size: number, limit: number): Finding {
  return finding('file-too-large', { file, expected: `at most ${limit} bytes`, actual: `${size} bytes` });
}
