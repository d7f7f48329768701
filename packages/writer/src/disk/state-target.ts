import { closeSync, constants, fsyncSync, openSync } from 'node:fs';
import { finding } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';
import { writeAtomically } from './atomic-write.js';
import { GUARDED, syncDirectories } from './descriptors.js';
import type { DurabilityMode } from './durability.js';
import { identityAt } from './file-identity.js';
import { temporaryNames } from './temporary-names.js';
import { causeOf, writeFailed } from './write-failed.js';
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
  /** Replaces the file by the first `length` bytes, unless it holds them already. They are copied where they are kept. */
  put(bytes: Uint8Array, length?: number): PutResult;
  /** Puts on disk what was put last, in every mode; null when it is there. */
  sync(): Finding | null;
}

export interface StateTargetOptions extends Place {
  readonly file: string;
  readonly mode?: DurabilityMode;
}

/** What is known of the file after a put of ours. */
interface Last {
  readonly identity: string;
  /** Whether bytes and name are known to be on disk. */
  readonly synced: boolean;
  readonly made: string | null;
}

/** Makes the target of a state file. Touches nothing until something is put. */
export function createStateTarget({ file, shown, surface, mode = 'atomic' }: StateTargetOptions): StateTarget {
  const temporary = temporaryNames(file);
  const kept = keptBytes();
  let last: Last | null = null;

  function put(bytes: Uint8Array, length = bytes.length): PutResult {
    if (last !== null && kept.equal(bytes, length) && identityAt(file) === last.identity)
      return { outcome: 'unchanged', finding: null };
    last = null;
    try {
      const { identity, made } = writeAtomically({
        file,
        temporary: temporary(),
        bytes,
        length,
        sync: mode !== 'fast',
      });
      kept.keep(bytes, length);
      const failure = mode === 'durable' ? attempt(() => syncDirectories(file, made)) : null;
      if (failure === null && identity !== null) last = { identity, synced: mode === 'durable', made };
      return { outcome: 'written', finding: failure };
    } catch (error) {
      return { outcome: 'failed', finding: writeFailed({ shown, surface }, error) };
    }
  }

  function sync(): Finding | null {
    if (last === null || last.synced) return null;
    const { identity, made } = last;
    const failure = attempt(() => {
      if (mode === 'fast') syncFile(file);
      syncDirectories(file, made);
    });
    last = failure === null ? { identity, synced: true, made } : null;
    return failure;
  }

  function attempt(work: () => void): Finding | null {
    try {
      work();
      return null;
    } catch (error) {
      return notDurable({ shown, surface }, error);
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
    closeSync(fd);
  }
}

function notDurable({ shown, surface }: Place, error: unknown): Finding {
  const { actual, message, fix } = causeOf(error);
  return finding('sync-failed', {
    surface,
    file: shown,
    message: `${shown} was written, but after a power loss it may be an older version: ${message}`,
    actual,
    ...fix,
  });
}

/** A copy of the bytes that were put last, in a buffer that grows with them. */
function keptBytes(): {
  equal(bytes: Uint8Array, length: number): boolean;
  keep(bytes: Uint8Array, length: number): void;
} {
  let kept = Buffer.alloc(0);
  let size = -1;
  return {
    equal: (bytes, length) => length === size && kept.compare(bytes, 0, length, 0, length) === 0,
    keep(bytes, length) {
      if (kept.length < length) kept = Buffer.allocUnsafeSlow(length);
      kept.set(bytes.subarray(0, length));
      size = length;
    },
  };
}
