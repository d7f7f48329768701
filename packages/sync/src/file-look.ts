import { lstatSync, statSync } from 'node:fs';
import type { BigIntStats, Stats } from 'node:fs';

/** What stands at a path; symbolic links are not followed. */
export type Look =
  | { readonly state: 'regular'; readonly stats: BigIntStats }
  | { readonly state: 'missing' }
  | { readonly state: 'unusable'; readonly actual: string };

/** Two changes within one tick of the file system's clock may leave the same times; older kernels tick every 4 ms. */
const RACY_NS = 20_000_000n;
const NS_PER_S = 1_000_000_000n;
const QUIETLY = { throwIfNoEntry: false } as const;

/** Looks at a path without opening it. Never throws. */
export function lookAt(path: string): Look {
  try {
    const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined) return { state: 'missing' };
    return stats.isFile() ? { state: 'regular', stats } : { state: 'unusable', actual: kindOf(stats) };
  } catch (error) {
    return { state: 'unusable', actual: errorCode(error) };
  }
}

/** True when nothing says that the file changed between the two looks. */
export function sameLook(before: Look, after: Look): boolean {
  if (before.state === 'regular') return after.state === 'regular' && sameFile(before.stats, after.stats);
  if (before.state === 'unusable') return after.state === 'unusable' && before.actual === after.actual;
  return after.state === 'missing';
}

/** What a look saw, in numbers that are cheap to compare; times to less than a microsecond. */
export type Stamp =
  | Readonly<Pick<Stats, 'ino' | 'dev' | 'size' | 'mtimeMs' | 'ctimeMs'> & { state: 'regular' }>
  | Exclude<Look, { readonly state: 'regular' }>;

/** The stamp of a look at a file that has settled: what happens to it later leaves times that are milliseconds younger. */
export function stampOf(look: Look): Stamp {
  if (look.state !== 'regular') return look;
  const { ino, dev, size, mtimeNs, ctimeNs } = look.stats;
  return {
    state: 'regular',
    ino: Number(ino),
    dev: Number(dev),
    size: Number(size),
    mtimeMs: millisecondsOf(mtimeNs),
    ctimeMs: millisecondsOf(ctimeNs),
  };
}

/** Looks at a path again: true when nothing says that the file changed since the stamp. Never throws. */
export function isAsStamped(path: string, stamp: Stamp): boolean {
  if (stamp.state === 'unusable') return sameLook(stamp, lookAt(path));
  try {
    const stats = lstatSync(path, QUIETLY);
    if (stats === undefined || stamp.state === 'missing') return stats === undefined && stamp.state === 'missing';
    return (
      stats.mtimeMs === stamp.mtimeMs &&
      stats.ctimeMs === stamp.ctimeMs &&
      stats.size === stamp.size &&
      stats.ino === stamp.ino &&
      stats.dev === stamp.dev &&
      stats.isFile()
    );
  } catch {
    return false;
  }
}

/** In the very steps in which the runtime computes `mtimeMs`, so that the same time gives the same number. */
function millisecondsOf(nanoseconds: bigint): number {
  return Number(nanoseconds / NS_PER_S) * 1_000 + Number(nanoseconds % NS_PER_S) / 1_000_000;
}

/** False while a further change could hide behind the same times. */
export function isSettled(look: Look): boolean {
  if (look.state !== 'regular') return true;
  const { mtimeNs, ctimeNs } = look.stats;
  const changed = mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
  return BigInt(Date.now()) * 1_000_000n - changed > RACY_NS;
}

/**
 * A directory in one text that changes with every name that comes or goes; empty where there is none. Null while a
 * further change could hide behind the same times. Never throws.
 */
export function settledDirectory(path: string): string | null {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (stats?.isDirectory() !== true) return '';
    return isSettled({ state: 'regular', stats })
      ? `${stats.dev}:${stats.ino} ${stats.mtimeNs} ${stats.ctimeNs}`
      : null;
  } catch {
    return null;
  }
}

/** What a stat says that something is, in words for a finding. */
export function kindOf(stats: BigIntStats): string {
  if (stats.isFile()) return 'a regular file';
  if (stats.isDirectory()) return 'a directory';
  if (stats.isSymbolicLink()) return 'a symbolic link';
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

/** The code of a system error (ENOSPC), or its number where Node has no name for it. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown error';
  const { code, errno }: NodeJS.ErrnoException = error;
  return code === undefined || code === 'UNKNOWN' ? `error ${errno ?? error.name}` : code;
}

function sameFile(before: BigIntStats, after: BigIntStats): boolean {
  return (
    before.ino === after.ino &&
    before.mtimeNs === after.mtimeNs &&
    before.ctimeNs === after.ctimeNs &&
    before.size === after.size &&
    before.dev === after.dev
  );
}
