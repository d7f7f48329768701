import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  renameSync,
  unlinkSync,
} from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { closeQuietly, GUARDED, openMaking, syncDirectories } from './descriptors.js';
import { temporaryName } from './temporary-names.js';
import { writeBytes } from './write-bytes.js';

/** What a compressed segment takes. */
export interface Compressed {
  readonly file: string;
  readonly plainBytes: number;
  readonly bytes: number;
}

/** Compressed one piece at a time, each a gzip member of its own, so that memory stays bounded and no thread of a pool is needed. */
const PIECE_BYTES = 1 << 20;
const CREATE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | GUARDED;

/**
 * Compresses a segment to `<segment>.gz` and removes the plain file, which stays until the other one is whole, on disk,
 * and was read back and found equal. Throws where that fails; the plain file is then still there. A result that a crash
 * left beside its plain file is compared with a new one, never overwritten.
 */
export function compressSegment(segment: string): Compressed {
  const file = `${segment}.gz`;
  const temporary = temporaryName(file);
  const { fd } = openMaking(temporary, CREATE);
  try {
    const sizes = compressInto(fd, segment);
    if (!existsSync(file)) renameSync(temporary, file);
    else if (digestOfFile(file) !== digestOfFile(temporary)) throw new Error('another file has the name of the result');
    else unlinkSync(temporary);
    syncDirectories(file, null);
    unlinkSync(segment);
    syncDirectories(file, null);
    return { file, ...sizes };
  } catch (error) {
    try {
      unlinkSync(temporary);
    } catch {
      // It has its final name, or is swept at the next start.
    }
    throw error;
  } finally {
    closeQuietly(fd);
  }
}

function compressInto(fd: number, segment: string): { plainBytes: number; bytes: number } {
  const source = openSync(segment, constants.O_RDONLY | GUARDED);
  try {
    const plain = createHash('sha256');
    const members: number[] = [];
    let plainBytes = 0;
    for (const piece of pieces(source)) {
      plain.update(piece);
      plainBytes += piece.length;
      const member = gzipSync(piece);
      const { error } = writeBytes(fd, member);
      if (error !== null) throw error;
      members.push(member.length);
    }
    fsyncSync(fd);
    const bytes = members.reduce((sum, each) => sum + each, 0);
    const whole = fstatSync(fd).size === bytes && fstatSync(source).size === plainBytes;
    if (!whole || digestOf(fd, members) !== plain.digest('hex')) throw new Error('what was read back differs');
    return { plainBytes, bytes };
  } finally {
    closeSync(source);
  }
}

function digestOfFile(file: string): string {
  const fd = openSync(file, constants.O_RDONLY | GUARDED);
  try {
    const hash = createHash('sha256');
    for (const piece of pieces(fd)) hash.update(piece);
    return hash.digest('hex');
  } finally {
    closeQuietly(fd);
  }
}

function* pieces(fd: number): Generator<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(PIECE_BYTES);
  for (;;) {
    const read = readSync(fd, buffer, 0, PIECE_BYTES, null);
    if (read === 0) return;
    yield buffer.subarray(0, read);
  }
}

/** SHA-256 of what the members hold, read back from the file. */
function digestOf(fd: number, members: readonly number[]): string {
  const hash = createHash('sha256');
  let at = 0;
  for (const length of members) {
    const member = Buffer.allocUnsafeSlow(length);
    if (readSync(fd, member, 0, length, at) !== length) throw new Error('what was written cannot be read back');
    hash.update(gunzipSync(member));
    at += length;
  }
  return hash.digest('hex');
}
