import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Finding } from '@hedge-telemetry/contract';
import { createLineSplitter, lineEntry, readRegular, tailFile } from '@hedge-telemetry/reader';
import type { LedgerEntry } from '@hedge-telemetry/reader';
import type { Volume } from './volumes.js';

/** The complete lines of a volume from a byte offset on (of what a compressed volume holds). Never throws. */
export async function* volumeLines(volume: Volume, from: number): AsyncGenerator<LedgerEntry, void, undefined> {
  const lines = volume.isGzip
    ? gzipLines(volume, from)
    : tailFile(volume.ledger, volume.path, { from, root: volume.root });
  for await (const entry of lines) if (isLine(entry)) yield entry;
}

/** Why a plain volume cannot be read; null where it can, or is not there. Never throws. */
export async function readTrouble({ ledger, path, root }: Volume): Promise<Finding | null> {
  for await (const { findings } of tailFile(ledger, path, { root, limit: 1 }))
    return findings.find(({ rule }) => rule === 'file-unreadable') ?? null;
  return null;
}

/** Up to `count` complete lines of a plain volume that end at or before `end`, in file order. */
export async function lastLines(volume: Volume, end: number, size: number, count: number): Promise<LedgerEntry[]> {
  if (volume.isGzip) return lastOf(volumeLines(volume, 0), end, count);
  const stop = Math.min(end, size);
  for (let wanted = count; ; wanted *= 2) {
    const start = await startOfLast(volume, stop, wanted);
    const lines = await lastOf(volumeLines(volume, start), stop, count);
    if (lines.length === count || start === 0) return lines;
  }
}

/** The lines after the first line break at or after `start`; all of them from the beginning of the file. */
export async function* wholeLines(volume: Volume, start: number): AsyncGenerator<LedgerEntry, void, undefined> {
  let isFirst = start > 0;
  for await (const entry of volumeLines(volume, start)) {
    if (!isFirst) yield entry;
    isFirst = false;
  }
}

const BLOCK_BYTES = 64 * 1024;
const LINE_BREAK = 0x0a;

/** Byte offset at which the last `count` lines before `stop` begin; 0 where there are not more. No line is taken apart for it. */
async function startOfLast({ path }: Volume, stop: number, count: number): Promise<number> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
  if (handle === null) return 0;
  try {
    const block = Buffer.allocUnsafe(BLOCK_BYTES);
    let left = count + 1;
    for (let high = stop; high > 0;) {
      const low = Math.max(0, high - BLOCK_BYTES);
      const { bytesRead } = await handle.read(block, 0, high - low, low);
      for (let at = bytesRead - 1; at >= 0; at -= 1) {
        at = block.lastIndexOf(LINE_BREAK, at);
        if (at < 0) break;
        left -= 1;
        if (left === 0) return low + at + 1;
      }
      high = low;
    }
    return 0;
  } catch {
    return 0;
  } finally {
    await handle.close().catch(() => undefined);
  }
}

async function lastOf(lines: AsyncIterable<LedgerEntry>, end: number, count: number): Promise<LedgerEntry[]> {
  let kept: LedgerEntry[] = [];
  for await (const entry of lines) {
    if (entry.end > end) break;
    kept.push(entry);
    if (kept.length >= 2 * count) kept = kept.slice(-count);
  }
  return count === 0 ? [] : kept.slice(-count);
}

async function* gzipLines(volume: Volume, from: number): AsyncGenerator<LedgerEntry, void, undefined> {
  const read = await readRegular(volume.path, volume.root);
  if (!read.ok) return;
  const splitter = createLineSplitter(0);
  const place = { ledger: volume.ledger, file: volume.path, line: null };
  try {
    for await (const chunk of Readable.from([read.bytes]).pipe(createGunzip()) as AsyncIterable<Buffer>) {
      for (const line of splitter.push(chunk)) if (line.offset >= from) yield lineEntry(line, place);
    }
  } catch {
    // A segment that is cut short holds the lines before the cut.
  }
}

/** False for what stands after the last newline, and for the entry that says that a file cannot be read. */
function isLine({ offset, end, findings }: LedgerEntry): boolean {
  return end > offset && !findings.some(({ rule }) => rule === 'line-unterminated');
}
