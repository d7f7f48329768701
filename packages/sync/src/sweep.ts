import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { finding, registry, surfaceOfFile } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { errorCode, lookAt } from './file-look.js';
import { unreadable } from './guarded-read.js';
import { isWriterTemporary, remove, staleByAge, staleInMirror } from './temporaries.js';
import type { StaleTemporary } from './temporaries.js';

/** What lies in the two directories beside the surfaces. Paths are relative to the directory they lie in. */
export interface Sweep {
  readonly removed: readonly string[];
  readonly removedSource: readonly string[];
  readonly undeclared: readonly string[];
  readonly findings: readonly Finding[];
}

/** A directory full of foreign files must not fill the report. */
const MAX_UNDECLARED = 1_000;
const NO_NAMES: readonly string[] = [];

const directories: readonly string[] = [...new Set(Object.values(registry).map(({ file }) => dirname(file)))];

/**
 * Removes partial files that a crash left: all of them from the mirror, and from the source (if `cleanSource`) those
 * that a writer of state files left. Lists the files of the source that the contract does not know. Never throws.
 */
export function sweep(from: string, to: string, cleanSource: boolean): Sweep {
  const findings: Finding[] = [];
  const removed = directories.flatMap((each) => sweepMirror(to, each, findings));
  const removedSource: string[] = [];
  const undeclared: string[] = [];
  for (const directory of ['.', ...directories]) {
    for (const name of filesOf(join(from, directory), findings)) {
      const path = join(directory, name);
      if (surfaceOfFile(path) !== null) continue;
      if (directory === '.' || !isWriterTemporary(name)) undeclared.push(path);
      else if (sweepSource(join(from, path), cleanSource, findings)) removedSource.push(path);
    }
  }
  return { removed, removedSource, undeclared: undeclared.toSorted().slice(0, MAX_UNDECLARED), findings };
}

/** A mirror directory that is a symbolic link leads out of the mirror and is left alone. */
function sweepMirror(to: string, directory: string, findings: Finding[]): string[] {
  const root = join(to, directory);
  if (!isRealDirectory(root)) return [];
  return filesOf(root, findings).flatMap((name) => {
    const file = join(root, name);
    const stale = name.endsWith('.tmp') ? staleInMirror(file) : null;
    if (stale === null) return [];
    const failure = remove(file);
    findings.push(failure === null ? removal(file, stale) : finding('write-failed', { file, actual: failure }));
    return failure === null ? [join(directory, name)] : [];
  });
}

function sweepSource(file: string, clean: boolean, findings: Finding[]): boolean {
  const stale = staleByAge(file);
  if (stale === null) return false;
  const failure = clean ? remove(file) : 'left alone, as asked';
  findings.push(failure === null ? removal(file, stale) : leftOver(file, stale, failure));
  return failure === null;
}

function filesOf(directory: string, findings: Finding[]): readonly string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((each) => !each.isDirectory())
      .map(({ name }) => name);
  } catch (error) {
    const code = errorCode(error);
    if (code !== 'ENOENT') findings.push(unreadable(directory, code));
    return NO_NAMES;
  }
}

function isRealDirectory(path: string): boolean {
  const look = lookAt(path);
  return look.state === 'unusable' && look.actual === 'a directory';
}

function removal(file: string, { ageSeconds }: StaleTemporary): Finding {
  return finding('stale-temporary-removed', { file, actual: `last written ${Math.round(ageSeconds)} s ago` });
}

function leftOver(file: string, { ageSeconds }: StaleTemporary, why: string): Finding {
  return finding('unrecognised-file', {
    file,
    actual: `last written ${Math.round(ageSeconds)} s ago`,
    message: `A partial file left by a crash was not removed: ${why}.`,
    fix: 'Remove it.',
  });
}
