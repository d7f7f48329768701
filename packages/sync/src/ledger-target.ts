import { closeSync, constants, fchmodSync, fstatSync, openSync } from 'node:fs';

import { MIRROR_MODE } from './atomic-write.js';
import { errorCode, lookAt } from './file-look.js';

/** A mirrored ledger opened to be continued; the caller closes it. */
export type LedgerTarget =
  | { readonly ok: true; readonly fd: number; readonly size: number; readonly created: boolean }
  | { readonly ok: false; readonly actual: string };

const APPEND = constants.O_RDWR | constants.O_APPEND | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const CREATE = constants.O_CREAT | constants.O_EXCL;

/** Opens a mirrored ledger for reading and appending, and makes it where it is missing. Symbolic links are not followed. */
export function openLedgerTarget(path: string): LedgerTarget {
  const look = lookAt(path);
  if (look.state === 'unusable') return { ok: false, actual: look.actual };
  const created = look.state === 'missing';
  try {
    const fd = openSync(path, created ? APPEND | CREATE : APPEND, MIRROR_MODE);
    if (created) fchmodSync(fd, MIRROR_MODE);
    const stats = fstatSync(fd);
    if (stats.isFile()) return { ok: true, fd, size: stats.size, created };
    closeSync(fd);
    return { ok: false, actual: 'no regular file' };
  } catch (error) {
    return { ok: false, actual: errorCode(error) };
  }
}
