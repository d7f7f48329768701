import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { finding, show } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

/** Why a file could not be opened or read. `missing` is true where there is nothing at the path at all. */
export interface Trouble {
  readonly ok: false;
  readonly missing: boolean;
  readonly finding: Finding;
}

/** An open regular file, or why there is none. */
export type Opened = { readonly ok: true; readonly handle: FileHandle; readonly size: number } | Trouble;

/** O_NONBLOCK: opening a FIFO that nobody writes to must not hang. O_NOFOLLOW: links are resolved and checked first. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW | constants.O_NOCTTY;
const LINK_CODES: ReadonlySet<string> = new Set(['ELOOP', 'EMLINK']);

/**
 * Opens a regular file for reading. Directories, FIFOs, sockets and devices are refused without blocking; a symbolic
 * link is followed only to what lies below `root`. Never throws.
 */
export async function openRegular(path: string, root: string): Promise<Opened> {
  try {
    return await checked(await open(path, FLAGS));
  } catch (error) {
    return LINK_CODES.has(codeOf(error)) ? openLink(path, root) : unopened(error);
  }
}

/** The trouble that a failed file operation stands for. */
export function troubleOf(error: unknown): Trouble {
  const code = codeOf(error);
  return refused(`the file cannot be read: ${code}`, code);
}

async function openLink(path: string, root: string): Promise<Opened> {
  try {
    const target = await realpath(path);
    if (!isBelow(target, await realpath(root)))
      return refused('the file is a symbolic link out of its directory', 'a symbolic link out of the directory');
    return await checked(await open(target, FLAGS));
  } catch (error) {
    const actual = codeOf(error) === 'ENOENT' ? 'a symbolic link to nothing' : codeOf(error);
    return refused(`the file is a symbolic link that cannot be followed: ${actual}`, actual);
  }
}

async function checked(handle: FileHandle): Promise<Opened> {
  const stats = await handle.stat();
  if (stats.isFile()) return { ok: true, handle, size: stats.size };
  await handle.close();
  const actual = stats.isDirectory() ? 'a directory' : stats.isFIFO() ? 'a FIFO' : 'a special file';
  return refused(`the path is ${actual}, expected a regular file`, actual);
}

function unopened(error: unknown): Trouble {
  if (codeOf(error) !== 'ENOENT') return troubleOf(error);
  return { ok: false, missing: true, finding: finding('file-missing', { expected: 'a file', actual: 'nothing' }) };
}

function refused(message: string, actual: string): Trouble {
  return {
    ok: false,
    missing: false,
    finding: finding('file-unreadable', { message, expected: 'a readable regular file', actual }),
  };
}

function isBelow(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : show(String(error));
}
