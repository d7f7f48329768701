import { lstatSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

import type { Finding } from '@hedge-telemetry/contract';

import { errorCode } from './file-look.js';
import { unreadable } from './guarded-read.js';

/** What keeps the mirror from its source. */
export interface Obstacles {
  /** Nothing of the source can be mirrored. */
  readonly root: boolean;
  /** Directories below the root from which nothing can be. */
  readonly blocked: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** Looks whether the source is there, is not the mirror itself, and whether its directories lie in it. Never throws. */
export function obstacles(from: string, to: string, directories: readonly string[]): Obstacles {
  const root = rootFinding(from, to);
  if (root !== null) return { root: true, blocked: new Set(), findings: [root] };
  const leading = directories.filter((each) => leadsOut(from, each));
  const findings = leading.map((each) => outside(join(from, each)));
  return { root: false, blocked: new Set(leading), findings };
}

function rootFinding(from: string, to: string): Finding | null {
  try {
    const source = statSync(from);
    if (!source.isDirectory()) return noDirectory(from, 'something else');
    const mirror = statSync(to, { throwIfNoEntry: false });
    return mirror?.dev === source.dev && mirror.ino === source.ino ? itself(from) : null;
  } catch (error) {
    return noDirectory(from, errorCode(error));
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
