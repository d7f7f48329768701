import { finding } from '@hedge-telemetry/contract/writing';
import type { Finding, SurfaceEntry } from '@hedge-telemetry/contract';
import { encoderOf } from './encoders.js';
import type { FileThread } from './file-thread.js';
import { createLedgerQueue } from './ledger-queue.js';
import type { LedgerQueue, Offered } from './ledger-queue.js';
import { notTaken, TAKEN, taken } from './taken.js';
import type { Prepare, Result } from './taken.js';

/** Where the records of a ledger go. */
export interface LedgerSink {
  append(record: unknown): Result;
}

interface LedgerSinkOptions {
  readonly entry: SurfaceEntry;
  readonly thread: FileThread;
  /** Takes what the queue has no room for; null where that is refused. */
  readonly spill: FileThread | null;
  /** Bytes of the queue. */
  readonly capacity: number;
  readonly now: () => number;
  readonly prepare: Prepare;
}

/** Makes the sink of a ledger. Records are written in the order of the calls, and none is dropped without a word. */
export function createLedgerSink({ entry, thread, spill, capacity, now, prepare }: LedgerSinkOptions): LedgerSink {
  const encode = encoderOf(entry.name);
  const queueOf = (owner: FileThread): LedgerQueue => createLedgerQueue(entry, owner, capacity, encode, now);
  let main: LedgerQueue | null = null;
  let second: LedgerQueue | null = null;
  /** Records go to the spill file until half of the queue is free again, so that they do not take turns. */
  let isSpilling = false;

  function append(record: unknown): Result {
    main ??= queueOf(thread);
    if (main.isRefused()) return notTaken([about('ledger-locked', 'one writer', 'another process')], 0, 'rejected');
    isSpilling &&= main.waiting() > capacity / 2;
    const offered = isSpilling ? 'full' : main.offer(record);
    if (offered === 'taken') return TAKEN;
    return offered === 'full' ? crowded(main, (queue) => queue.offer(record), record) : general(main, record);
  }

  function general(queue: LedgerQueue, record: unknown): Result {
    const { text, findings, nonFinite } = prepare(entry, record);
    if (text === null) return notTaken(findings, nonFinite, 'refused');
    const offered = isSpilling ? 'full' : queue.offerLine(text);
    if (offered === 'taken') return taken(findings, nonFinite);
    return crowded(queue, (each) => each.offerLine(text), record, findings, nonFinite);
  }

  /** The queue has no room. */
  function crowded(
    queue: LedgerQueue,
    offer: (queue: LedgerQueue) => Offered,
    record: unknown,
    findings: readonly Finding[] = [],
    nonFinite = 0,
  ): Result {
    const said = [`room in a queue of ${capacity} bytes`, `${queue.waiting()} bytes wait for the disk`] as const;
    if (spill !== null) {
      isSpilling = true;
      second ??= queueOf(spill);
      const offered = offer(second);
      if (offered === 'general') return general(second, record);
      if (offered === 'taken') return taken([...findings, about('record-spilled', ...said)], nonFinite, 'spilled');
    }
    return notTaken([...findings, about('queue-full', ...said)], nonFinite, 'rejected');
  }

  function about(rule: 'queue-full' | 'record-spilled' | 'ledger-locked', expected: string, actual: string): Finding {
    return finding(rule, { surface: entry.name, expected, actual });
  }

  return { append };
}
