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
/** Flushes take threads of the runtime, of which others need some, too. */
const WIDTH = 2;
/** The root of a mirror may be a symbolic link, no file may. */
const FILE = { flags: constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK, harmless: ['ENOENT'] };
/** There are file systems on which directories cannot be flushed, nor need be. */
const DIRECTORY = { flags: constants.O_RDONLY | constants.O_DIRECTORY, harmless: ['ENOENT', 'EINVAL', 'ENOTSUP'] };

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
    const owed = [
      { paths: files, kind: FILE },
      { paths: directories, kind: DIRECTORY },
    ];
    files = new Set();
    directories = new Set();
    const findings: Finding[] = [];
    for (const { paths, kind } of owed) {
      const waiting = paths.values();
      const work = async (): Promise<void> => {
        for (const path of waiting) findings.push(...(await flushed(path, kind)));
      };
      await Promise.all(Array.from({ length: WIDTH }, work));
    }
    return findings;
  }
}

/** Nothing where the file is on disk, or gone. */
async function flushed(path: string, { flags, harmless }: typeof FILE): Promise<Finding[]> {
  try {
    const fd = openSync(path, flags);
    try {
      await flush(fd);
    } finally {
      closeSync(fd);
    }
    return [];
  } catch (error) {
    const actual = errorCode(error);
    if (harmless.includes(actual)) return [];
    const message = `The mirror could not be brought to the disk: ${actual}.`;
    const fix =
      'Check the disk. A crash of the machine may set the file back; the mirror takes it from the source again.';
    return [finding('write-failed', { file: path, expected: 'the bytes on disk', actual, message, fix })];
  }
}
