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
 * at `path` is replaced, not followed. Unless it may be lost with the machine, what is put in place is on disk before.
 * Null when done, else what went wrong; then the old file stands untouched.
 */
export async function replaceFile(path: string, bytes: Uint8Array, isDurable = true): Promise<string | null> {
  const temporary = join(dirname(path), temporaryName(basename(path)));
  let created = false;
  try {
    const fd = openSync(temporary, 'wx', MIRROR_MODE);
    created = true;
    try {
      fchmodSync(fd, MIRROR_MODE);
      const failure = writeAll(fd, bytes).failure;
      if (failure !== null) return failure;
      if (isDurable) await flush(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
    created = false;
    return null;
  } catch (error) {
    return errorCode(error);
  } finally {
    if (created) discard(temporary);
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
