import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { finding, registry, show } from '@hedge-telemetry/contract';
import type { Finding, LedgerName } from '@hedge-telemetry/contract';
import type { ByteSource, Order } from './segments.js';

/** A file of a ledger, not opened yet. */
export interface LedgerSource {
  readonly file: string;
  open(): Promise<OpenedSource | Finding>;
}

/** A file of a ledger as it was when it was opened: what is appended later is not read. */
export interface OpenedSource extends ByteSource {
  close(): Promise<void>;
}

/** O_NONBLOCK: a FIFO that nobody writes to must not hang. O_NOFOLLOW: a link may lead to what is not a ledger. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW | constants.O_NOCTTY;
const STATE = 'state';

/** The files that hold a ledger's lines, in the order asked for. Each is read to its end before the next is opened. */
export function sourcesOf(dir: string, ledger: LedgerName, order: Order): LedgerSource[] {
  const oldestFirst = [path.join(dir, registry[ledger].file)];
  const files = order === 'oldest' ? oldestFirst : oldestFirst.toReversed();
  return files.map((file) => ({ file, open: () => opened(dir, file) }));
}

/** Why a file cannot be read. */
export function unreadable(error: unknown): Finding {
  const code = codeOf(error);
  if (code === 'ENOENT') return finding('file-missing', { expected: 'a file', actual: 'nothing' });
  const actual = code ?? (error instanceof Error ? error.message : show(error));
  return refused(actual);
}

async function opened(dir: string, file: string): Promise<OpenedSource | Finding> {
  try {
    const inside = path.relative(await realpath(dir), await realpath(path.dirname(file)));
    if (inside.split(path.sep)[0] === STATE) return refused('a link into the state files');
    return await regular(await open(file, FLAGS));
  } catch (error) {
    return codeOf(error) === 'ELOOP' ? refused('a symbolic link') : unreadable(error);
  }
}

async function regular(handle: FileHandle): Promise<OpenedSource | Finding> {
  const stats = await handle.stat();
  if (!stats.isFile()) {
    await handle.close();
    return refused(stats.isDirectory() ? 'a directory' : 'a special file');
  }
  return {
    size: stats.size,
    read: (into, position) => filled(handle, into, position),
    close: () => handle.close(),
  };
}

async function filled(handle: FileHandle, into: Uint8Array, position: number): Promise<boolean> {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await handle.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
}

function refused(actual: string): Finding {
  return finding('file-unreadable', {
    message: `the ledger cannot be read: ${actual}`,
    expected: 'a readable regular file',
    actual,
  });
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
