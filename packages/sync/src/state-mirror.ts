import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { finding, MAX_DOCUMENT_BYTES } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { ensureDirectory, replaceFile, replaceFileDurably } from './atomic-write.js';
import { isOlder } from './content-time.js';
import { isAsStamped, isSettled, lookAt, stampOf } from './file-look.js';
import type { Look, Stamp } from './file-look.js';
import type { Flushes } from './flushes.js';
import { readBeginning, readGuarded } from './guarded-read.js';
import { keepDocument } from './quarantine.js';
import { outcome, skipped, withoutSource, writeFailed } from './surface-mirror.js';
import type { Outcome, Route, SurfaceMirror } from './surface-mirror.js';
import { faults, judge } from './verdict.js';
import type { Verdict } from './verdict.js';

/** How documents are judged. */
export interface StateOptions {
  /** How long a document that is not whole or not valid may take to become so, in milliseconds. */
  readonly patienceMs: number;
  /** A document with an invalid field is treated as invalid. */
  readonly strict: boolean;
  readonly flushes: Flushes;
}

/** What the two files looked like and what came of it. */
interface Memory {
  readonly source: Stamp;
  readonly target: Stamp;
  readonly outcome: Outcome;
}

/** A document that the mirror holds, and what a reader could make of it. */
interface Held {
  readonly bytes: Buffer;
  readonly verdict: Verdict;
}

const RETRIES = 3;
/** A timer may fire a little before its time, and the last look must find the source old enough. */
const TIMER_SLACK_MS = 2;

/**
 * Mirrors a state file: the source is parsed to see that it is whole and that a reader can make something of it, and then
 * its own bytes are put in place. What is torn, invalid or older than the mirrored copy leaves that copy untouched; it is
 * read again, and then kept in quarantine.
 */
export function createStateMirror(route: Route, { patienceMs, strict, flushes }: StateOptions): SurfaceMirror {
  let memory: Memory | null = null;
  let latest: Held | null = null;

  return {
    file: route.file,
    kind: route.kind,
    unchanged: ({ isThorough }) => remembered(isThorough),
    async pass(allowance) {
      for (let left = RETRIES; ; left -= 1) {
        const result = await look(allowance.isPatient);
        if (!result.isWaiting || !allowance.isPatient || left === 0) return result;
        await sleep(patienceMs / RETRIES + TIMER_SLACK_MS);
      }
    },
    rest: () => undefined,
  };

  function remembered(isThorough: boolean): Outcome | null {
    if (memory === null || !isAsStamped(route.source, memory.source)) return null;
    const isLookedAt = isThorough || route.entry !== null;
    return isLookedAt && !isAsStamped(route.target, memory.target) ? null : memory.outcome;
  }

  async function look(isDurable: boolean): Promise<Outcome> {
    const known = remembered(true);
    if (known !== null) return known;
    const source = lookAt(route.source);
    memory = null;
    const target = lookAt(route.target);
    if (source.state !== 'regular') {
      const result = withoutSource(route, source, target);
      if (source.state === 'missing' && isSettled(target))
        memory = { source, target: stampOf(target), outcome: result };
      return result;
    }
    const read = readGuarded(route.source, MAX_DOCUMENT_BYTES);
    if (read.state === 'missing') return withoutSource(route, read, target);
    const result =
      read.state === 'unreadable'
        ? refuse([read.finding], source, target, null)
        : await mirrorDocument(read.bytes, read.look, target, isDurable);
    remember(read.state === 'read' ? read.look : source, result);
    return result;
  }

  async function mirrorDocument(bytes: Buffer, source: Look, target: Look, isDurable: boolean): Promise<Outcome> {
    const given = { bytes, verdict: judged(bytes) };
    const { verdict } = given;
    const held = heldNow(given);
    const said = [...faults(route, verdict), ...(verdict.future === null ? [] : [placedAt(route, verdict.future)])];
    if (held !== null && verdict.grade !== 'refused' && held.bytes.equals(bytes))
      return outcome('unchanged', { findings: said });
    if (!isAcceptable(verdict, held?.verdict)) return refuse(verdict.errors, source, target, bytes);
    const mirrored = held?.verdict.times ?? null;
    if (isOlder(verdict.times, mirrored, route.now())) return keptNewer(route, verdict, mirrored?.oldest);
    const obstacle = ensureDirectory(route.to, dirname(route.file)) ?? (await place(bytes, isDurable));
    if (obstacle !== null) return writeFailed(route, obstacle);
    latest = given;
    return outcome('mirrored', { findings: said });
  }

  async function place(bytes: Buffer, isDurable: boolean): Promise<string | null> {
    if (isDurable) {
      flushes.oweName(route.target);
      return replaceFileDurably(route.target, bytes);
    }
    flushes.owe(route.target);
    return replaceFile(route.target, bytes);
  }

  /** What the mirror holds at this moment; null where that cannot be read. `given` was judged a moment ago. */
  function heldNow(given: Held): Held | null {
    const read = readGuarded(route.target, MAX_DOCUMENT_BYTES);
    if (read.state !== 'read') return null;
    latest = read.bytes.equals(given.bytes) ? given : { bytes: read.bytes, verdict: judged(read.bytes) };
    return latest;
  }

  /** A document is judged once, unless time alone may change what is said of it. */
  function judged(bytes: Buffer): Verdict {
    if (latest !== null && latest.verdict.future === null && latest.bytes.equals(bytes)) return latest.verdict;
    return judge(route, bytes);
  }

  /** A faulty document without a time of its own must not take the place of one that is valid or can be dated. */
  function isAcceptable({ grade, times }: Verdict, held: Verdict | undefined): boolean {
    if (grade !== 'faulty') return grade === 'valid';
    return !strict && (times !== null || held === undefined || (held.grade !== 'valid' && held.times === null));
  }

  function refuse(errors: readonly Finding[], source: Look, target: Look, bytes: Buffer | null): Outcome {
    if (isYoung(source, patienceMs)) return unready(route, target);
    const findings = errors.map((each) => ({ ...each, file: route.source }));
    if (source.state !== 'regular' || source.stats.nlink > 1n) return skipped(route, target, findings);
    const content = bytes ?? readBeginning(route.source);
    if (content === null) return skipped(route, target, findings);
    const kept = keepDocument(route, content, Number(source.stats.size), errors);
    return skipped(route, target, [...findings, ...kept.findings], { quarantined: kept.files });
  }

  function remember(source: Look, result: Outcome): void {
    const target = lookAt(route.target);
    if (!isSettled(source) || !isSettled(target) || result.isWaiting || isPassing(result)) return;
    const { findings } = result;
    const status = result.status === 'mirrored' ? 'unchanged' : result.status;
    memory = {
      source: stampOf(source),
      target: stampOf(target),
      outcome: outcome(status, { findings, behind: result.behind }),
    };
  }
}

/** True while a file that was written within `milliseconds` may still be written to. Times in the future say nothing. */
export function isYoung(look: Look, milliseconds: number): boolean {
  if (look.state !== 'regular') return false;
  const age = BigInt(Date.now()) * 1_000_000n - look.stats.mtimeNs;
  return age > -1_000_000_000n && age < BigInt(Math.ceil(milliseconds * 1_000_000));
}

/** The outcome where the source may be in the middle of a write that is not atomic. */
function unready(route: Route, target: Look): Outcome {
  const message = 'The source is not whole or not valid at this moment; it is read again in a moment.';
  const { findings } = skipped(route, target, []);
  const said = findings.length > 0 ? findings : [finding('mirror-kept-last-good', { file: route.source })];
  return outcome('skipped', {
    behind: true,
    isWaiting: true,
    findings: said.map((each) => ({ ...each, surface: route.surface, message })),
  });
}

function keptNewer(route: Route, { times }: Verdict, oldest: number | undefined): Outcome {
  return outcome('skipped', {
    findings: [
      finding('mirror-kept-last-good', {
        surface: route.surface,
        file: route.source,
        pointer: route.entry?.age.pointer ?? null,
        expected: `not before ${oldest ?? 'the mirrored copy'}`,
        actual: `${times?.newest ?? 'unknown'}`,
        message: 'The source is older than the mirrored copy, which was kept.',
        fix: 'Look at what put an older file in place, and at the clock of the writer.',
      }),
    ],
  });
}

function placedAt(route: Route, each: Finding): Finding {
  return { ...each, surface: route.surface, file: route.source };
}

/** Findings that time alone may undo. */
function isPassing(result: Outcome): boolean {
  return result.findings.some(({ rule }) => rule === 'write-failed' || rule === 'timestamp-future');
}
