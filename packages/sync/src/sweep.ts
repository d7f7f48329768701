import { join, posix } from 'node:path';

import { finding, registry, surfaceOfFile, SYNC_REPORT_FILE } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { lookAt } from './file-look.js';
import type { Include } from './include.js';
import { belongsToLedger } from './ledger-segments.js';
import { QUARANTINE } from './quarantine.js';
import { entriesOf, survey } from './survey.js';
import { isWriterTemporary, remove, staleByAge, staleInMirror } from './temporaries.js';
import type { StaleTemporary } from './temporaries.js';

/** What lies in the two directories beside the surfaces. Paths are relative to the directory they lie in. */
export interface Sweep {
  readonly removed: readonly string[];
  readonly removedSource: readonly string[];
  readonly undeclared: readonly string[];
  /** Files that the contract does not know and that are to be mirrored. */
  readonly included: readonly string[];
  readonly findings: readonly Finding[];
}

/** What a sweep looks at, and what it may do. */
export interface SweepOptions {
  readonly from: string;
  readonly to: string;
  readonly cleanSource: boolean;
  readonly include: Include;
}

/** The sweeps of one mirror. */
export interface Sweeps {
  /** True where `take` sweeps now. */
  isDue(now: boolean): boolean;
  /** Sweeps now, or gives what the last sweep saw where that was a moment ago. `directories` are those that are mirrored. */
  take(now: boolean, directories: readonly string[]): Sweep;
}

/** Stands in a name that is not UTF-8, under which nothing can be opened. */
const UNREADABLE_NAME = '\uFFFD';
/** Time between two sweeps, in milliseconds. */
const SWEEP_EVERY_MS = 1_000;
const NOTHING: Sweep = { removed: [], removedSource: [], undeclared: [], included: [], findings: [] };

/** A directory full of foreign files must not fill the report. */
const MAX_UNDECLARED = 1_000;

const surfaceDirectories: ReadonlySet<string> = new Set(Object.values(registry).map(({ file }) => posix.dirname(file)));

/** Makes the sweeps of one mirror. What a sweep did is told once; what it saw holds until the next one. */
export function createSweeps(options: SweepOptions): Sweeps {
  let latest = NOTHING;
  let at = -Infinity;
  const isDue = (isNow: boolean): boolean => isNow || performance.now() - at >= SWEEP_EVERY_MS;
  return {
    isDue,
    take(isNow, directories) {
      if (isDue(isNow)) {
        latest = sweep(options, directories);
        at = performance.now();
        return latest;
      }
      const findings = latest.findings.filter(({ rule }) => rule !== 'stale-temporary-removed');
      return { ...latest, removed: [], removedSource: [], findings };
    },
  };
}

/**
 * Removes partial files that a crash left: all of them from the mirror, and from the source (if `cleanSource`) those
 * that a writer of state files left. Lists the files of the source that the contract does not know. Never throws.
 */
function sweep({ from, to, cleanSource, include }: SweepOptions, directories: readonly string[]): Sweep {
  const source = survey(from, to);
  const findings: Finding[] = [...source.findings];
  const removed = sweepMirror(to, directories, findings);
  const removedSource: string[] = [];
  const undeclared: string[] = [];
  const included: string[] = [];
  for (const { path, isRegular } of source.files) {
    const directory = posix.dirname(path);
    const name = posix.basename(path);
    // The source may be a mirror itself.
    if (path === SYNC_REPORT_FILE) continue;
    if (surfaceOfFile(path) !== null || (directory === 'execution' && belongsToLedger(name))) continue;
    if (surfaceDirectories.has(directory) && isWriterTemporary(name)) {
      if (sweepSource(join(from, path), cleanSource, findings)) removedSource.push(path);
    } else if (!include(path)) undeclared.push(path);
    else if (isRegular && !name.endsWith('.tmp') && !name.includes(UNREADABLE_NAME)) included.push(path);
    else undeclared.push(path);
  }
  return { removed, removedSource, undeclared: undeclared.slice(0, MAX_UNDECLARED), included, findings };
}

/** Looks only where mirrors write. A directory that is a symbolic link leads out of the mirror and is left alone. */
function sweepMirror(to: string, directories: readonly string[], findings: Finding[]): string[] {
  return [...new Set(['.', ...directories])]
    .flatMap((each) => [each, posix.join(QUARANTINE, each)])
    .flatMap((directory) =>
      namesIn(join(to, directory), findings).flatMap((name) => {
        const file = join(to, directory, name);
        const stale = name.endsWith('.tmp') ? staleInMirror(file) : null;
        if (stale === null) return [];
        const failure = remove(file);
        findings.push(failure === null ? removal(file, stale) : finding('write-failed', { file, actual: failure }));
        return failure === null ? [posix.join(directory, name)] : [];
      }),
    );
}

function namesIn(directory: string, findings: Finding[]): readonly string[] {
  const look = lookAt(directory);
  if (look.state !== 'unusable' || look.actual !== 'a directory') return [];
  return entriesOf(directory, findings).map(({ name }) => name);
}

function sweepSource(file: string, clean: boolean, findings: Finding[]): boolean {
  const stale = staleByAge(file);
  if (stale === null) return false;
  const failure = clean ? remove(file) : 'left alone, as asked';
  findings.push(failure === null ? removal(file, stale) : leftOver(file, stale, failure));
  return failure === null;
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
