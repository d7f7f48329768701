import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { finding, interpret, MAX_DOCUMENT_BYTES, parseJson } from '@hedge-telemetry/contract';
import type { Finding, StateName, SurfaceEntry } from '@hedge-telemetry/contract';
import { isOlder, isSettled, isYoung, judge, lookAt, readGuarded, sameLook } from '@hedge-telemetry/sync';
import type { ContentTimes, Look, Verdict } from '@hedge-telemetry/sync';
import type { Egress, EgressScan } from './egress.js';
import { HEADER } from './headers.js';
import { outcome } from './outcome.js';
import type { SurfaceOutcome } from './outcome.js';
import { SinkError } from './sink.js';
import type { SinkRecord, SinkSession, StoredRecord } from './sink.js';

/** Sends one state file whenever it is newer than what the server holds. */
export interface StateSender {
  readonly surface: StateName;
  /** A patient pass waits for a document that may be in the middle of a write. Rejects with a SinkError only. */
  pass(isPatient: boolean): Promise<SurfaceOutcome>;
}

export interface StateSenderOptions {
  readonly entry: SurfaceEntry & { readonly name: StateName };
  readonly from: string;
  readonly source: string;
  readonly session: SinkSession;
  readonly scan: EgressScan;
  /** The clock, in seconds since 1970. */
  readonly now: () => number;
}

/** Another mirror may put its document in place at the same moment. */
const ATTEMPTS = 4;
/** How long a document that is not whole or not valid may take to become so, in milliseconds, as in the local mirror. */
const PATIENCE_MS = 100;
const RETRIES = 3;
const TIMER_SLACK_MS = 2;

/**
 * Makes the sender of one state file for one session. A document is judged as the local mirror judges it: what a reader
 * can make something of is sent, and anything else is read again, is then a finding, and leaves what the server holds.
 */
export function createStateSender({ entry, from, source, session, scan, now }: StateSenderOptions): StateSender {
  const surface = entry.name;
  const path = join(from, entry.file);
  let remote: StoredRecord | null | undefined;
  let done: { readonly look: Look; readonly outcome: SurfaceOutcome } | null = null;

  return { surface, pass };

  async function pass(isPatient: boolean): Promise<SurfaceOutcome> {
    for (let left = RETRIES; ; left -= 1) {
      const result = await sendFile();
      if (!result.isWaiting || !isPatient || left === 0) return result;
      await sleep(PATIENCE_MS / RETRIES + TIMER_SLACK_MS);
    }
  }

  async function sendFile(): Promise<SurfaceOutcome> {
    const look = lookAt(path);
    if (done !== null && sameLook(done.look, look)) return done.outcome;
    done = null;
    const read = readGuarded(path, MAX_DOCUMENT_BYTES);
    if (read.state === 'missing') return outcome(surface, 'absent');
    if (read.state === 'unreadable') return refused([read.finding], look);
    const result = await sendBytes(read.bytes, read.look);
    const lasting = result.status === 'sent' ? outcome(surface, 'unchanged', { findings: result.findings }) : result;
    if (isSettled(read.look) && !mayPass(result)) done = { look: read.look, outcome: lasting };
    return result;
  }

  async function sendBytes(bytes: Uint8Array, look: Look): Promise<SurfaceOutcome> {
    const verdict = judged(bytes);
    if (verdict.grade === 'refused') return refused(verdict.errors, look);
    const leaving = scan(surface, bytes);
    const scanned = placed(leaving.findings);
    if (leaving.verdict === 'withheld') return outcome(surface, 'skipped', { findings: scanned });
    if (leaving.bytes.length > session.maxPayload)
      return outcome(surface, 'skipped', { findings: placed([tooLarge(leaving.bytes.length, session.maxPayload)]) });
    const findings = [...placed(said(verdict)), ...scanned];
    for (let left = ATTEMPTS; ; left -= 1) {
      remote ??= await session.state(surface);
      if (remote !== null && Buffer.compare(remote.bytes, leaving.bytes) === 0)
        return outcome(surface, 'unchanged', { findings });
      const held = remote === null ? null : judged(remote.bytes).times;
      // A faulty document without a time of its own must not take the place of one that can be dated.
      if (verdict.grade === 'faulty' && verdict.times === null && held !== null) return refused(verdict.errors, look);
      if (isOlder(verdict.times, held, now()))
        return outcome(surface, 'skipped', { findings: [...findings, ...placed([keptNewer(verdict.times, held)])] });
      try {
        const record = recordOf(leaving, schemaOf(bytes), verdict.times);
        const revision = await session.putState(surface, record, remote?.revision ?? 0);
        remote = { ...record, revision, time: now() };
        return outcome(surface, 'sent', { findings });
      } catch (error) {
        remote = undefined;
        if (!(error instanceof SinkError) || error.code !== 'conflict' || left <= 1) throw error;
      }
    }
  }

  function judged(bytes: Uint8Array): Verdict {
    return judge({ entry, file: entry.file, now }, bytes);
  }

  /** What a reader can make nothing of stays here; while it is young, it may be in the middle of a write. */
  function refused(errors: readonly Finding[], look: Look): SurfaceOutcome {
    if (!isYoung(look, PATIENCE_MS)) return outcome(surface, 'skipped', { findings: placed(errors) });
    const message = 'The source is not whole or not valid at this moment; it is read again in a moment.';
    const findings = placed([finding('mirror-kept-last-good', { message })]);
    return outcome(surface, 'skipped', { isWaiting: true, findings });
  }

  function schemaOf(bytes: Uint8Array): string {
    const parsed = parseJson(bytes);
    const dialect = parsed.ok ? interpret(surface, parsed.value).dialect : null;
    return dialect === null || dialect === 'canonical' ? entry.schemaTag : `${surface}/${dialect}`;
  }

  function recordOf({ bytes, verdict }: Egress, schema: string, times: ContentTimes | null): SinkRecord {
    return {
      bytes,
      headers: {
        [HEADER.schema]: schema,
        [HEADER.sha256]: createHash('sha256').update(bytes).digest('hex'),
        [HEADER.source]: source,
        ...(times === null ? {} : { [HEADER.time]: String(times.newest) }),
        ...(verdict === 'redacted' ? { [HEADER.withheld]: verdict } : {}),
      },
    };
  }

  function placed(findings: readonly Finding[]): Finding[] {
    return findings.map((each) => ({ ...each, surface, file: path }));
  }

  function keptNewer(times: ContentTimes | null, held: ContentTimes | null): Finding {
    const expected = `not before ${held?.oldest ?? 'the one on the server'}`;
    return finding('remote-kept-newer', {
      pointer: entry.age.pointer,
      expected,
      actual: `${times?.newest ?? 'unknown'}`,
    });
  }
}

/** What there is to say of a document that is sent. */
function said({ grade, errors, future }: Verdict): Finding[] {
  const message = 'Fields of the document are invalid; it was sent, so that the others can be read.';
  return [
    ...(grade === 'faulty' ? [...errors, finding('mirror-with-faults', { message })] : []),
    ...(future === null ? [] : [future]),
  ];
}

/** Time alone may change what was found. */
function mayPass({ isWaiting, findings }: SurfaceOutcome): boolean {
  return isWaiting || findings.some(({ rule }) => rule === 'timestamp-future');
}

function tooLarge(bytes: number, maxPayload: number): Finding {
  return finding('remote-payload-too-large', {
    expected: `at most ${maxPayload} bytes`,
    actual: `a document of ${bytes} bytes`,
    message: 'The document is larger than the remote sink takes; it stays on this host.',
    fix: 'Write a smaller document, or raise max_payload of the server.',
  });
}
