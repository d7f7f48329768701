import { setTimeout as sleep } from 'node:timers/promises';

import { finding } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { lastLineEnd } from './extent.js';
import { Moved } from './generations.js';
import type { Generation, Generations } from './generations.js';
import { appended, heldBytes } from './ledger-align.js';
import type { Alignment } from './ledger-align.js';
import type { Followed, HistoryCursor } from './ledger-history.js';
import { copyGeneration, list } from './ledger-run.js';
import type { LedgerRun } from './ledger-run.js';
import { heal } from './ledger-target.js';

const PATIENCE_MS = 25;
const MAX_TORN_BYTES = 64 * 1024;

/**
 * Copies what the mirror lacks, generation by generation from the one in which it ends, until it holds every complete
 * line or the allowance is spent. `follow` hears in which generation the mirror ends now. Rejects with a Moved.
 */
export async function catchUp(
  generations: Generations,
  { found, diverged }: HistoryCursor,
  run: LedgerRun,
  follow: (followed: Followed | null) => void,
): Promise<void> {
  const { target, tally } = run;
  if (diverged) tally.findings.push(divergence(run));
  follow(found === null ? null : { identity: generations.identityAt(found.index), alignment: found.alignment });
  for (let index = found?.index ?? 0; index < generations.count; index += 1) {
    const generation = await generations.at(index);
    const isLast = index === generations.count - 1;
    if (generation.damage !== null) report(tally.findings, generation.damage);
    if (index === found?.index || completeBytes(generation) > 0) {
      if (index > 0 && (await mustWait(generations, index, run))) return waitFor(generations, index, run);
      const alignment = index === found?.index ? continued(found.alignment, run) : begun(run);
      if (alignment === null) return;
      const isWhole = await copyGeneration(run, generation, heldBytes(alignment, target.extent())).finally(() => {
        if (heldBytes(alignment, target.extent()) > 0) follow({ identity: generation.identity, alignment });
      });
      if (!isWhole) return waitFor(generations, index + 1, run);
    }
    if (isLast) reportTorn(run, generation);
    else leave(run, generation, index === generations.count - 2);
  }
}

/** Adds what stands in generations that are not begun in this pass. */
function waitFor(generations: Generations, from: number, { tally }: LedgerRun): void {
  for (let index = from; index < generations.count; index += 1) tally.behind += generations.sizeAt(index);
}

/** True where the generation before may still get lines that belong before this one. */
async function mustWait(generations: Generations, index: number, { allowance, tally }: LedgerRun): Promise<boolean> {
  const { isFresh } = await generations.at(index - 1);
  if (!isFresh) return false;
  if (!allowance.isPatient) {
    tally.isWaiting = true;
    return true;
  }
  await sleep(PATIENCE_MS);
  throw new Moved();
}

function begun({ target, tally, segmentBytes, now }: LedgerRun): Alignment | null {
  tally.failure = heal(target) ?? (target.size >= segmentBytes ? target.rotate(now) : null);
  return tally.failure === null ? appended(target.extent()) : null;
}

/** Where the source lost its end the next record starts on a line of its own. */
function continued(alignment: Alignment, { target, tally }: LedgerRun): Alignment | null {
  if (alignment.shared === 0 || alignment.resumed < target.extent().end) return alignment;
  tally.failure = heal(target);
  return tally.failure === null ? { ...alignment, resumed: target.extent().end } : null;
}

/** What stands after the last newline of a file that is no longer written to is no line: it is kept in quarantine. */
function leave(run: LedgerRun, generation: Generation, isBeforeLast: boolean): void {
  const { extent, path, identity } = generation;
  const end = completeBytes(generation);
  if (isBeforeLast && !generation.isUnpacked) run.late.expect({ path, identity, end });
  if (end === extent.end) return;
  const bytes = Buffer.alloc(Math.min(MAX_TORN_BYTES, extent.end - end));
  extent.read(bytes, end);
  const torn = unterminated(run, generation, end);
  const line = { finding: torn, index: 0, offset: end, length: extent.end - end, bytes, intact: [] };
  if (list(run, generation, [line], end) > 0) report(run.tally.findings, torn);
}

function reportTorn(run: LedgerRun, generation: Generation): void {
  const end = completeBytes(generation);
  if (end === generation.extent.end) return;
  run.tally.behind += generation.extent.end - end;
  run.tally.findings.push(unterminated(run, generation, end));
}

function completeBytes({ extent }: Generation): number {
  return lastLineEnd(extent, 0, extent.end);
}

function report(findings: Finding[], each: Finding): void {
  if (!findings.some(({ rule, file }) => rule === each.rule && file === each.file)) findings.push(each);
}

function unterminated({ route }: LedgerRun, { path, extent }: Generation, end: number): Finding {
  return finding('line-unterminated', {
    surface: route.surface,
    file: path,
    expected: 'a newline at the end',
    actual: `${extent.end - end} bytes without one`,
  });
}

function divergence({ route, target }: LedgerRun): Finding {
  const { begin, end } = target.extent();
  return finding('mirror-diverged', {
    surface: route.surface,
    file: route.source,
    expected: `a ledger, or a file that it was rotated to, that continues the ${end - begin} mirrored bytes`,
    actual: 'none that does',
  });
}
