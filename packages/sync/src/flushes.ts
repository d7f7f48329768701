import { closeSync, constants, fdatasync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

import { finding } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { errorCode } from './file-look.js';

/** What was written to the mirror and may not be on disk yet. */
export interface Flushes {
  /** Bytes of the file at `path` were written, and maybe its name. */
  owe(path: string): void;
  /** A file that is on disk was given its name at `path`. */
  oweName(path: string): void;
  /** Brings what is owed to the disk, several files at a time, and gives what went wrong. Resolves behind earlier calls. */
  settle(): Promise<readonly Finding[]>;
}

const flush = promisify(fdatasync);
const READ_ONLY = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Makes an empty account of what is owed to the disk. */
export function createFlushes(): Flushes {
  let files = new Set<string>();
  let directories = new Set<string>();
  let latest: Promise<readonly Finding[]> = Promise.resolve([]);

  return {
    owe(path) {
      files.add(path);
      directories.add(dirname(path));
    },
    oweName: (path) => void directories.add(dirname(path)),
    settle: () => (latest = latest.then(settleNow)),
  };

  /** The bytes first: a name must not outlive a crash of the machine for which there are none. */
  async function settleNow(): Promise<readonly Finding[]> {
    const owed = [files, directories];
    files = new Set();
    directories = new Set();
    const findings: Finding[] = [];
    for (const paths of owed) {
      const results = await Promise.all([...paths].map(flushed));
      findings.push(...results.flatMap((each) => each ?? []));
    }
    return findings;
  }
}

/** Null where the file is on disk, or gone. */
async function flushed(path: string): Promise<Finding | null> {
  try {
    const fd = openSync(path, READ_ONLY);
    try {
      await flush(fd);
    } finally {
      closeSync(fd);
    }
    return null;
  } catch (error) {
    const actual = errorCode(error);
    if (actual === 'ENOENT') return null;
    return finding('write-failed', {
      file: path,
      actual,
      message: `The mirror could not be brought to the disk: ${actual}.`,
      fix: 'Check the disk; a crash of the machine may set the file back, and the mirror takes it from the source again.',
    });
  }
}
