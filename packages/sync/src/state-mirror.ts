import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { finding, MAX_DOCUMENT_BYTES } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { ensureDirectory, replaceFile } from './atomic-write.js';
import { isOlder } from './content-time.js';
import { isSettled, lookAt, sameLook } from './file-look.js';
import type { Look } from './file-look.js';
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
}

/** What the two files looked like and what came of it. */
interface Memory {
  readonly source: Look;
  readonly target: Look;
  readonly outcome: Outcome;
}

const RETRIES = 3;
/** A timer may fire a little before its time, and the last look must find the source old enough. */
const TIMER_SLACK_MS = 2;

/**
 * Mirrors a state file: the source is parsed to see that it is whole and that a reader can make something of it, and then
 * its own bytes are put in place. What is torn, invalid or older than the mirrored copy leaves that copy untouched; it is
 * read again, and then kept in quarantine.
 */
export function createStateMirror(route: Route, { patienceMs, strict }: StateOptions): SurfaceMirror {
  let memory: Memory | null = null;

  return {
    file: route.file,
    kind: route.kind,
    unchanged: ({ isThorough }) => remembered(lookAt(route.source), isThorough),
    async pass(allowance) {
      for (let left = RETRIES; ; left -= 1) {
        const result = await look();
        if (!result.isWaiting || !allowance.isPatient || left === 0) return result;
        await sleep(patienceMs / RETRIES + TIMER_SLACK_MS);
      }
    },
  };

  function remembered(source: Look, isThorough: boolean): Outcome | null {
    if (memory === null || !sameLook(memory.source, source)) return null;
    const isLookedAt = isThorough || route.entry !== null;
    return isLookedAt && !sameLook(memory.target, lookAt(route.target)) ? null : memory.outcome;
  }

  async function look(): Promise<Outcome> {
    const source = lookAt(route.source);
    const known = remembered(source, true);
    if (known !== null) return known;
    memory = null;
    const target = lookAt(route.target);
    if (source.state !== 'regular') return withoutSource(route, source, target);
    const read = readGuarded(route.source, MAX_DOCUMENT_BYTES);
    if (read.state === 'missing') return withoutSource(route, read, target);
    const result =
      read.state === 'unreadable'
        ? await refuse([read.finding], source, target, null)
        : await mirrorDocument(read.bytes, read.look, target);
    remember(read.state === 'read' ? read.look : source, result);
    return result;
  }

  async function mirrorDocument(bytes: Buffer, source: Look, target: Look): Promise<Outcome> {
    const verdict = judge(route, bytes);
    const held = readGuarded(route.target, MAX_DOCUMENT_BYTES);
    const said = [...faults(route, verdict), ...(verdict.future === null ? [] : [placedAt(route, verdict.future)])];
    if (held.state === 'read' && held.bytes.equals(bytes) && verdict.grade !== 'refused')
      return outcome('unchanged', { findings: said });
    const mirrored = held.state === 'read' ? judge(route, held.bytes).times : null;
    if (!isAcceptable(verdict, mirrored !== null)) return refuse(verdict.errors, source, target, bytes);
    if (isOlder(verdict.times, mirrored, route.now())) return keptNewer(route, verdict, mirrored?.oldest);
    const obstacle = ensureDirectory(route.to, dirname(route.file)) ?? (await replaceFile(route.target, bytes));
    return obstacle === null ? outcome('mirrored', { findings: said }) : writeFailed(route, obstacle);
  }

  /** A faulty document without a time of its own must not take the place of one that can be dated. */
  function isAcceptable({ grade, times }: Verdict, isDated: boolean): boolean {
    if (grade === 'faulty') return !strict && (times !== null || !isDated);
    return grade === 'valid';
  }

  async function refuse(
    errors: readonly Finding[],
    source: Look,
    target: Look,
    bytes: Buffer | null,
  ): Promise<Outcome> {
    if (isYoung(source, patienceMs)) return unready(route, target);
    const findings = errors.map((each) => ({ ...each, file: route.source }));
    if (source.state !== 'regular' || source.stats.nlink > 1n) return skipped(route, target, findings);
    const content = bytes ?? readBeginning(route.source);
    if (content === null) return skipped(route, target, findings);
    const kept = await keepDocument(route, content, Number(source.stats.size), errors);
    return skipped(route, target, [...findings, ...kept.findings], { quarantined: kept.files });
  }

  function remember(source: Look, result: Outcome): void {
    const target = lookAt(route.target);
    if (!isSettled(source) || !isSettled(target) || result.isWaiting || isPassing(result)) return;
    const { findings } = result;
    const status = result.status === 'mirrored' ? 'unchanged' : result.status;
    memory = { source, target, outcome: outcome(status, { findings, behind: result.behind }) };
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
