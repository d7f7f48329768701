import { lstatSync, unlinkSync } from 'node:fs';
import { basename } from 'node:path';

import { registry } from '@hedge-telemetry/contract';

import { errorCode } from './file-look.js';

/** A partial file that nobody is going to finish. */
export interface StaleTemporary {
  readonly ageSeconds: number;
}

/** A write that takes longer than this has died, in seconds. */
const STALE_AFTER_S = 60;
/** `.<file>.<pid>.<n>.<hex>.tmp`: how the writer and the mirror name what they have not renamed yet. */
const OWN_NAME = /^\.(?<file>.+)\.(?<pid>\d+)\.\d+\.[0-9a-f]+\.tmp$/;

const stateFiles: readonly string[] = Object.values(registry)
  .filter(({ kind }) => kind === 'state')
  .map(({ file }) => file);
const legacyNames = new Set(stateFiles.flatMap((file) => [`${basename(file)}.tmp`, `${basename(file, '.json')}.tmp`]));
const stateNames = new Set(stateFiles.map((file) => basename(file)));

/** True for the names under which a writer of state files leaves a partial file: ours, and those of the legacy writers. */
export function isWriterTemporary(name: string): boolean {
  return legacyNames.has(name) || stateNames.has(OWN_NAME.exec(name)?.groups?.['file'] ?? '');
}

/** A temporary that has not been written for a minute; null where it is younger or gone. Age is by the machine's clock, as the file's times are. */
export function staleByAge(path: string): StaleTemporary | null {
  const ageSeconds = ageOf(path);
  return ageSeconds !== null && ageSeconds > STALE_AFTER_S ? { ageSeconds } : null;
}

/** The same for a directory that only mirrors write to: there, a temporary of a process that is gone is stale at once. */
export function staleInMirror(path: string): StaleTemporary | null {
  const pid = OWN_NAME.exec(basename(path))?.groups?.['pid'];
  if (pid === undefined || isAlive(Number(pid))) return staleByAge(path);
  const ageSeconds = ageOf(path);
  return ageSeconds === null ? null : { ageSeconds };
}

/** Removes a file. Null when it is gone, else what went wrong. */
export function remove(path: string): string | null {
  try {
    unlinkSync(path);
    return null;
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' ? null : code;
  }
}

function ageOf(path: string): number | null {
  try {
    const stats = lstatSync(path);
    return stats.isDirectory() ? null : (Date.now() - stats.mtimeMs) / 1000;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}
