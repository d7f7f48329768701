import { randomBytes } from 'node:crypto';
import { createReadStream, openSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { writeAll } from './atomic-write.js';
import { errorCode } from './file-look.js';

/** A compressed file unpacked into a file without a name; the caller closes it. */
export interface Inflated {
  readonly fd: number;
  readonly size: number;
  /** Why it ends before its end, null where it is whole. */
  readonly failure: string | null;
}

/** A segment that unpacks to more than this is not believed. */
const MAX_INFLATED_BYTES = 16 * 1024 ** 3;

/** Unpacks an open gzip file, also one that is damaged: then up to the damage. Throws where there is no place to unpack it. */
export async function inflate(fd: number): Promise<Inflated> {
  const path = join(tmpdir(), `.hedge-telemetry.${process.pid}.${randomBytes(8).toString('hex')}.tmp`);
  const out = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  let size = 0;
  try {
    await pipeline(
      createReadStream('', { fd, start: 0, autoClose: false }),
      createGunzip({ chunkSize: 256 * 1024 }),
      async (chunks: AsyncIterable<Buffer>) => {
        for await (const chunk of chunks) {
          const { written, failure } = writeAll(out, chunk);
          size += written;
          if (failure !== null) throw new Error(failure);
          if (size > MAX_INFLATED_BYTES) throw new Error(`unpacks to more than ${MAX_INFLATED_BYTES} bytes`);
        }
      },
    );
    return { fd: out, size, failure: null };
  } catch (error) {
    return { fd: out, size, failure: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const code = errorCode(error);
  return error instanceof Error && code.startsWith('error ') ? error.message : code;
}
