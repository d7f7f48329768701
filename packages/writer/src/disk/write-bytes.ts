import { writeSync } from 'node:fs';

/** How far a write came, and the error that stopped it. */
export interface Written {
  /** Offset behind the last byte that was written. */
  readonly end: number;
  readonly error: unknown;
}

/**
 * Writes `bytes` from `start` to `end`, and goes on with the remainder after a short count: a disk that fills up gives
 * a short count without an error first. Does not throw; `error` is null when all is written.
 */
export function writeBytes(fd: number, bytes: Uint8Array, start = 0, end: number = bytes.length): Written {
  let at = start;
  try {
    while (at < end) {
      const count = writeSync(fd, bytes, at, end - at);
      if (count === 0) throw new Error('no byte was written');
      at += count;
    }
    return { end: at, error: null };
  } catch (error) {
    return { end: at, error };
  }
}
