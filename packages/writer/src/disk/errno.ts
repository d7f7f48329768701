import { constants } from 'node:os';

/**
 * Name of a system error, for example ENOSPC. Node names only some; the others arrive as UNKNOWN or as a sentence, with
 * their number.
 */
export function errnoName(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error';
  const { code, errno } = error as NodeJS.ErrnoException;
  if (code?.startsWith('E')) return code;
  if (errno === undefined) return error.message;
  const known = Object.entries(constants.errno).find(([, value]) => value === Math.abs(errno));
  return known?.[0] ?? `errno ${Math.abs(errno)}`;
}

/** The system call that an error came from, for example fsync; null for an error of our own. */
export function failedCall(error: unknown): string | null {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).syscall ?? null) : null;
}

/** True for the error of a path that does not exist. */
export function isMissing(error: unknown): boolean {
  return errnoName(error) === 'ENOENT';
}

/** True where there is no directory of that name: nothing is there, or something else. */
export function hasNoDirectory(error: unknown): boolean {
  return isMissing(error) || errnoName(error) === 'ENOTDIR';
}
