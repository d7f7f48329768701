import { closeSync, constants, fchmodSync, fdatasync, fstatSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { readAt } from '@hedge-telemetry/sync';
import { fingerprint } from '../ledger/position.js';

/** A mirrored ledger. What it holds already is compared with what is added, and only the rest is written. */
export interface MirroredFile {
  /** Bytes that are known to be what they should be. */
  readonly end: number;
  /** Fingerprint of the last of them. */
  tail(): string;
  /** False where the file holds something else at this place. Throws where it cannot be read or written. */
  append(bytes: Uint8Array): boolean;
  /** Resolves when everything is on the disk. */
  flush(): Promise<void>;
  close(): void;
}

const MODE = 0o644;
const FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const TAIL_BYTES = 4096;
const flushData = promisify(fdatasync);

/** Opens a mirrored ledger of which the first bytes are known, and makes it where it is missing. Throws where that fails. */
export function openMirroredFile(path: string, known: number): MirroredFile {
  const fd = openSync(path, FLAGS, MODE);
  if (!fstatSync(fd).isFile()) {
    closeSync(fd);
    throw new Error('no regular file');
  }
  fchmodSync(fd, MODE);
  let size = fstatSync(fd).size;
  let end = known;

  return {
    get end() {
      return end;
    },
    tail: () => fingerprint(held(Math.max(0, end - TAIL_BYTES), Math.min(end, TAIL_BYTES))),
    append,
    flush: () => flushData(fd),
    close: () => closeSync(fd),
  };

  function append(bytes: Uint8Array): boolean {
    const there = held(end, Math.min(bytes.length, Math.max(0, size - end)));
    if (Buffer.compare(there, bytes.subarray(0, there.length)) !== 0) return false;
    for (let written = there.length; written < bytes.length;) {
      written += writeSync(fd, bytes, written, bytes.length - written, end + written);
      size = Math.max(size, end + written);
    }
    end += bytes.length;
    return true;
  }

  function held(from: number, length: number): Buffer {
    const buffer = Buffer.alloc(length);
    return length === 0 ? buffer : buffer.subarray(0, readAt(fd, buffer, from));
  }
}
