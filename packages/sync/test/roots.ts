import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { SYNC_REPORT_FILE } from '@hedge-telemetry/contract';
import { onTestFinished } from 'vitest';

/** A source and a mirror of their own for one test, removed when it ends. */
export interface Roots {
  readonly from: string;
  readonly to: string;
  /** Writes a file of the source. */
  put(path: string, content: string | Uint8Array): string;
  /** Writes a file of the mirror. */
  putMirror(path: string, content: string | Uint8Array): string;
  /** The bytes of a file of the mirror. */
  mirrored(path: string): Buffer;
}

export function temporaryDirectory(parent: string = tmpdir()): string {
  const directory = mkdtempSync(join(parent, 'sync-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Roots in memory, where there is a place for that: for tests that write thousands of files. */
export function makeRootsInMemory(): Roots {
  return makeRoots(existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
}

export function makeRoots(parent: string = tmpdir()): Roots {
  const directory = temporaryDirectory(parent);
  const from = join(directory, 'logs');
  const to = join(directory, 'mirror');
  mkdirSync(join(from, 'state'), { recursive: true });
  mkdirSync(join(from, 'execution'));
  return {
    from,
    to,
    put: (path, content) => write(join(from, path), content),
    putMirror: (path, content) => write(join(to, path), content),
    mirrored: (path) => readFileSync(join(to, path)),
  };
}

/** Every file below a directory but a mirror's report, sorted; none where there is no directory. */
export function filesBelow(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((each) => !each.isDirectory())
    .map((each) => join(each.parentPath, each.name).slice(directory.length + 1))
    .filter((file) => file !== SYNC_REPORT_FILE)
    .toSorted();
}

function write(path: string, content: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}
