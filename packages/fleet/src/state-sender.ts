import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { finding, hasErrors, interpret, MAX_DOCUMENT_BYTES, parseJson } from '@hedge-telemetry/contract';
import type { Finding, StateName, SurfaceEntry } from '@hedge-telemetry/contract';
import { contentTimes, isOlder, isSettled, lookAt, readGuarded, sameLook } from '@hedge-telemetry/sync';
import type { ContentTimes, Look } from '@hedge-telemetry/sync';
import type { EgressScan } from './egress.js';
import { HEADER } from './headers.js';
import { outcome } from './outcome.js';
import type { SurfaceOutcome } from './outcome.js';
import { SinkError } from './sink.js';
import type { SinkRecord, SinkSession, StoredRecord } from './sink.js';

/** Sends one state file whenever it is newer than what the server holds. */
export interface StateSender {
  readonly surface: StateName;
  /** Rejects with a SinkError only. */
  pass(): Promise<SurfaceOutcome>;
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

/** A document that may be sent. */
interface Document {
  readonly bytes: Uint8Array;
  readonly times: ContentTimes | null;
  readonly schema: string;
  readonly findings: readonly Finding[];
  readonly withheld: string | null;
}

/** Another mirror may put its document in place at the same moment. */
const ATTEMPTS = 4;

/** Makes the sender of one state file for one session. */
export function createStateSender({ entry, from, source, session, scan, now }: StateSenderOptions): StateSender {
  const surface = entry.name;
  const path = join(from, entry.file);
  let remote: StoredRecord | null | undefined;
  let done: { readonly look: Look; readonly outcome: SurfaceOutcome } | null = null;

  return { surface, pass };

  async function pass(): Promise<SurfaceOutcome> {
    const look = lookAt(path);
    if (done !== null && sameLook(done.look, look)) return done.outcome;
    done = null;
    const read = readGuarded(path, MAX_DOCUMENT_BYTES);
    if (read.state === 'missing') return outcome(surface, 'absent');
    if (read.state === 'unreadable') return skipped([read.finding]);
    const result = await sendBytes(read.bytes);
    const lasting = result.status === 'sent' ? outcome(surface, 'unchanged', { findings: result.findings }) : result;
    if (isSettled(read.look)) done = { look: read.look, outcome: lasting };
    return result;
  }

  async function sendBytes(bytes: Uint8Array): Promise<SurfaceOutcome> {
    const document = judged(bytes);
    if ('status' in document) return document;
    for (let left = ATTEMPTS; ; left -= 1) {
      remote ??= await session.state(surface);
      if (remote !== null && Buffer.compare(remote.bytes, document.bytes) === 0)
        return outcome(surface, 'unchanged', document);
      const held = remote === null ? null : timesOf(remote.bytes);
      if (isOlder(document.times, held, now())) return skipped([...document.findings, keptNewer(document.times, held)]);
      try {
        const record = recordOf(document);
        const revision = await session.putState(surface, record, remote?.revision ?? 0);
        remote = { ...record, revision, time: now() };
        return outcome(surface, 'sent', document);
      } catch (error) {
        remote = undefined;
        if (!(error instanceof SinkError) || error.code !== 'conflict' || left <= 1) throw error;
      }
    }
  }

  function judged(bytes: Uint8Array): Document | SurfaceOutcome {
    const parsed = parseJson(bytes);
    if (!parsed.ok) return skipped([parsed.finding]);
    const { findings, document, dialect } = interpret(surface, parsed.value);
    if (hasErrors(findings)) return skipped(findings.filter(({ level }) => level === 'error'));
    const leaving = scan(surface, bytes);
    if (leaving.verdict === 'withheld') return skipped(leaving.findings);
    if (leaving.bytes.length > session.maxPayload) return skipped([tooLarge(leaving.bytes.length)]);
    return {
      bytes: leaving.bytes,
      times: document === null ? null : contentTimes(entry, document),
      schema: dialect === null || dialect === 'canonical' ? entry.schemaTag : `${surface}/${dialect}`,
      findings: leaving.findings.map((each) => ({ ...each, file: path })),
      withheld: leaving.verdict === 'redacted' ? 'redacted' : null,
    };
  }

  function timesOf(bytes: Uint8Array): ContentTimes | null {
    const parsed = parseJson(bytes);
    const document = parsed.ok ? interpret(surface, parsed.value).document : null;
    return document === null ? null : contentTimes(entry, document);
  }

  function recordOf({ bytes, times, schema, withheld }: Document): SinkRecord {
    return {
      bytes,
      headers: {
        [HEADER.schema]: schema,
        [HEADER.sha256]: createHash('sha256').update(bytes).digest('hex'),
        [HEADER.source]: source,
        ...(times === null ? {} : { [HEADER.time]: String(times.newest) }),
        ...(withheld === null ? {} : { [HEADER.withheld]: withheld }),
      },
    };
  }

  function skipped(findings: readonly Finding[]): SurfaceOutcome {
    return outcome(surface, 'skipped', { findings: findings.map((each) => ({ ...each, surface, file: path })) });
  }

  function keptNewer(times: ContentTimes | null, held: ContentTimes | null): Finding {
    const expected = `not before ${held?.oldest ?? 'the one on the server'}`;
    return finding('remote-kept-newer', {
      pointer: entry.age.pointer,
      expected,
      actual: `${times?.newest ?? 'unknown'}`,
    });
  }

  function tooLarge(bytes: number): Finding {
    const expected = `at most ${session.maxPayload} bytes`;
    return finding('remote-payload-too-large', { expected, actual: `a document of ${bytes} bytes` });
  }
}
