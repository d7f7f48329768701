import { closeSync, fdatasync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

import { finding } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { ensureDirectory, writeAll } from './atomic-write.js';
import { countNewlines, lastLineEnd, NEWLINE } from './byte-extent.js';
import type { Extent } from './byte-extent.js';
import { errorCode, isSettled, lookAt, sameLook } from './file-look.js';
import type { Look } from './file-look.js';
import { openRegular, readAt, unreadable } from './guarded-read.js';
import { align, cursorOf } from './ledger-align.js';
import type { Alignment } from './ledger-align.js';
import { copyLines } from './ledger-copy.js';
import type { Copied } from './ledger-copy.js';
import { createLineChecker } from './ledger-lines.js';
import type { LineChecker } from './ledger-lines.js';
import { openLedgerTarget } from './ledger-target.js';
import { outcome, skipped, withoutSource, writeFailed } from './surface-mirror.js';
import type { Allowance, Outcome, Route, SurfaceMirror } from './surface-mirror.js';

/** What the two files looked like when the mirror held all that it could. */
interface Memory {
  readonly source: Look;
  readonly target: Look;
  readonly outcome: Outcome;
}

const flush = promisify(fdatasync);
const HEALING_NEWLINE = Buffer.from([NEWLINE]);

/**
 * Mirrors a ledger: complete lines, verbatim, in order, each once. The mirror's own length is the cursor, so that a
 * restart needs nothing else. What the mirror holds is never rewritten.
 */
export function createLedgerMirror(route: Route): SurfaceMirror {
  let memory: Memory | null = null;
  let alignment: Alignment | null = null;
  let counted = { offset: 0, newlines: 0 };

  return { entry: route.entry, pass };

  async function pass(allowance: Allowance): Promise<Outcome> {
    const source = lookAt(route.source);
    const target = lookAt(route.target);
    if (memory !== null && sameLook(memory.source, source) && sameLook(memory.target, target)) return memory.outcome;
    memory = null;
    const opened = openRegular(route.source);
    if (opened.state === 'missing') return withoutSource(route, opened, target);
    if (opened.state === 'unreadable') return skipped(route, target, [opened.finding]);
    try {
      const extent = { fd: opened.fd, size: Number(opened.stats.size) };
      const result = await mirrorLedger(extent, allowance);
      remember({ state: 'regular', stats: opened.stats }, result);
      return result;
    } catch (error) {
      return skipped(route, target, [unreadable(route.source, errorCode(error))]);
    } finally {
      closeSync(opened.fd);
    }
  }

  async function mirrorLedger(source: Extent, allowance: Allowance): Promise<Outcome> {
    const obstacle = ensureDirectory(route.to, dirname(route.entry.file));
    if (obstacle !== null) return writeFailed(route, obstacle);
    const target = openLedgerTarget(route.target);
    if (!target.ok) return writeFailed(route, target.actual);
    try {
      const result = await continueMirror(source, target, allowance);
      return target.created && result.status === 'unchanged' ? { ...result, status: 'mirrored' } : result;
    } finally {
      closeSync(target.fd);
    }
  }

  async function continueMirror(source: Extent, mirror: Extent, allowance: Allowance): Promise<Outcome> {
    const found = align(source, mirror, alignment);
    if (!found.diverged) {
      alignment = found.alignment;
      return append(source, mirror, cursorOf(alignment, mirror), [], allowance);
    }
    const { shared, resumed } = found.alignment;
    const healed = resumed === mirror.size ? heal(mirror) : 0;
    if (typeof healed === 'string') return writeFailed(route, healed);
    alignment = { shared, resumed: resumed + healed };
    counted = { offset: 0, newlines: 0 };
    const continued = { fd: mirror.fd, size: mirror.size + healed };
    return append(source, continued, cursorOf(alignment, continued), [divergence(route, source, mirror)], allowance);
  }

  async function append(
    source: Extent,
    mirror: Extent,
    start: number,
    findings: Finding[],
    allowance: Allowance,
  ): Promise<Outcome> {
    const lineStart = lastLineEnd(source.fd, 0, start);
    const checker = createLineChecker(route.entry.name, (each, index) => {
      if (allowance.lineFindings <= 0) return;
      allowance.lineFindings -= 1;
      findings.push({ ...each, file: route.source, line: newlinesBefore(source.fd, lineStart) + index + 1 });
    });
    if (lineStart < start) feedRange(source.fd, lineStart, start, checker);
    const limit = allowance.ledgerBytes;
    const copied = await copyLines({ source, mirror, start, limit, passing: checker.feed });
    const failure = copied.cursor > start ? ((await flushed(mirror.fd)) ?? copied.failure) : copied.failure;
    return conclude(source, start, { ...copied, failure }, checker, findings);
  }

  function newlinesBefore(fd: number, offset: number): number {
    if (offset < counted.offset) counted = { offset: 0, newlines: 0 };
    counted = { offset, newlines: counted.newlines + countNewlines(fd, counted.offset, offset) };
    return counted.newlines;
  }

  function conclude(
    source: Extent,
    start: number,
    { cursor, end, failure }: Copied,
    { lines, invalidLines }: LineChecker,
    findings: readonly Finding[],
  ): Outcome {
    const lagBytes = Math.max(0, source.size - cursor);
    const details = { findings, lagBytes, behind: lagBytes > 0, more: cursor < end, lines, invalidLines };
    if (failure !== null) return { ...writeFailed(route, failure, details), more: false };
    const torn = end < source.size ? [unterminated(route, source.size - end)] : [];
    return outcome(cursor > start ? 'mirrored' : 'unchanged', { ...details, findings: [...findings, ...torn] });
  }

  function remember(source: Look, result: Outcome): void {
    const target = lookAt(route.target);
    if (result.status === 'skipped' || result.more || !isSettled(source) || !isSettled(target)) return;
    const lasting = result.findings.filter(({ rule }) => rule === 'line-unterminated');
    const { behind, lagBytes } = result;
    memory = { source, target, outcome: outcome('unchanged', { findings: lasting, behind, lagBytes }) };
  }
}

/** Ends a partial last line whose rest is gone, so that the next record starts on a line of its own. The number of bytes added, or what went wrong. */
function heal(mirror: Extent): number | string {
  const last = Buffer.alloc(1);
  if (mirror.size === 0 || (readAt(mirror.fd, last, mirror.size - 1) === 1 && last[0] === NEWLINE)) return 0;
  return writeAll(mirror.fd, HEALING_NEWLINE).failure ?? HEALING_NEWLINE.length;
}

function feedRange(fd: number, start: number, end: number, checker: LineChecker): void {
  const buffer = Buffer.allocUnsafe(Math.min(end - start, 64 * 1024));
  for (let at = start; at < end; at += buffer.length) {
    checker.feed(buffer.subarray(0, readAt(fd, buffer.subarray(0, end - at), at)));
  }
}

async function flushed(fd: number): Promise<string | null> {
  try {
    await flush(fd);
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

function divergence(route: Route, source: Extent, mirror: Extent): Finding {
  return finding('mirror-diverged', {
    surface: route.entry.name,
    file: route.source,
    expected: `a source that begins with the ${mirror.size} mirrored bytes`,
    actual: `a source of ${source.size} bytes that does not`,
  });
}

function unterminated(route: Route, bytes: number): Finding {
  return finding('line-unterminated', {
    surface: route.entry.name,
    file: route.source,
    expected: 'a newline at the end',
    actual: `${bytes} bytes without one`,
  });
}
