import { closeSync, fstatSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { openRegular, readAt } from '@hedge-telemetry/sync';

/** A file of a ledger: what is being written, or a rotated segment, which is never written again. */
export interface LedgerFile {
  readonly path: string;
  readonly kind: 'segment' | 'current';
  readonly gzip: boolean;
  /** Tells the file from every other one, whatever its name is. */
  readonly identity: string;
}

/** Files were renamed while they were looked at: look again. */
export class Moved extends Error {}

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
/** What a Moved says. */
export const MOVED = 'the files of the ledger are renamed again and again while they are read';

/** Opens a ledger file. Throws a Moved where it is not the one that was listed, an Error where it cannot be read. */
export function openContent(file: LedgerFile): LedgerContent {
  const opened = openRegular(file.path);
  if (opened.state === 'unreadable') throw new Error(opened.finding.actual ?? opened.finding.message);
  if (opened.state === 'missing') throw new Moved(MOVED);
  const { fd, stats } = opened;
  if (identityOf(stats) === file.identity) return contentOf(fd, file.gzip);
  closeSync(fd);
  throw new Moved(MOVED);
}

/** What tells a file from every other one; inode numbers are used again. */
export function identityOf({ dev, ino, birthtimeNs }: BigIntStats): string {
  return `${dev}:${ino}:${birthtimeNs}`;
}

/** True where the error says that a compressed file is damaged, or ends before its end. */
export function isDamage(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
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
