import { randomBytes } from 'node:crypto';
import { createInbox, headers as newHeaders } from '@nats-io/transport-node';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import type { LedgerName } from '@hedge-telemetry/contract';
import { SinkError } from '../sink.js';
import type { Appender, SinkRecord } from '../sink.js';
import { storedAs } from './ack.js';
import { natsFailure } from './failure.js';

export interface AppenderOptions {
  readonly subjectOf: (ledger: LedgerName) => string;
  /** Number of the record that the first one is to follow. */
  readonly last: number;
  readonly inboxPrefix: string;
  readonly timeoutMs: number;
}

/** An appender whose failure can be told from outside, and which ends with its session. */
export interface NatsAppender extends Appender {
  fail(error: SinkError): void;
  close(): void;
}

interface Published {
  readonly ledger: LedgerName;
  readonly record: SinkRecord;
}

interface Awaited {
  readonly sequence: number;
  readonly bytes: number;
  readonly sentAt: number;
}

/** One answer is asked for in so many records, or bytes: a record is stored only behind the one before it. */
const RECORDS_PER_ANSWER = 64;
const BYTES_PER_ANSWER = 128 * 1024;
/** Most answers, and bytes, that are awaited at a time. */
const WINDOW_ANSWERS = 16;
const WINDOW_BYTES = 4 * 1024 * 1024;

/**
 * Publishes a chain. Every record names the one before it by number and by an id that nobody else has, and the server
 * takes it only if that one is its last. So one that is lost or refused keeps all later ones out, and what a killed
 * process left on its way cannot come in between. The first is confirmed before others follow: it has a number to go by only.
 */
export function createNatsAppender(nc: NatsConnection, options: AppenderOptions): NatsAppender {
  const { subjectOf, inboxPrefix, timeoutMs } = options;
  const chain = randomBytes(6).toString('base64url');
  const inbox = createInbox(inboxPrefix);
  const awaited: Awaited[] = [];
  let sequence = options.last;
  let stored = 0;
  let pending: Published[] = [];
  let pendingBytes = 0;
  let windowBytes = 0;
  let failure: SinkError | null = null;
  let rouse = (): void => undefined;
  const answers: Subscription = nc.subscribe(`${inbox}.*`, {
    callback: (error, answer) => {
      try {
        if (error !== null) throw error;
        settle(storedAs(answer));
      } catch (reason) {
        fail(natsFailure(reason));
      }
    },
  });

  return {
    send,
    flush,
    fail,
    close: () => answers.unsubscribe(),
    get stored() {
      return stored;
    },
  };

  async function send(ledger: LedgerName, record: SinkRecord): Promise<void> {
    if (failure !== null) throw failure;
    pending.push({ ledger, record });
    pendingBytes += record.bytes.length;
    if (pending.length < RECORDS_PER_ANSWER && pendingBytes < BYTES_PER_ANSWER) return;
    await publishPending();
    await settled(() => awaited.length < WINDOW_ANSWERS && windowBytes < WINDOW_BYTES);
  }

  async function flush(): Promise<void> {
    if (failure !== null) throw failure;
    await publishPending();
    await settled(() => awaited.length === 0);
  }

  /** All at once, so that they leave in one piece; the last one asks for an answer. */
  async function publishPending(): Promise<void> {
    const records = pending;
    const bytes = pendingBytes;
    pending = [];
    pendingBytes = 0;
    const first = stored === 0 ? records.shift() : undefined;
    if (first !== undefined) {
      awaitAnswer(first.record.bytes.length);
      publish(first, true);
      await settled(() => awaited.length === 0);
    }
    if (records.length > 0) awaitAnswer(bytes - (first?.record.bytes.length ?? 0), records.length);
    for (const [index, record] of records.entries()) publish(record, index === records.length - 1);
  }

  /** Notes that the answer to the record after so many is awaited. */
  function awaitAnswer(bytes: number, records = 1): void {
    awaited.push({ sequence: sequence + records, bytes, sentAt: performance.now() });
    windowBytes += bytes;
  }

  function publish({ ledger, record }: Published, answer: boolean): void {
    const headers = newHeaders();
    for (const [name, value] of Object.entries(record.headers)) headers.set(name, value);
    headers.set('Nats-Expected-Last-Sequence', String(sequence));
    if (stored > 0) headers.set('Nats-Expected-Last-Msg-Id', `${chain}.${sequence}`);
    sequence += 1;
    headers.set('Nats-Msg-Id', `${chain}.${sequence}`);
    try {
      nc.publish(subjectOf(ledger), record.bytes, answer ? { headers, reply: `${inbox}.${sequence}` } : { headers });
    } catch (error) {
      fail(natsFailure(error));
    }
  }

  /** The answers come in the order of the records. */
  function settle(number: number): void {
    const first = awaited.shift();
    if (first === undefined) return;
    if (number !== first.sequence) throw new SinkError('conflict', `stored as ${number}, expected ${first.sequence}`);
    stored += number - (options.last + stored);
    windowBytes -= first.bytes;
    rouse();
  }

  function fail(error: SinkError): void {
    failure ??= error;
    rouse();
  }

  async function settled(isDone: () => boolean): Promise<void> {
    while (failure === null && !isDone()) {
      const oldest = awaited[0]?.sentAt ?? performance.now();
      await answerOr(Math.max(1, oldest + timeoutMs - performance.now()));
      if (!isDone() && performance.now() - (awaited[0]?.sentAt ?? Infinity) >= timeoutMs)
        fail(new SinkError('unreachable', `no answer to a publish within ${timeoutMs} ms`));
    }
    if (failure !== null) throw failure;
  }

  function answerOr(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(end, milliseconds);
      rouse = end;
      function end(): void {
        clearTimeout(timer);
        rouse = () => undefined;
        resolve();
      }
    });
  }
}
