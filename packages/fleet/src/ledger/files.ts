import { closeSync, existsSync, fstatSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { listSegments, openRegular, readAt } from '@hedge-telemetry/sync';
import type { Opened, Segment } from '@hedge-telemetry/sync';
import { contentOf, identityOf, MOVED, Moved, openContent } from './content.js';
import type { LedgerContent, LedgerFile } from './content.js';

/** All files of a ledger at one moment, oldest first. */
export interface LedgerView {
  readonly files: readonly LedgerFile[];
  /** The content of one of the files. Throws a Moved where it was renamed meanwhile, an Error where it cannot be read. */
  open(file: LedgerFile): LedgerContent;
  /** Throws a Moved where the files are not those of the view any more, so that what was read last may be of another one. */
  check(): void;
  close(): void;
}

type Current = Exclude<Opened, { state: 'unreadable' }>;

/** A rotation lies between two looks at most so often before the next look is taken as it is. */
const ATTEMPTS = 8;
/** A writer that looked at the path before the rename has appended what it wanted to after so long. */
const FRESH_MS = 20;
/** A ledger is truncated when its copy is whole; so long after, in milliseconds, a segment is no copy in the making. */
const COPIED_MS = 60_000;
/** The same where the segment is so small that two generations may well begin with all of it. */
const SMALL_COPIED_MS = 1000;
const SMALL_BYTES = 4096;
const CHUNK_BYTES = 256 * 1024;

/**
 * The files of a ledger. The directory is looked at before and after the current file is opened, so that a rotation
 * in between cannot hide a segment, and again where a segment was written a moment ago. The current file stays open
 * until the view is closed. Rejects where something is there and cannot be read.
 */
export async function viewLedger(path: string): Promise<LedgerView> {
  for (let left = ATTEMPTS; ; left -= 1) {
    const before = signatureOf(segmentsOf(path));
    const current = openRegular(path);
    if (current.state === 'unreadable') throw new Error(current.finding.actual ?? current.finding.message);
    const segments = segmentsOf(path);
    const isStill = before === signatureOf(segments) && !segments.some(({ stats }) => changedWithin(stats, FRESH_MS));
    if (left <= 1 || isStill) return viewOf(path, segments, current);
    if (current.state === 'open') closeSync(current.fd);
    await sleep(FRESH_MS / 2);
  }
}

/** A text that changes when the segments of a ledger do; empty where it has none. */
export function segmentSignature(path: string): string {
  return signatureOf(segmentsOf(path));
}

function viewOf(path: string, segments: readonly Segment[], current: Current): LedgerView {
  const ledger = current.state === 'open' ? current : null;
  const files = filesOf(segments, ledger);
  const isCurrent =
    ledger === null ? [] : [{ path, kind: 'current', gzip: false, identity: identityOf(ledger.stats) } as const];
  return {
    files: [...files, ...isCurrent],
    open: (file) =>
      file.kind === 'current' && ledger !== null
        ? { ...contentOf(ledger.fd, false), close: () => undefined }
        : openContent(file),
    check: () => {
      if (namesOf(filesOf(segmentsOf(path), ledger)) !== namesOf(files)) throw new Moved(MOVED);
    },
    close: () => {
      if (ledger !== null) closeSync(ledger.fd);
    },
  };
}

/** The segments that count beside a ledger. */
function filesOf(segments: readonly Segment[], ledger: Extract<Opened, { state: 'open' }> | null): LedgerFile[] {
  if (ledger === null) return segments.map(segmentFile);
  const identity = identityOf(ledger.stats);
  return segments
    .filter((each) => identityOf(each.stats) !== identity && !isCopyInTheMaking(each, ledger.fd))
    .map(segmentFile);
}

function namesOf(files: readonly LedgerFile[]): string {
  return files.map(({ path, identity }) => `${path} ${identity}`).join('\n');
}

function segmentFile({ path, stats, isGzip }: Segment): LedgerFile {
  return { path, kind: 'segment', gzip: isGzip, identity: identityOf(stats) };
}

/**
 * True for a segment that a rotation by copying is about to fill, or has filled and has not truncated the ledger yet:
 * everything in it is what the ledger begins with. To count it would be to send the beginning of the ledger twice.
 */
function isCopyInTheMaking({ path, stats, isGzip }: Segment, ledger: number): boolean {
  const recent = stats.size < SMALL_BYTES ? SMALL_COPIED_MS : COPIED_MS;
  if (isGzip || !changedWithin(stats, recent) || stats.size > fstatSync(ledger, { bigint: true }).size) return false;
  const opened = openRegular(path);
  if (opened.state !== 'open') return false;
  try {
    return isBeginning(opened.fd, ledger);
  } finally {
    closeSync(opened.fd);
  }
}

function isBeginning(copy: number, ledger: number): boolean {
  const [one, other] = [Buffer.alloc(CHUNK_BYTES), Buffer.alloc(CHUNK_BYTES)];
  for (let at = 0; ; at += CHUNK_BYTES) {
    const count = readAt(copy, one, at);
    if (count === 0) return true;
    readAt(ledger, other, at);
    if (!one.subarray(0, count).equals(other.subarray(0, count))) return false;
  }
}

function segmentsOf(path: string): Segment[] {
  return existsSync(dirname(path)) ? listSegments(path) : [];
}

function signatureOf(segments: readonly Segment[]): string {
  return segments.map(({ path, stats }) => `${path} ${identityOf(stats)} ${stats.size} ${stats.mtimeNs}`).join('\n');
}

/** Times in the future say nothing. */
function changedWithin({ mtimeNs, ctimeNs }: BigIntStats, milliseconds: number): boolean {
  const age = Date.now() - Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
  return age > -milliseconds && age < milliseconds;
}
