import { closeSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';

import type { Finding } from '@hedge-telemetry/contract';

import { fileExtent } from './extent.js';
import type { Extent } from './extent.js';
import { openRegular, unreadable } from './guarded-read.js';
import type { UnpackedFiles } from './inflate.js';
import { listSegments } from './ledger-segments.js';
import type { Segment } from './ledger-segments.js';

/** One of the files that a ledger was, or is, written to. */
export interface Generation {
  readonly path: string;
  /** Tells the file from every other one, whatever its name is. */
  readonly identity: string;
  readonly extent: Extent;
  /** It is compressed, and was unpacked as a whole. */
  readonly isUnpacked: boolean;
  /** It was written or renamed a moment ago, so that a writer that still has it open may append to it. */
  readonly isFresh: boolean;
  /** Why not all of it can be read; null where it can. */
  readonly damage: Finding | null;
}

/** The files that a ledger was written to, oldest first, and last the one that it is written to, if there is one. */
export interface Generations {
  readonly count: number;
  readonly identityAt: (index: number) => string;
  /** Bytes of the file as it lies there, compressed or not. */
  readonly sizeAt: (index: number) => number;
  /** Opens one; it stays open until `close`. Rejects with a Moved where it is not what it was listed as. */
  readonly at: (index: number) => Promise<Generation>;
  readonly close: () => void;
}

/** A writer that looked at the path before the rename has appended what it wanted to after so long. */
const FRESH_NS = 20_000_000n;
const NOTHING: Extent = { begin: 0, end: 0, read: () => 0 };

/** Files were renamed while they were looked at: look again. */
export class Moved extends Error {}

/** What tells a file from every other one. */
export function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

/** The generations where nothing but the ledger itself is of interest. */
export function onlyActive(active: Generation): Generations {
  return {
    count: 1,
    identityAt: () => active.identity,
    sizeAt: () => active.extent.end,
    at: () => Promise.resolve(active),
    close: () => undefined,
  };
}

/** What tells what a file holds from what it held before. */
function versionOf({ size, mtimeNs }: BigIntStats): string {
  return `${size} ${mtimeNs}`;
}

/** A listing in one text: two that are the same mean that nothing was rotated, grew or vanished. */
export function signatureOf(segments: readonly Segment[]): string {
  return segments.map(({ path, stats }) => `${path} ${identityOf(stats)} ${versionOf(stats)}`).join('\n');
}

/**
 * The generations of the ledger at `file`. `active` is the open ledger, null where there is none; it stays the caller's.
 * Throws a Moved where something is renamed at this moment.
 */
export function listGenerations(file: string, active: Generation | null, unpacked: UnpackedFiles): Generations {
  const segments = stableListing(file);
  if (segments.some(({ stats }) => identityOf(stats) === active?.identity)) throw new Moved();
  const opened = new Map<number, Promise<Generation>>();
  const fds: number[] = [];
  const count = segments.length + (active === null ? 0 : 1);
  return {
    count,
    identityAt: (index) => {
      const segment = segments[index];
      return segment === undefined ? (active?.identity ?? '') : identityOf(segment.stats);
    },
    sizeAt: (index) => Number(segments[index]?.stats.size ?? active?.extent.end ?? 0),
    at: (index) => {
      const segment = segments[index];
      if (segment === undefined) return active === null ? Promise.reject(new Moved()) : Promise.resolve(active);
      const known = opened.get(index) ?? openSegment(segment, fds, unpacked);
      opened.set(index, known);
      return known;
    },
    close: () => {
      for (const fd of fds) closeSync(fd);
    },
  };
}

/** A rotation renames several files one after the other; in the middle of it a listing may show one twice, or not at all. */
function stableListing(file: string): Segment[] {
  const segments = listSegments(file);
  const again = listSegments(file);
  const names = (each: readonly Segment[]): string =>
    each.map(({ path, stats }) => `${path} ${identityOf(stats)}`).join('\n');
  if (names(segments) !== names(again)) throw new Moved();
  return again;
}

async function openSegment(
  { path, stats, isGzip }: Segment,
  fds: number[],
  unpacked: UnpackedFiles,
): Promise<Generation> {
  const file = { path, identity: identityOf(stats), isUnpacked: isGzip, isFresh: false, damage: null };
  const opened = openRegular(path);
  if (opened.state === 'missing') throw new Moved();
  if (opened.state === 'unreadable') return { ...file, extent: NOTHING, damage: opened.finding };
  fds.push(opened.fd);
  if (identityOf(opened.stats) !== file.identity) throw new Moved();
  if (!isGzip) {
    return { ...file, extent: fileExtent(opened.fd, Number(opened.stats.size)), isFresh: isFresh(opened.stats) };
  }
  const { fd, size, failure } = await unpacked.open(opened.fd, file.identity, versionOf(opened.stats));
  return { ...file, extent: fileExtent(fd, size), damage: failure === null ? null : unreadable(path, failure) };
}

/** Times in the future say nothing. */
function isFresh({ mtimeNs, ctimeNs }: BigIntStats): boolean {
  const changed = mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
  const age = BigInt(Date.now()) * 1_000_000n - changed;
  return age > -FRESH_NS && age < FRESH_NS;
}
