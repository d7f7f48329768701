import { stat } from 'node:fs/promises';
import { documentTime, registry } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import type { LedgerEntry } from '@hedge-telemetry/reader';
import { START } from './position.js';
import type { Position } from './position.js';
import { lastLines, volumeLines, wholeLines } from './volume-lines.js';
import { volumesOf } from './volumes.js';
import type { KnownVolume } from './volumes.js';

/** A line and the generation of the file that it stands in. */
export interface PlacedEntry {
  readonly generation: string;
  readonly entry: LedgerEntry;
}

/** Lines in file order and what surrounds them. */
export interface Page {
  readonly entries: readonly PlacedEntry[];
  /** Where the page begins; null where nothing precedes it. */
  readonly previous: Position | null;
  readonly next: Position;
  readonly more: boolean;
}

/** Up to `limit` lines before a position, or before the end of the ledger. Null where no file holds the position. */
export async function pageBefore(
  root: string,
  ledger: LedgerName,
  before: Position | null,
  limit: number,
): Promise<Page | null> {
  const volumes = await volumesOf(root, ledger);
  const last = before === null ? volumes.length - 1 : indexOf(volumes, before);
  if (last === -1 && before !== null) return null;
  const entries: PlacedEntry[] = [];
  let index = last;
  for (; index >= 0 && entries.length < limit; index -= 1) {
    const volume = volumes[index];
    if (volume === undefined) break;
    const end = index === last && before !== null ? before.offset : Infinity;
    const lines = await lastLines(volume, end, await sizeOf(volume), limit - entries.length);
    entries.unshift(...lines.map((entry) => ({ generation: volume.generation, entry })));
  }
  const first = entries[0];
  const hasPrevious = first !== undefined && (first.entry.offset > 0 || index >= 0);
  const newest = entries.at(-1);
  const next = before ?? (newest === undefined ? START : after(newest));
  return {
    entries,
    previous: hasPrevious ? { generation: first.generation, offset: first.entry.offset } : null,
    next,
    more: before !== null,
  };
}

/** Up to `limit` lines from a position on, across rotated segments. Null where no file holds the position. */
export async function pageFrom(root: string, ledger: LedgerName, from: Position, limit: number): Promise<Page | null> {
  const volumes = await volumesOf(root, ledger);
  const start = indexOf(volumes, from);
  if (start === -1) return null;
  const entries: PlacedEntry[] = [];
  let more = false;
  scan: for (const [index, volume] of volumes.slice(start).entries()) {
    for await (const entry of volumeLines(volume, index === 0 ? from.offset : 0)) {
      more = entries.length >= limit;
      if (more) break scan;
      entries.push({ generation: volume.generation, entry });
    }
  }
  const newest = entries.at(-1);
  const hasPrevious = from.offset > 0 || start > 0;
  return { entries, previous: hasPrevious ? from : null, next: newest === undefined ? from : after(newest), more };
}

/** Which lines are wanted: of records at or after `since` (seconds since 1970), and before a position. */
export interface Span {
  readonly since: number;
  readonly before: Position | null;
}

/** The lines of a span, oldest first, across rotated segments. Nothing where no file holds the position. */
export async function* linesIn(
  root: string,
  ledger: LedgerName,
  { since, before }: Span,
): AsyncGenerator<PlacedEntry, void, undefined> {
  const all = await volumesOf(root, ledger);
  const volumes = before === null ? all : all.slice(0, indexOf(all, before) + 1);
  for (const [index, volume] of volumes.entries()) {
    if (await isOver(volumes[index + 1], since)) continue;
    const end = before !== null && index === volumes.length - 1 ? before.offset : Infinity;
    const start = await offsetOfTime(volume, since);
    const lines = start === 0 ? volumeLines(volume, 0) : wholeLines(volume, start);
    for await (const entry of lines) {
      if (entry.end > end) break;
      const time = timeOf(entry);
      if (time === null || time >= since) yield { generation: volume.generation, entry };
    }
  }
}

/** When the record of a line says that it was written, in seconds since 1970. */
export function timeOf({ ledger, record }: LedgerEntry): number | null {
  return record === null ? null : documentTime(registry[ledger], record);
}

/** The position after a line. */
export function after({ generation, entry }: PlacedEntry): Position {
  return { generation, offset: entry.end };
}

/** Bytes of a volume; 0 where it is not there. */
export async function sizeOf({ path }: { readonly path: string }): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

/** Searching by time goes on until the place is known to this many bytes. */
const SEARCH_BYTES = 128 * 1024;
const LINES_LOOKED_AT = 20;

function indexOf(volumes: readonly KnownVolume[], { generation, offset }: Position): number {
  if (generation === null && offset === 0) return 0;
  return volumes.findLastIndex((volume) => volume.generation === generation);
}

/** The volume after this one begins before `since`, so that this one holds nothing newer. */
async function isOver(next: KnownVolume | undefined, since: number): Promise<boolean> {
  if (next === undefined) return false;
  const time = await firstTime(volumeLines(next, 0));
  return time !== null && time < since;
}

/** A byte offset before which every record is older than `since`, as far as the lines are in order of time. */
async function offsetOfTime(volume: KnownVolume, since: number): Promise<number> {
  if (volume.isGzip || since <= 0) return 0;
  let low = 0;
  let high = await sizeOf(volume);
  while (high - low > SEARCH_BYTES) {
    const middle = Math.floor((low + high) / 2);
    const time = await firstTime(wholeLines(volume, middle));
    if (time !== null && time < since) low = middle;
    else high = middle;
  }
  return low;
}

async function firstTime(lines: AsyncIterable<LedgerEntry>): Promise<number | null> {
  let looked = 0;
  for await (const entry of lines) {
    const time = timeOf(entry);
    looked += 1;
    if (time !== null || looked >= LINES_LOOKED_AT) return time;
  }
  return null;
}
