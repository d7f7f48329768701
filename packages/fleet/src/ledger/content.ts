import { closeSync, fstatSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { openRegular, readAt } from '@hedge-telemetry/sync';

/** A file of a ledger: what is being written, or a rotated segment, which is never written again. */
export interface LedgerFile {
  readonly path: string;
  readonly kind: 'segment' | 'current';
  readonly gzip: boolean;
}

/** The bytes of a ledger file, decompressed where it is compressed. */
export interface LedgerContent {
  /** Bytes on disk. */
  readonly size: number;
  /** The bytes from an offset to the end, in chunks that nobody writes to again. Rejects where they cannot be read. */
  chunks(from: number): AsyncIterable<Buffer>;
  close(): void;
}

const FIRST_CHUNK_BYTES = 8 * 1024;
const CHUNK_BYTES = 256 * 1024;

/** Opens a ledger file; null where it is gone. A segment may have been compressed meanwhile. Throws where it cannot be read. */
export function openContent(file: LedgerFile): LedgerContent | null {
  const opened = openRegular(file.path);
  if (opened.state === 'unreadable') throw new Error(opened.finding.actual ?? opened.finding.message);
  if (opened.state === 'open') return contentOf(opened.fd, file.gzip);
  return file.gzip ? null : openContent({ ...file, path: `${file.path}.gz`, gzip: true });
}

/** The content of an open file, which it closes with itself. */
export function contentOf(fd: number, gzip: boolean): LedgerContent {
  return {
    size: fstatSync(fd).size,
    chunks: (from) => (gzip ? inflated(fd, from) : plain(fd, from)),
    close: () => closeSync(fd),
  };
}

/** Some bytes of the content; fewer where it ends before. */
export async function range(content: LedgerContent, from: number, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let left = length;
  if (left > 0) {
    for await (const chunk of content.chunks(from)) {
      const part = chunk.subarray(0, left);
      parts.push(part);
      left -= part.length;
      if (left <= 0) break;
    }
  }
  return Buffer.concat(parts);
}

async function* plain(fd: number, from: number): AsyncGenerator<Buffer, void, undefined> {
  let size = FIRST_CHUNK_BYTES;
  for (let at = from; ;) {
    const chunk = Buffer.allocUnsafeSlow(size);
    const count = readAt(fd, chunk, at);
    if (count === 0) return;
    at += count;
    size = Math.min(size * 2, CHUNK_BYTES);
    yield chunk.subarray(0, count);
  }
}

async function* inflated(fd: number, from: number): AsyncGenerator<Buffer, void, undefined> {
  const input = Readable.from(plain(fd, 0), { objectMode: false });
  const output = createGunzip({ chunkSize: CHUNK_BYTES });
  input.on('error', (error) => output.destroy(error));
  input.pipe(output);
  let skip = from;
  try {
    for await (const chunk of output as AsyncIterable<Buffer>) {
      const rest = chunk.subarray(Math.min(skip, chunk.length));
      skip -= chunk.length - rest.length;
      if (rest.length > 0) yield rest;
    }
  } finally {
    input.destroy();
    output.destroy();
  }
}
