import { finding } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { countNewlines, lastLineEnd } from './extent.js';
import type { Extent } from './extent.js';
import type { Generation } from './generations.js';
import { copyLines } from './ledger-copy.js';
import type { LateLines } from './ledger-late.js';
import { createLineChecker } from './ledger-lines.js';
import type { BrokenLine, CheckedLines, LineCheck } from './ledger-lines.js';
import type { LedgerTarget } from './ledger-target.js';
import { generationOf } from './quarantine-lines.js';
import type { LineQuarantine } from './quarantine-lines.js';
import type { Allowance, Route } from './surface-mirror.js';

/** What a run over the generations of a ledger adds up to. */
export interface LedgerTally {
  lines: number;
  invalidLines: number;
  written: number;
  /** Bytes of generations that the mirror does not hold yet. */
  behind: number;
  more: boolean;
  /** A file that was rotated a moment ago may still get a line; the next one is begun in a later pass. */
  isWaiting: boolean;
  created: boolean;
  failure: string | null;
  readonly quarantined: Set<string>;
  readonly findings: Finding[];
}

/** What a run needs besides the files. */
export interface LedgerRun {
  readonly route: Route;
  readonly target: LedgerTarget;
  readonly check: LineCheck;
  readonly quarantine: LineQuarantine;
  readonly allowance: Allowance;
  readonly lineNumbers: LineNumbers;
  readonly late: LateLines;
  /** Size from which on a mirrored ledger is put aside when the next file of the source begins. */
  readonly segmentBytes: number;
  readonly now: number;
  readonly tally: LedgerTally;
}

/** Counts the lines before an offset of a file, without counting again what was counted. */
export interface LineNumbers {
  before(generation: Generation, offset: number): number;
}

export function emptyTally(): LedgerTally {
  return {
    lines: 0,
    invalidLines: 0,
    written: 0,
    behind: 0,
    more: false,
    isWaiting: false,
    created: false,
    failure: null,
    quarantined: new Set(),
    findings: [],
  };
}

export function createLineNumbers(): LineNumbers {
  let counted = { identity: '', offset: 0, newlines: 0 };
  return {
    before({ identity, extent }, offset) {
      if (identity !== counted.identity || offset < counted.offset) counted = { identity, offset: 0, newlines: 0 };
      const newlines = counted.newlines + countNewlines(extent, counted.offset, offset);
      counted = { identity, offset, newlines };
      return newlines;
    },
  };
}

/** Copies what the mirror lacks of a generation. True when it holds every complete line of it now. */
export async function copyGeneration(run: LedgerRun, generation: Generation, start: number): Promise<boolean> {
  const { target, tally, allowance, check } = run;
  const { extent } = generation;
  const lineStart = lastLineEnd(extent, 0, start);
  const checker = createLineChecker(check, lineStart);
  if (lineStart < start) feedRange(extent, lineStart, start, checker.feed);
  let checked: CheckedLines = { lines: 0, broken: [] };
  const limit = Math.max(0, allowance.ledgerBytes - tally.written);
  const { cursor, end, failure } = await copyLines({
    source: extent,
    target,
    start,
    limit,
    before: (chunk) => {
      checked = checker.feed(chunk);
      list(run, generation, checked.broken.filter(isRefused), lineStart);
    },
    after: (chunk, written) => {
      const isAll = written === chunk.length;
      tally.written += written;
      tally.lines += isAll ? checked.lines : newlinesIn(chunk.subarray(0, written));
      const limitOffset = isAll ? Infinity : start + written;
      report(
        run,
        generation,
        checked.broken.filter((line) => line.offset + line.length < limitOffset),
        lineStart,
      );
    },
  });
  tally.behind += end - cursor;
  tally.failure = failure;
  tally.more = failure === null && cursor < end;
  return failure === null && cursor === end;
}

/** Puts lines on the list of the quarantine; the number of those that were not on it. */
export function list(
  { quarantine, lineNumbers, now, tally }: LedgerRun,
  generation: Generation,
  lines: readonly BrokenLine[],
  lineStart: number,
): number {
  if (lines.length === 0) return 0;
  const first = lineNumbers.before(generation, lineStart) + 1;
  const noted = quarantine.note(lines, generationOf(generation.extent), first, now);
  if (typeof noted !== 'string') {
    if (noted > 0) tally.quarantined.add(quarantine.file);
    return noted;
  }
  if (!isSaid(tally, 'write-failed', quarantine.file))
    tally.findings.push(finding('write-failed', { file: quarantine.file, actual: noted }));
  return lines.length;
}

/** A clock that is wrong is wrong on every line: warnings are said once a pass, errors one by one. */
function report(run: LedgerRun, generation: Generation, broken: readonly BrokenLine[], lineStart: number): void {
  const { tally, allowance, lineNumbers } = run;
  tally.invalidLines += broken.filter(isRefused).length;
  for (const each of broken) {
    if (!isRefused(each) && isSaid(tally, each.finding.rule, generation.path)) continue;
    if (allowance.lineFindings <= 0) return;
    allowance.lineFindings -= 1;
    const line = lineNumbers.before(generation, lineStart) + each.index + 1;
    tally.findings.push({ ...each.finding, file: generation.path, line });
  }
}

function isRefused({ finding: { level } }: BrokenLine): boolean {
  return level === 'error';
}

function isSaid({ findings }: LedgerTally, said: string, path: string): boolean {
  return findings.some(({ rule, file }) => rule === said && file === path);
}

function feedRange(extent: Extent, start: number, end: number, feed: (chunk: Buffer) => unknown): void {
  const buffer = Buffer.allocUnsafe(Math.min(end - start, 64 * 1024));
  for (let at = start; at < end; at += buffer.length) {
    feed(buffer.subarray(0, extent.read(buffer.subarray(0, end - at), at)));
  }
}

function newlinesIn(bytes: Buffer): number {
  return bytes.reduce((count, byte) => (byte === 0x0a ? count + 1 : count), 0);
}
