import { constants } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isMissing, openFile, writeBytes } from './write-bytes.js';

/** Non-blocking, so that a FIFO in place of the file cannot hold a thread; readable, for the last byte. */
const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);
const NEWLINE = 0x0a;

/** A ledger that is open for appending. */
export interface OpenLedger {
  readonly handle: FileHandle;
  /** Tells the file from one that takes its name. */
  readonly inode: string;
}

/** Opens a ledger, making it and its directory where they are missing. Rejects where it is not a regular file. */
export async function openLedger(file: string): Promise<OpenLedger> {
  const handle = await openFile(file, FLAGS);
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile()) throw new Error('not a regular file');
    return { handle, inode: inodeOf(stats) };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** True while the path still leads to the open file: it was neither rotated away nor removed. */
export async function isCurrent(file: string, { inode }: OpenLedger): Promise<boolean> {
  try {
    return inodeOf(await stat(file, { bigint: true })) === inode;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Size of the ledger in bytes. */
export async function sizeOf({ handle }: OpenLedger): Promise<number> {
  return (await handle.stat()).size;
}

/** Ends a torn last line, so that no record is glued to it. Resolves with the size afterwards. */
export async function endLastLine({ handle }: OpenLedger, size: number): Promise<number> {
  if (size === 0) return size;
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  if (bytesRead === 0 || buffer[0] === NEWLINE) return size;
  const { error } = await writeBytes(handle, Buffer.of(NEWLINE));
  if (error !== null) throw error;
  return size + 1;
}

function inodeOf({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string {
  return `${dev}:${ino}`;
}
