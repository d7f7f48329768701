import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { writeTrouble } from './access.js';
import { codeOf, linesOf, shellPath } from './check.js';
import type { Check } from './check.js';

const FOLDERS = ['.', 'state', 'execution'] as const;
const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
const TEXT = 'hedge-telemetry doctor\n';

/** Tries on every file system of the directory what the writer needs of it, in two files of its own that it removes. */
export function checkFileSystems(dir: string): Check[] {
  const devices = new Set<bigint>();
  return FOLDERS.map((name) => join(dir, name)).flatMap((folder) => {
    const stats = statSync(folder, { bigint: true, throwIfNoEntry: false });
    if (stats?.isDirectory() !== true || devices.has(stats.dev)) return [];
    devices.add(stats.dev);
    return probe(folder);
  });
}

function probe(folder: string): Check[] {
  const skipped = untried(folder);
  if (skipped !== null) return [skipped];
  const name = join(folder, `.hedge-telemetry-doctor.${process.pid}.${randomBytes(6).toString('hex')}`);
  const files = { first: `${name}.a.tmp`, second: `${name}.b.tmp` };
  try {
    return [
      attempt('fsync', folder, 'a file can be written and brought to the disk', () => writeSynced(files.first, TEXT)),
      attempt('rename', folder, 'a file takes the place of another at once', () => replace(files)),
      attempt('append', folder, 'two writers append behind each other (O_APPEND)', () => appendTwice(files.second)),
    ];
  } finally {
    for (const file of [files.first, files.second]) remove(file);
  }
}

function untried(folder: string): Check | null {
  const trouble = writeTrouble(folder);
  if (trouble === null) return null;
  const why = `this user is not to write here (${trouble}), so that nothing was tried`;
  return linesOf('rename').skipped(folder, why, 'run it as the user of the executor');
}

function attempt(check: string, folder: string, works: string, work: () => string | null): Check {
  const lines = linesOf(check);
  const fix = `findmnt --target ${shellPath(folder)}`;
  try {
    const trouble = work();
    return trouble === null ? lines.ok(folder, works) : lines.failed(folder, trouble, fix);
  } catch (error) {
    return lines.failed(folder, `the file system refuses it: ${codeOf(error)}`, fix);
  }
}

function writeSynced(file: string, text: string): null {
  const fd = openSync(file, NEW, 0o600);
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return null;
}

/** A descriptor of the file that is replaced must go on showing what it did. */
function replace({ first, second }: { readonly first: string; readonly second: string }): string | null {
  writeSynced(second, 'old\n');
  const reader = openSync(second, 'r');
  try {
    renameSync(first, second);
    if (readFileSync(reader, 'utf8') !== 'old\n') return 'who reads the old file sees the new one half-way';
  } finally {
    closeSync(reader);
  }
  return readFileSync(second, 'utf8') === TEXT ? null : 'the file does not hold what was put in its place';
}

function appendTwice(file: string): string | null {
  const writers = [openSync(file, 'a'), openSync(file, 'a')];
  try {
    for (const text of ['1\n', '2\n', '3\n']) for (const fd of writers) writeSync(fd, text);
  } finally {
    for (const fd of writers) closeSync(fd);
  }
  const found = readFileSync(file, 'utf8');
  return found === `${TEXT}1\n1\n2\n2\n3\n3\n` ? null : 'lines of two writers overwrite each other';
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // It was never made, or took the place of the other one.
  }
}
