import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** Readable by the dashboard and the mirror, which may run as other users. */
const FILE_MODE = 0o644;

/** How far a write came, and the error that stopped it. */
export interface Written {
  /** Offset behind the last byte that was written. */
  readonly end: number;
  readonly error: Error | null;
}

/** Writes `bytes` from `start` on, and goes on with the remainder after a short count. Does not reject. */
export async function writeBytes(handle: FileHandle, bytes: Uint8Array, start = 0): Promise<Written> {
  let end = start;
  try {
    while (end < bytes.length) {
      const { bytesWritten } = await handle.write(bytes, end);
      if (bytesWritten === 0) throw new Error('no byte was written');
      end += bytesWritten;
    }
    return { end, error: null };
  } catch (error) {
    return { end, error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** Opens a file, making its directory where that is missing. Rejects with the system's error. */
export async function openFile(file: string, flags: string | number): Promise<FileHandle> {
  try {
    return await open(file, flags, FILE_MODE);
  } catch (error) {
    if (!isMissing(error)) throw error;
    await mkdir(path.dirname(file), { recursive: true });
    return open(file, flags, FILE_MODE);
  }
}

/** True for the error of a path that does not exist. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
