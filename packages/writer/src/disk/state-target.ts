import { constants, fsyncSync, openSync } from 'node:fs';
import type { Finding } from '@hedge-telemetry/contract';
import { writeAtomically } from './atomic-write.js';
import { closeQuietly, GUARDED, syncDirectories } from './descriptors.js';
import type { DurabilityMode } from './durability.js';
import { identityAt } from './file-identity.js';
import { createKeptBytes } from './kept-bytes.js';
import { temporaryNames } from './temporary-names.js';
import { causeOf, failure, writeFailed } from './write-failed.js';
import type { Place } from './write-failed.js';

/** What became of the bytes of a state file. */
export type PutResult =
  | { readonly outcome: 'unchanged'; readonly finding: null }
  /** The file holds the bytes; a finding says that they may not survive a power loss. */
  | { readonly outcome: 'written'; readonly finding: Finding | null }
  /** The file is as it was. */
  | { readonly outcome: 'failed'; readonly finding: Finding };

/** The file of a state surface. All calls are synchronous, and none throws. */
export interface StateTarget {
  /** Replaces the file by the first `length` bytes, unless it holds them already. What is kept of them is a copy. */
  put(bytes: Uint8Array, length?: number): PutResult;
  /** Puts on disk what was put last, in every mode; null when it is there. */
  sync(): Finding | null;
}

export interface StateTargetOptions extends Place {
  readonly file: string;
  readonly mode?: DurabilityMode;
}

/** What is known of the file since this target replaced it. */
interface Last {
  /** Null where it is to be written anew: it was replaced by another, or a sync failed. */
  readonly identity: string | null;
  readonly state: 'synced' | 'not yet synced' | 'sync failed';
}

const NOT_DURABLE = 'was written, but after a power loss it may be an older version';

/** Makes the target of a state file. Touches nothing until something is put. */
export function createStateTarget({ file, shown, surface, mode = 'atomic' }: StateTargetOptions): StateTarget {
  const place = { shown, surface };
  const temporary = temporaryNames(file);
  const kept = createKeptBytes();
  let last: Last | null = null;
  /** The topmost directory that was made and whose name is not known to be on disk. */
  let made: string | null = null;

  function put(bytes: Uint8Array, length = bytes.length): PutResult {
    const identity = last?.identity ?? null;
    const same = identity !== null && kept.equal(bytes, length) && identityAt(file) === identity;
    return same ? { outcome: 'unchanged', finding: null } : replace(bytes, length, mode);
  }

  function replace(bytes: Uint8Array, length: number, mode: DurabilityMode): PutResult {
    try {
      const done = writeAtomically({ file, temporary: temporary(), bytes, length, sync: mode !== 'fast' });
      made ??= done.made;
      kept.keep(bytes, length);
      last = { identity: done.identity, state: 'not yet synced' };
    } catch (error) {
      return { outcome: 'failed', finding: writeFailed(place, error) };
    }
    return { outcome: 'written', finding: mode === 'durable' ? syncNames() : null };
  }

  /** What failed once is written anew: the kernel tells of a failure once, and a second sync would say nothing. */
  function sync(): Finding | null {
    if (last === null || last.state === 'synced') return null;
    if (last.state === 'sync failed') return replace(kept.bytes(), kept.length(), 'durable').finding;
    return (mode === 'fast' ? synced(() => syncFile(file)) : null) ?? syncNames();
  }

  function syncNames(): Finding | null {
    const failed = synced(() => syncDirectories(file, made));
    if (failed !== null) return failed;
    made = null;
    if (last !== null) last = { ...last, state: 'synced' };
    return null;
  }

  function synced(work: () => void): Finding | null {
    try {
      work();
      return null;
    } catch (error) {
      last = { identity: null, state: 'sync failed' };
      return failure('sync-failed', place, NOT_DURABLE, causeOf(error));
    }
  }

  return { put, sync };
}

/** Any descriptor of a file puts all of its bytes on disk. */
function syncFile(file: string): void {
  const fd = openSync(file, constants.O_RDONLY | GUARDED);
  try {
    fsyncSync(fd);
  } finally {
    closeQuietly(fd);
  }
}
