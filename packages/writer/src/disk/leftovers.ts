import { lstatSync, readdirSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding } from '@hedge-telemetry/contract';
import { hasNoDirectory } from './errno.js';
import { findLock, parseGuardName } from './lock-file.js';
import { parseTemporaryName } from './temporary-names.js';
import { removalFailed } from './write-failed.js';

/** A temporary file lives for milliseconds; one of a process that lives is left alone for this long. */
const MINUTE_MS = 60_000;

/** The first process of a container has the same number at every start; what is older than the process is not its own. */
const SLACK_MS = 1000;

/** Where leftovers are looked for; `shown` is the path of the directory as the user knows it. */
export interface LeftoverPlace {
  readonly directory: string;
  readonly shown: string;
}

/**
 * Removes the temporary files of writers that have ended from a directory, and reports each. Only names of the writer's
 * own pattern are touched, and none that this process has made. To be called before anything is written. Does not throw.
 */
export function removeLeftovers({ directory, shown }: LeftoverPlace): readonly Finding[] {
  try {
    return readdirSync(directory)
      .filter((name) => isLeftover(directory, name))
      .map((name) => remove(path.join(directory, name), path.join(shown, name)));
  } catch (error) {
    return hasNoDirectory(error) ? [] : [removalFailed({ surface: null, shown }, error)];
  }
}

function isLeftover(directory: string, name: string): boolean {
  const temporary = parseTemporaryName(name);
  const guard = temporary === null ? parseGuardName(name) : null;
  const stats = (temporary ?? guard) ? lstatSync(path.join(directory, name), { throwIfNoEntry: false }) : undefined;
  if (!stats?.isFile()) return false;
  const age = Date.now() - stats.mtimeMs;
  return temporary === null
    ? age > MINUTE_MS && guard !== null && isSpent(directory, guard)
    : isLeft(age, temporary.pid);
}

/** A guard is of no use once the lock that it is named after is gone. */
function isSpent(directory: string, { of, key }: { readonly of: string; readonly key: string }): boolean {
  return findLock(path.join(directory, of))?.key !== key;
}

function isLeft(age: number, pid: number): boolean {
  if (pid === process.pid) return age > process.uptime() * 1000 + SLACK_MS;
  return age > MINUTE_MS || !isAlive(pid);
}

/** Of another user's process the system says EPERM: it lives. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function remove(file: string, shown: string): Finding {
  try {
    unlinkSync(file);
    return finding('stale-temporary-removed', { file: shown });
  } catch (error) {
    return removalFailed({ surface: null, shown }, error);
  }
}
