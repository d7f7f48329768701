import { closeSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { openRegular } from '@hedge-telemetry/sync';
import type { Opened } from '@hedge-telemetry/sync';
import { contentOf, openContent } from './content.js';
import type { LedgerContent, LedgerFile } from './content.js';

/** All files of a ledger at one moment, oldest first. */
export interface LedgerView {
  readonly files: readonly LedgerFile[];
  /** The content of one of the files; null where it is gone. Throws where it cannot be read. */
  open(file: LedgerFile): LedgerContent | null;
  close(): void;
}

/** A rotation lies between two looks at most so often before the next look is taken as it is. */
const ATTEMPTS = 8;

/**
 * The files of a ledger. The directory is looked at before and after the current file is opened, so that a rotation
 * in between cannot hide a segment. The current file stays open until the view is closed. Throws where it is there
 * and cannot be read.
 */
export function viewLedger(path: string): LedgerView {
  for (let left = ATTEMPTS; ; left -= 1) {
    const before = segmentsOf(path);
    const current = openRegular(path);
    const after = segmentsOf(path);
    if (current.state === 'unreadable') throw new Error(current.finding.actual ?? current.finding.message);
    if (left <= 1 || sameNames(before, after)) return viewOf(path, after, current);
    if (current.state === 'open') closeSync(current.fd);
  }
}

function viewOf(
  path: string,
  segments: readonly LedgerFile[],
  current: Exclude<Opened, { state: 'unreadable' }>,
): LedgerView {
  if (current.state === 'missing') return { files: segments, open: openContent, close: () => undefined };
  const { fd } = current;
  return {
    files: [...segments, { path, kind: 'current', gzip: false }],
    open: (file) => (file.kind === 'current' ? { ...contentOf(fd, false), close: () => undefined } : openContent(file)),
    close: () => closeSync(fd),
  };
}

/** A name that changes when the segments of a ledger do. */
export function segmentNames(path: string): string {
  return segmentsOf(path)
    .map(({ path }) => basename(path))
    .join(' ');
}

/** Rotated segments, oldest first. One that is plain and compressed at once counts as plain. */
function segmentsOf(path: string): LedgerFile[] {
  const ledger = basename(path, '.jsonl');
  const found = new Map<string, LedgerFile>();
  for (const name of namesIn(dirname(path)).toSorted()) {
    const time = segmentTime(name, ledger);
    if (time === null || found.has(time)) continue;
    found.set(time, { path: join(dirname(path), name), kind: 'segment', gzip: name.endsWith('.gz') });
  }
  return [...found.keys()].toSorted().flatMap((time) => found.get(time) ?? []);
}

function segmentTime(name: string, ledger: string): string | null {
  if (!name.startsWith(`${ledger}.`)) return null;
  return /^\.(\d{8}T\d{6}\.\d{3}Z)\.jsonl(?:\.gz)?$/.exec(name.slice(ledger.length))?.[1] ?? null;
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function sameNames(before: readonly LedgerFile[], after: readonly LedgerFile[]): boolean {
  return before.length === after.length && before.every(({ path }, index) => path === after[index]?.path);
}
