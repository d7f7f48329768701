import {
  closeSync,
  constants,
  fchmodSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  renameSync,
} from 'node:fs';

import { MIRROR_MODE, writeAll } from './atomic-write.js';
import { endWithoutNuls, fileExtent, joined, NEWLINE } from './extent.js';
import type { Extent } from './extent.js';
import { errorCode, lookAt } from './file-look.js';
import { openRegular } from './guarded-read.js';
import { listSegments } from './ledger-segments.js';

/** A mirrored ledger opened to be continued; the caller closes it. */
export interface LedgerTarget {
  /** The file did not exist before. */
  readonly created: boolean;
  readonly size: number;
  /** What the mirror holds: this file, and the one before it. */
  extent(): Extent;
  /** Appends bytes; gives how many came to be there, and what went wrong. */
  append(bytes: Uint8Array): { readonly written: number; readonly failure: string | null };
  /** Puts the file aside under the name of a segment and starts a new one. Null when done, else what went wrong. */
  rotate(now: number): string | null;
  close(): void;
}

const APPEND = constants.O_RDWR | constants.O_APPEND | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const CREATE = constants.O_CREAT | constants.O_EXCL;
const HEALING_NEWLINE = Buffer.from([NEWLINE]);

/**
 * Opens a mirrored ledger for reading and appending, and makes it where it is missing. Symbolic links are not followed.
 * NULs at its end are cut off where `isFirst`: a crash of the machine may leave them in place of bytes that were not on
 * disk yet. Gives what is in the way where it cannot.
 */
export function openLedgerTarget(path: string, isFirst: boolean): LedgerTarget | string {
  const look = lookAt(path);
  if (look.state === 'unusable') return look.actual;
  try {
    const file = openFile(path, look.state === 'missing');
    if (isFirst && typeof file !== 'string') cutNuls(file);
    return typeof file === 'string' ? file : targetOf(path, file, look.state === 'missing');
  } catch (error) {
    return errorCode(error);
  }
}

/** Ends a partial last line whose rest is gone, so that the next record starts on a line of its own. Null, or what went wrong. */
export function heal(target: LedgerTarget): string | null {
  const last = Buffer.alloc(1);
  const held = target.extent();
  if (held.begin === held.end || (held.read(last, held.end - 1) === 1 && last[0] === NEWLINE)) return null;
  return target.append(HEALING_NEWLINE).failure;
}

interface OpenFile {
  fd: number;
  size: number;
}

function openFile(path: string, isNew: boolean): OpenFile | string {
  const fd = openSync(path, isNew ? APPEND | CREATE : APPEND, MIRROR_MODE);
  if (isNew) fchmodSync(fd, MIRROR_MODE);
  const stats = fstatSync(fd);
  if (stats.isFile()) return { fd, size: stats.size };
  closeSync(fd);
  return 'no regular file';
}

function cutNuls(file: OpenFile): void {
  const end = endWithoutNuls(fileExtent(file.fd, file.size));
  if (end === file.size) return;
  ftruncateSync(file.fd, end);
  file.size = end;
}

function targetOf(path: string, file: OpenFile, created: boolean): LedgerTarget {
  let older: (Extent & { readonly fd: number }) | null | undefined;
  return {
    created,
    get size() {
      return file.size;
    },
    extent() {
      older ??= openOlder(path);
      const own = fileExtent(file.fd, file.size);
      return older === null ? own : joined(older, own);
    },
    append(bytes) {
      if (fstatSync(file.fd).size !== file.size) return { written: 0, failure: 'another process writes to the mirror' };
      const result = writeAll(file.fd, bytes);
      file.size += result.written;
      return result;
    },
    rotate(now) {
      const obstacle = flushed(file.fd) ?? putAside(path, now);
      if (obstacle !== null) return obstacle;
      const next = openFile(path, true);
      if (typeof next === 'string') return next;
      if (older !== null && older !== undefined) closeSync(older.fd);
      older = { ...fileExtent(file.fd, file.size), fd: file.fd };
      file = next;
      return null;
    },
    close() {
      closeSync(file.fd);
      if (older !== null && older !== undefined) closeSync(older.fd);
    },
  };
}

/** The newest segment of the mirror, unless it was compressed: the mirror never reads further back. */
function openOlder(path: string): (Extent & { readonly fd: number }) | null {
  const newest = listSegments(path).at(-1);
  if (newest === undefined || newest.isGzip) return null;
  const opened = openRegular(newest.path);
  if (opened.state !== 'open') return null;
  return { ...fileExtent(opened.fd, Number(opened.stats.size)), fd: opened.fd };
}

/** What is put aside is not written any more, nor found under its name by those who flush later. */
function flushed(fd: number): string | null {
  try {
    fdatasyncSync(fd);
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

/** `events.jsonl` becomes `events.20261128T173555.123Z.jsonl`; where that is taken, the next free millisecond. */
function putAside(path: string, now: number): string | null {
  try {
    for (let milliseconds = Math.round(now * 1000); ; milliseconds += 1) {
      const time = new Date(milliseconds).toISOString().replaceAll(/[-:]/g, '');
      const aside = path.replace(/\.jsonl$/, `.${time}.jsonl`);
      if (lookAt(aside).state !== 'missing' || lookAt(`${aside}.gz`).state !== 'missing') continue;
      renameSync(path, aside);
      return null;
    }
  } catch (error) {
    return errorCode(error);
  }
}
