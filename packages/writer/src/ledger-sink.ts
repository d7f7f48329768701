import { finding } from '@hedge-telemetry/contract';
import type { Finding, SurfaceEntry } from '@hedge-telemetry/contract';
import { createEncoder } from '@hedge-telemetry/contract/encoding';
import type { FileThread } from './file-thread.js';
import { createLedgerQueue } from './ledger-queue.js';
import type { LedgerQueue } from './ledger-queue.js';
import { refused, TAKEN } from './taken.js';
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
  const encode = createEncoder(entry);
  const queueOf = (owner: FileThread): LedgerQueue => createLedgerQueue(entry, owner, capacity, encode, now);
  let main: LedgerQueue | null = null;
  let second: LedgerQueue | null = null;
  /** Records go to the spill file until half of the queue is free again, so that they do not take turns. */
  let isSpilling = false;

  function append(record: unknown): Result {
    main ??= queueOf(thread);
    if (main.isRefused()) return rejection([about('ledger-locked', 'one writer', 'another process')]);
    isSpilling &&= main.waiting() > capacity / 2;
    if (!isSpilling) {
      const offered = main.offer(record);
      if (offered === 'taken') return TAKEN;
      if (offered === 'general') return general(record, main);
    }
    return crowded((queue) => queue.offer(record), record, []);
  }

  function general(record: unknown, queue: LedgerQueue): Result {
    const prepared = prepare(entry, record);
    const { text, findings, nonFinite } = prepared;
    if (text === null) return refused(prepared);
    if (!isSpilling && queue.offerLine(text) === 'taken') return { ok: true, findings, nonFinite };
    return { ...crowded((each) => each.offerLine(text), record, findings), nonFinite };
  }

  /** The queue has no room. */
  function crowded(offer: (queue: LedgerQueue) => string, record: unknown, findings: readonly Finding[]): Result {
    const waits = `${main?.waiting() ?? 0} bytes wait for the disk`;
    const room = `room in a queue of ${capacity} bytes`;
    if (spill === null) return rejection([...findings, about('queue-full', room, waits)]);
    isSpilling = true;
    second ??= queueOf(spill);
    const offered = offer(second);
    if (offered === 'general') return general(record, second);
    if (offered === 'full') return rejection([...findings, about('queue-full', room, waits)]);
    return { ok: true, fate: 'spilled', findings: [...findings, about('record-spilled', room, waits)], nonFinite: 0 };
  }

  function about(rule: 'queue-full' | 'record-spilled' | 'ledger-locked', expected: string, actual: string): Finding {
    return finding(rule, { surface: entry.name, expected, actual });
  }

  return { append };
}

function rejection(findings: readonly Finding[]): Result {
  return { ok: false, fate: 'rejected', findings, nonFinite: 0 };
}
