import { statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { join, posix } from 'node:path';

/** Watches directories for as long as they exist. */
export interface DirectoryWatch {
  /** Watches these directories below the root from now on; those that have appeared or were replaced are watched anew. */
  refresh(directories: readonly string[]): void;
  close(): void;
}

interface Watched {
  readonly watcher: FSWatcher;
  readonly inode: bigint;
}

/**
 * Calls `wake` when a file of one of the directories changes, with its path below the root where that is known; partial
 * files and locks do not count. Where watching is not possible nothing happens: the caller polls as well.
 */
export function watchDirectories(root: string, wake: (file: string | null) => void): DirectoryWatch {
  const watched = new Map<string, Watched>();
  return { refresh, close };

  function refresh(directories: readonly string[]): void {
    for (const gone of [...watched.keys()].filter((each) => !directories.includes(each))) drop(gone);
    for (const directory of directories) {
      const inode = inodeOf(join(root, directory));
      if (watched.get(directory)?.inode === inode) continue;
      drop(directory);
      if (inode !== undefined) begin(directory, inode);
    }
  }

  function begin(directory: string, inode: bigint): void {
    try {
      const watcher = watch(join(root, directory), (_event, name) => {
        if (name === null) wake(null);
        else if (!name.startsWith('.') && !name.endsWith('.tmp')) wake(posix.join(directory, name));
      });
      watcher.on('error', () => drop(directory));
      watched.set(directory, { watcher, inode });
    } catch {
      // Out of watches, or not supported by the file system.
    }
  }

  function drop(directory: string): void {
    watched.get(directory)?.watcher.close();
    watched.delete(directory);
  }

  function close(): void {
    for (const directory of watched.keys()) drop(directory);
  }
}

function inodeOf(directory: string): bigint | undefined {
  try {
    return statSync(directory, { bigint: true, throwIfNoEntry: false })?.ino;
  } catch {
    return undefined;
  }
}
