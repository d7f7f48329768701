import { accessSync, constants, statSync } from 'node:fs';
import { codeOf } from './check.js';

const ANY_WRITE = 0o222;

/** True where something stands at the path that is no directory. */
export function isOther(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Why this user cannot list a directory, as the code of the system's error; null where he can. */
export function listTrouble(path: string): string | null {
  return troubleOf(path, constants.R_OK | constants.X_OK);
}

/** Why this user cannot read a file; null where he can. */
export function readTrouble(path: string): string | null {
  return troubleOf(path, constants.R_OK);
}

/**
 * Why this user is not to write a path; null where he may. What nobody has the right to write is left alone, also by
 * root, whom the system would let.
 */
export function writeTrouble(path: string): string | null {
  const trouble = troubleOf(path, constants.W_OK);
  if (trouble !== null) return trouble;
  return (statSync(path).mode & ANY_WRITE) === 0 ? 'it is marked read-only' : null;
}

function troubleOf(path: string, mode: number): string | null {
  try {
    accessSync(path, mode);
    return null;
  } catch (error) {
    return codeOf(error);
  }
}
