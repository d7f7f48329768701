import { randomBytes } from 'node:crypto';
import { closeSync, createReadStream, openSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { writeAll } from './atomic-write.js';
import { errorCode } from './file-look.js';

/** A compressed file unpacked into a file without a name. */
export interface Inflated {
  readonly fd: number;
  readonly size: number;
  /** Why it ends before its end, null where it is whole. */
  readonly failure: string | null;
}

/** A segment that unpacks to more than this is not believed. */
const MAX_INFLATED_BYTES = 16 * 1024 ** 3;

/** Unpacks an open gzip file, also one that is damaged: then up to the damage. Throws where there is no place to unpack it. */
async function inflate(fd: number): Promise<Inflated> {
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

/** Keeps what was unpacked for as long as passes go on with it, so that each file is unpacked once. */
export interface UnpackedFiles {
  /**
   * The content of an open gzip file, which stays open until it is let go. `identity` tells the file from all others,
   * `version` what it holds from what it held before.
   */
  open(fd: number, identity: string, version: string): Promise<Inflated>;
  /** Closes everything but the file of this identity. */
  keepOnly(identity: string | null): void;
}

/** Makes a place for unpacked files. */
export function createUnpackedFiles(): UnpackedFiles {
  const files = new Map<string, { readonly version: string; readonly file: Inflated }>();
  return {
    async open(fd, identity, version) {
      const known = files.get(identity);
      if (known?.version === version) return known.file;
      drop(identity);
      const file = await inflate(fd);
      files.set(identity, { version, file });
      return file;
    },
    keepOnly(identity) {
      for (const each of files.keys()) if (each !== identity) drop(each);
    },
  };

  function drop(identity: string): void {
    const known = files.get(identity);
    if (known !== undefined) closeSync(known.file.fd);
    files.delete(identity);
  }
}

function reasonOf(error: unknown): string {
  const code = errorCode(error);
  return error instanceof Error && code.startsWith('error ') ? error.message : code;
}
