import { statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';

/** Watches directories for as long as they exist. */
export interface DirectoryWatch {
  /** Starts watching directories that have appeared or were replaced. */
  refresh(): void;
  close(): void;
}

interface Watched {
  readonly watcher: FSWatcher;
  readonly inode: bigint;
}

/**
 * Calls `wake` when a file of one of the directories changes; partial files do not count. Where watching is not
 * possible nothing happens: the caller polls as well.
 */
export function watchDirectories(directories: readonly string[], wake: () => void): DirectoryWatch {
  const watched = new Map<string, Watched>();
  return { refresh, close };

  function refresh(): void {
    for (const directory of directories) {
      const inode = inodeOf(directory);
      if (watched.get(directory)?.inode === inode) continue;
      drop(directory);
      if (inode !== undefined) begin(directory, inode);
    }
  }

  function begin(directory: string, inode: bigint): void {
    try {
      const watcher = watch(directory, (_event, name) => {
        if (name?.endsWith('.tmp') !== true) wake();
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
    for (const directory of directories) drop(directory);
  }
}

function inodeOf(directory: string): bigint | undefined {
  try {
    return statSync(directory, { bigint: true, throwIfNoEntry: false })?.ino;
  } catch {
    return undefined;
  }
}
