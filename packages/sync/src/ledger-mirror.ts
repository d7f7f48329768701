import { closeSync } from 'node:fs';
import { dirname } from 'node:path';

import { ensureDirectory } from './atomic-write.js';
import { fileExtent } from './extent.js';
import { errorCode, isAsStamped, isSettled, lookAt, settledDirectory, stampOf } from './file-look.js';
import type { Look, Stamp } from './file-look.js';
import type { Flushes } from './flushes.js';
import { identityOf, listGenerations, Moved, onlyActive, signatureOf } from './generations.js';
import type { Generation, Generations } from './generations.js';
import { openRegular, unreadable } from './guarded-read.js';
import { createUnpackedFiles } from './inflate.js';
import { continues } from './ledger-align.js';
import { catchUp } from './ledger-catch-up.js';
import { findCursor } from './ledger-history.js';
import type { Followed, HistoryCursor } from './ledger-history.js';
import { createLateLines } from './ledger-late.js';
import { lineCheckOf } from './ledger-lines.js';
import { createLineNumbers, emptyTally } from './ledger-run.js';
import type { LedgerTally } from './ledger-run.js';
import { listSegments } from './ledger-segments.js';
import { openLedgerTarget } from './ledger-target.js';
import type { LedgerTarget } from './ledger-target.js';
import { createLineQuarantine } from './quarantine-lines.js';
import { outcome, skipped, withoutSource, writeFailed } from './surface-mirror.js';
import type { Allowance, Outcome, Route, SurfaceMirror } from './surface-mirror.js';

/** How ledgers are kept. */
export interface LedgerOptions {
  /** Size from which on a mirrored ledger is put aside when the next file of the source begins, in bytes. */
  readonly segmentBytes: number;
  readonly flushes: Flushes;
}

/** What everything looked like when the mirror held all that it could. */
interface Memory {
  readonly source: Stamp;
  readonly target: Stamp;
  /** Null while the ledger itself is followed: a rotation shows in its own look. */
  readonly segments: string | null;
  /** Directory of the source where there is no file of the ledger: none can come without a change of it. Else null. */
  readonly directory: string | null;
  readonly outcome: Outcome;
}

const ATTEMPTS = 4;

/**
 * Mirrors a ledger: complete lines, verbatim, in order, each once, through everything that it is rotated to. What the
 * mirror holds is the cursor, so that a restart needs nothing else, and is never rewritten. A mirrored ledger of
 * `segmentBytes` is put aside when the next file of the source begins.
 */
export function createLedgerMirror(route: Route, { segmentBytes, flushes }: LedgerOptions): SurfaceMirror {
  const check = lineCheckOf(route.surface, route.now);
  const quarantine = createLineQuarantine(route.to, route.file, route.surface);
  const lineNumbers = createLineNumbers();
  const directory = dirname(route.source);
  const late = createLateLines();
  const unpacked = createUnpackedFiles();
  let isFirst = true;
  let memory: Memory | null = null;
  let followed: Followed | null = null;
  /** Where the mirror ended when it was said that the source does not continue it. */
  let divergedAt: number | null = null;

  return { file: route.file, kind: route.kind, unchanged, pass, rest: () => unpacked.keepOnly(null) };

  async function pass(allowance: Allowance): Promise<Outcome> {
    const known = unchanged();
    if (known !== null) return known;
    memory = null;
    const target = lookAt(route.target);
    const tally = emptyTally();
    let isFinished = true;
    try {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const result = await attemptOnce(allowance, target, tally).catch(movedOnly);
        if (result === null) continue;
        isFinished = !result.more && !result.isWaiting;
        return result;
      }
      isFinished = false;
      return concluded({ ...tally, isWaiting: true });
    } catch (error) {
      return skipped(route, target, [unreadable(route.source, errorCode(error))]);
    } finally {
      unpacked.keepOnly(isFinished ? null : (followed?.identity ?? null));
    }
  }

  function unchanged(): Outcome | null {
    if (memory === null) return null;
    if (!isAsStamped(route.source, memory.source) || !isAsStamped(route.target, memory.target)) return null;
    if (memory.directory !== null) return memory.directory === settledDirectory(directory) ? memory.outcome : null;
    return memory.segments === null || memory.segments === segmentsOf(route) ? memory.outcome : null;
  }

  async function attemptOnce(allowance: Allowance, target: Look, tally: LedgerTally): Promise<Outcome> {
    const before = settledDirectory(directory);
    const opened = openRegular(route.source);
    if (opened.state === 'unreadable') return skipped(route, target, [opened.finding]);
    if (opened.state === 'missing') {
      if (segmentsOf(route) === '') return absent(opened, target, before);
      const result = await mirror(null, allowance, tally);
      remember(opened, null, result);
      return result;
    }
    try {
      const extent = fileExtent(opened.fd, Number(opened.stats.size));
      const identity = identityOf(opened.stats);
      const active = { path: route.source, identity, extent, isUnpacked: false, isFresh: false, damage: null };
      const result = await mirror(active, allowance, tally);
      remember({ state: 'regular', stats: opened.stats }, identity, result);
      return result;
    } finally {
      closeSync(opened.fd);
    }
  }

  /** There is no file of the ledger, and was none when the directory was `before`. */
  function absent(source: Look, target: Look, before: string | null): Outcome {
    const result = withoutSource(route, source, target);
    if (before !== null && isSettled(target))
      memory = { source: stampOf(source), target: stampOf(target), segments: null, directory: before, outcome: result };
    return result;
  }

  async function mirror(active: Generation | null, allowance: Allowance, tally: LedgerTally): Promise<Outcome> {
    const obstacle = ensureDirectory(route.to, dirname(route.file));
    if (obstacle !== null) return writeFailed(route, obstacle);
    const target = openLedgerTarget(route.target, isFirst);
    if (typeof target === 'string') return writeFailed(route, target);
    isFirst = false;
    const isContinued = isStillFollowed(active, target);
    try {
      const generations = isContinued ? onlyActive(active) : listGenerations(route.source, active, unpacked);
      try {
        const cursor = await cursorIn(generations, target, isContinued);
        const now = route.now();
        const run = { route, target, check, quarantine, allowance, lineNumbers, late, segmentBytes, now, tally };
        late.collect(run);
        await catchUp(generations, cursor, run, (next) => (followed = next));
        if (tally.written > 0) flushes.owe(route.target);
      } finally {
        generations.close();
      }
    } finally {
      tally.created ||= target.created;
      target.close();
    }
    return concluded(tally);
  }

  function isStillFollowed(active: Generation | null, target: LedgerTarget): active is Generation {
    if (active === null || followed === null || active.identity !== followed.identity) return false;
    return continues(active.extent, target.extent(), followed.alignment);
  }

  async function cursorIn(
    generations: Generations,
    target: LedgerTarget,
    isContinued: boolean,
  ): Promise<HistoryCursor> {
    if (isContinued && followed !== null)
      return { found: { index: 0, alignment: followed.alignment }, diverged: false };
    const { found, diverged } = await findCursor(generations, target.extent(), followed);
    const isNews = diverged && (followed !== null || divergedAt !== target.size);
    divergedAt = diverged ? target.size : null;
    return { found, diverged: isNews };
  }

  function concluded(tally: LedgerTally): Outcome {
    const { lines, invalidLines, findings, behind: lagBytes, more, failure, isWaiting } = tally;
    const quarantined = [...tally.quarantined];
    const behind = lagBytes > 0 || isWaiting;
    const details = { findings, lagBytes, behind, more, lines, invalidLines, quarantined };
    if (failure !== null) return { ...writeFailed(route, failure, details), more: false };
    return outcome(tally.written > 0 || tally.created ? 'mirrored' : 'unchanged', { ...details, isWaiting });
  }

  function remember(source: Look, identity: string | null, result: Outcome): void {
    const target = lookAt(route.target);
    if (result.status === 'skipped' || result.more || result.isWaiting) return;
    if (!isSettled(source) || !isSettled(target)) return;
    const lasting = result.findings.filter(({ rule }) => rule === 'line-unterminated');
    const { behind, lagBytes } = result;
    const segments = followed !== null && followed.identity === identity ? null : segmentsOf(route);
    const stamps = { source: stampOf(source), target: stampOf(target) };
    memory = {
      ...stamps,
      segments,
      directory: null,
      outcome: outcome('unchanged', { findings: lasting, behind, lagBytes }),
    };
  }
}

function movedOnly(error: unknown): null {
  if (error instanceof Moved) return null;
  throw error;
}

/** The segments of a ledger in one text; empty where it has none. */
function segmentsOf({ source }: Route): string {
  try {
    return signatureOf(listSegments(source));
  } catch {
    return '';
  }
}
