import { lstatSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

import type { Finding } from '@hedge-telemetry/contract';

import { errorCode } from './file-look.js';
import { unreadable } from './guarded-read.js';

/** What keeps the mirror from its source. */
export interface Obstacles {
  /** Nothing of the source can be mirrored: it is no directory that can be read, or it is the mirror. */
  readonly root: 'unreadable' | 'mirror' | null;
  /** Directories below the root from which nothing can be. */
  readonly blocked: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

const NONE: ReadonlySet<string> = new Set();
const CLEAR: Obstacles = { root: null, blocked: NONE, findings: [] };

/** Looks whether the source is there, is not the mirror itself, and whether its directories lie in it. Never throws. */
export function obstacles(from: string, to: string, directories: readonly string[]): Obstacles {
  const blocking = rootObstacle(from, to);
  if (blocking !== null) return { ...blocking, blocked: NONE };
  const leading = directories.filter((each) => leadsOut(from, each));
  if (leading.length === 0) return CLEAR;
  const findings = leading.map((each) => outside(join(from, each)));
  return { root: null, blocked: new Set(leading), findings };
}

function rootObstacle(from: string, to: string): Pick<Obstacles, 'root' | 'findings'> | null {
  try {
    const source = statSync(from);
    if (!source.isDirectory()) return { root: 'unreadable', findings: [noDirectory(from, 'something else')] };
    const mirror = statSync(to, { throwIfNoEntry: false });
    const isItself = mirror?.dev === source.dev && mirror.ino === source.ino;
    return isItself ? { root: 'mirror', findings: [itself(from)] } : null;
  } catch (error) {
    return { root: 'unreadable', findings: [noDirectory(from, errorCode(error))] };
  }
}

/** Only a symbolic link can lead out, and only it is resolved. */
function leadsOut(from: string, directory: string): boolean {
  try {
    const path = join(from, directory);
    if (directory === '.' || lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return false;
    return !`${realpathSync(path)}${sep}`.startsWith(`${realpathSync(from)}${sep}`);
  } catch {
    return true;
  }
}

function noDirectory(file: string, actual: string): Finding {
  return {
    ...unreadable(file, actual),
    expected: 'a directory',
    message: `The source directory cannot be read: ${actual}.`,
    fix: 'Check the path, and that the process that writes the telemetry has been started.',
  };
}

function itself(file: string): Finding {
  return {
    ...unreadable(file, 'the mirror itself'),
    expected: 'another directory than the mirror',
    message: 'The source and the mirror are the same directory; nothing was mirrored.',
    fix: 'Give the mirror a directory of its own.',
  };
}

function outside(file: string): Finding {
  return {
    ...unreadable(file, 'a symbolic link that leads out of it'),
    expected: 'a directory below the source',
    message: 'The directory is a symbolic link that leads out of the source; nothing in it was mirrored.',
    fix: 'Mirror the directory that it leads to, or mount that directory here.',
  };
}
