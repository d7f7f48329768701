import { randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, fsync, mkdirSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { errorCode, lookAt } from './file-look.js';

/** Dashboards run as other users: mirrored files are readable by all. */
export const MIRROR_MODE = 0o644;

const flush = promisify(fsync);
let counter = 0;

/**
 * Puts `bytes` in place of `path` so that a reader sees the old file or the new one and never a part. A symbolic link
 * at `path` is replaced, not followed. A crash of the machine may set the file back, or leave it torn. Null when done,
 * else what went wrong; then the old file stands untouched.
 */
export function replaceFile(path: string, bytes: Uint8Array): string | null {
  const draft = draftOf(path, bytes);
  return typeof draft === 'string' ? draft : placed(draft, path);
}

/** The same, with the bytes on disk before the file gets its name. */
export async function replaceFileDurably(path: string, bytes: Uint8Array): Promise<string | null> {
  const draft = draftOf(path, bytes);
  if (typeof draft === 'string') return draft;
  try {
    await flush(draft.fd);
  } catch (error) {
    abandon(draft);
    return errorCode(error);
  }
  return placed(draft, path);
}

/** A file that is whole and has no name yet that anybody looks for. */
interface Draft {
  readonly fd: number;
  readonly temporary: string;
}

function draftOf(path: string, bytes: Uint8Array): Draft | string {
  const temporary = join(dirname(path), temporaryName(basename(path)));
  try {
    const draft = { fd: openSync(temporary, 'wx', MIRROR_MODE), temporary };
    const failure = setMode(draft.fd) ?? writeAll(draft.fd, bytes).failure;
    if (failure === null) return draft;
    abandon(draft);
    return failure;
  } catch (error) {
    return errorCode(error);
  }
}

/** Whatever the process's umask is. */
function setMode(fd: number): string | null {
  try {
    fchmodSync(fd, MIRROR_MODE);
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

function placed({ fd, temporary }: Draft, path: string): string | null {
  try {
    closeSync(fd);
    renameSync(temporary, path);
    return null;
  } catch (error) {
    discard(temporary);
    return errorCode(error);
  }
}

function abandon({ fd, temporary }: Draft): void {
  try {
    closeSync(fd);
  } finally {
    discard(temporary);
  }
}

/** Writes every byte at the file's position (or end, where it was opened to append), however short the single writes are. */
export function writeAll(fd: number, bytes: Uint8Array): { readonly written: number; readonly failure: string | null } {
  let written = 0;
  try {
    while (written < bytes.length) {
      const count = writeSync(fd, bytes, written, bytes.length - written);
      if (count === 0) return { written, failure: 'nothing could be written' };
      written += count;
    }
    return { written, failure: null };
  } catch (error) {
    return { written, failure: errorCode(error) };
  }
}

/**
 * Makes the directory `below` the mirror's root. The root itself may be a symbolic link, nothing below it may: writing
 * through one would leave the mirror. Null when it is there, else what is in the way.
 */
export function ensureDirectory(root: string, below: string): string | null {
  try {
    mkdirSync(root, { recursive: true });
    let path = root;
    for (const part of below.split('/').filter((each) => each !== '.')) {
      path = join(path, part);
      const obstacle = directoryAt(path);
      if (obstacle !== null) return obstacle;
    }
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

function directoryAt(path: string): string | null {
  if (lookAt(path).state === 'missing') mkdirSync(path);
  const look = lookAt(path);
  if (look.state === 'unusable' && look.actual === 'a directory') return null;
  return `${look.state === 'unusable' ? look.actual : 'a file'} in place of the directory ${path}`;
}

function temporaryName(name: string): string {
  counter += 1;
  return `.${name}.${process.pid}.${counter}.${randomBytes(4).toString('hex')}.tmp`;
}

function discard(temporary: string): void {
  try {
    unlinkSync(temporary);
  } catch {
    // The sweep of stale temporaries takes it.
  }
}
