import { jetstreamManager } from '@nats-io/jetstream';
import type { JetStreamManager } from '@nats-io/jetstream';
import { errors, headers as newHeaders } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import type { LedgerName } from '@hedge-telemetry/contract';
import {
  bucketStream,
  eventStream,
  eventSubject,
  keySubject,
  presenceBucket,
  stateBucket,
  stateKey,
} from '../names.js';
import type { ExecutorPlace } from '../names.js';
import { SinkError } from '../sink.js';
import type { RemoteSink, SinkRecord, SinkSession, StoredRecord, StreamPosition } from '../sink.js';
import { storedAs } from './ack.js';
import { createNatsAppender } from './appender.js';
import type { NatsAppender } from './appender.js';
import { connectNats } from './connect.js';
import { natsFailure } from './failure.js';
import { checkPlace, timeoutOf } from './options.js';
import type { NatsPlace } from './options.js';
import { presenceTtlOf, provisionExecutor } from './provision.js';
import { storedRecord } from './record.js';

export interface NatsSinkOptions extends NatsPlace {
  /** Makes the stream and the buckets where they are missing, if the server lets this user. True where not given. */
  readonly provision?: boolean;
}

/** Room that the headers of a record may take, in bytes. */
const HEADER_BYTES = 1024;
/** The last records are read again where the stream went on meanwhile. */
const ATTEMPTS = 8;
const NANOSECONDS = 1e9;

/** A sink on NATS JetStream. Throws a RangeError where an address is none or holds credentials. */
export function createNatsSink(options: NatsSinkOptions): RemoteSink {
  checkPlace(options);
  return { open: (place) => openSession(options, place) };
}

async function openSession(options: NatsSinkOptions, place: ExecutorPlace): Promise<SinkSession> {
  const inboxPrefix = `_INBOX.executor.${place.executor}`;
  const nc = await connectNats(options, {
    name: `hedge-telemetry sync ${place.executor}`,
    inboxPrefix,
    reconnect: false,
  });
  try {
    const jsm = await jetstreamManager(nc, { timeout: timeoutOf(options), checkAPI: false });
    if (options.provision !== false) await provisionExecutor(jsm, place);
    const presenceTtl = await presenceTtlOf(jsm, place.env);
    return sessionOf(nc, jsm, place, { inboxPrefix, timeoutMs: timeoutOf(options), presenceTtl });
  } catch (error) {
    await nc.close();
    throw natsFailure(error);
  }
}

interface SessionFacts {
  readonly inboxPrefix: string;
  readonly timeoutMs: number;
  readonly presenceTtl: number;
}

function sessionOf(
  nc: NatsConnection,
  jsm: JetStreamManager,
  place: ExecutorPlace,
  { inboxPrefix, timeoutMs, presenceTtl }: SessionFacts,
): SinkSession {
  const stream = eventStream(place);
  const [states, presences] = [stateBucket(place.env), presenceBucket(place.env)];
  let appender: NatsAppender | null = null;
  void watchConnection(nc, (error) => appender?.fail(error));

  return {
    maxPayload: (nc.info?.max_payload ?? 0) - HEADER_BYTES,
    position: (ledgers) => guarded(() => positionOf(jsm, stream, place, ledgers)),
    recordFrom: (ledger, from) =>
      guarded(async () => {
        const found = await jsm.direct.getMessage(stream, { seq: from, next_by_subj: eventSubject(place, ledger) });
        return found === null ? null : storedRecord(found);
      }),
    appender: (last) => {
      appender?.close();
      appender = createNatsAppender(nc, {
        subjectOf: (ledger) => eventSubject(place, ledger),
        last,
        inboxPrefix,
        timeoutMs,
      });
      return appender;
    },
    state: (surface) => value(states, stateKey(place.executor, surface)),
    putState: (surface, record, expected) => put(states, stateKey(place.executor, surface), record, expected),
    presenceTtl,
    presence: () => value(presences, place.executor),
    putPresence: (record, expected) => put(presences, place.executor, record, expected),
    clearPresence: async (expected) => {
      const marker = { bytes: new Uint8Array(0), headers: { 'KV-Operation': 'DEL' } };
      await put(presences, place.executor, marker, expected);
    },
    get open() {
      return !nc.isClosed();
    },
    close: () => nc.close(),
  };

  function value(bucket: string, key: string): Promise<StoredRecord | null> {
    return guarded(async () => {
      const found = await jsm.direct.getMessage(bucketStream(bucket), { last_by_subj: keySubject(bucket, key) });
      return found === null ? null : storedRecord(found);
    });
  }

  function put(bucket: string, key: string, record: SinkRecord, expected: number): Promise<number> {
    return guarded(async () => {
      const headers = newHeaders();
      for (const [name, text] of Object.entries(record.headers)) headers.set(name, text);
      headers.set('Nats-Expected-Last-Subject-Sequence', String(expected));
      return storedAs(await nc.request(keySubject(bucket, key), record.bytes, { headers, timeout: timeoutMs }));
    });
  }
}

async function positionOf(
  jsm: JetStreamManager,
  stream: string,
  place: ExecutorPlace,
  names: readonly LedgerName[],
): Promise<StreamPosition> {
  for (let left = ATTEMPTS; left > 0; left -= 1) {
    const { state, config } = await jsm.streams.info(stream);
    const ledgers = new Map<LedgerName, StoredRecord>();
    for (const name of names) {
      const found = await jsm.streams.getMessage(stream, { last_by_subj: eventSubject(place, name) });
      if (found !== null) ledgers.set(name, storedRecord(found));
    }
    const maxAge = config.max_age > 0 ? config.max_age / NANOSECONDS : null;
    const { last_seq: last, first_seq: first } = state;
    if ([...ledgers.values()].every(({ revision }) => revision <= last)) return { last, first, maxAge, ledgers };
  }
  throw new SinkError('conflict', 'somebody else is publishing to the stream');
}

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw natsFailure(error);
  }
}

/** Publishes without an answer are refused by a status of the connection. */
async function watchConnection(nc: NatsConnection, fail: (error: SinkError) => void): Promise<void> {
  for await (const status of nc.status()) {
    if (status.type === 'error' && status.error instanceof errors.PermissionViolationError)
      fail(natsFailure(status.error));
    if (status.type === 'disconnect' || status.type === 'close')
      fail(new SinkError('unreachable', 'the connection was lost'));
  }
  fail(new SinkError('unreachable', 'the connection was closed'));
}
