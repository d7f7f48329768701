import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import type { JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { LedgerName } from '@hedge-telemetry/contract';
import { eventStream, eventSubject } from '../names.js';
import type { ExecutorPlace } from '../names.js';
import { natsFailure } from '../nats/failure.js';
import { messageRecord } from '../nats/record.js';
import type { StoredRecord } from '../sink.js';
import { createHandover } from './handover.js';
import type { Link } from './link.js';
import type { TailMarker } from './tail-mark.js';
import { watchStream } from './watch.js';

export interface RecordOptions {
  /** Number to begin at where the marker has none. */
  readonly from?: number;
  /** Waits for further records. */
  readonly follow?: boolean;
  readonly signal?: AbortSignal;
  /** Moves with what was handed over; a record that was not used up comes again. */
  readonly marker: TailMarker;
}

/** A stream that is not there is looked for again after this time, in milliseconds. */
const RETRY_MS = 1000;
/** So many records are gone back at first where the last one that was read is not there any more. */
const FIRST_STEP = 256;
const STEP_GROWTH = 8;

/**
 * The records of a ledger in the order of its stream, bookmarks included. A connection that is lost is waited for. Each
 * connection begins with a look at the record that was read last: where the stream does not hold it under its number,
 * the server has lost its tail and got it again, in whatever order of the ledgers, so that the rest may stand under
 * lesser numbers. What was read is then passed over, from as far back as need be.
 */
export async function* tailRecords(
  link: Link,
  place: ExecutorPlace,
  ledger: LedgerName,
  { from = 0, follow = false, signal, marker }: RecordOptions,
): AsyncGenerator<StoredRecord, void, undefined> {
  let back = 0;
  attempts: for (;;) {
    const nc = await link.connection(signal);
    if (nc === null) return;
    const stop = new AbortController();
    const outer = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    try {
      const { first_seq: first, last_seq: end } = await streamState(nc, place);
      const { last } = marker.mark;
      const start = last === null ? from : Math.max(first, Math.min(last.revision, end) - back);
      let isSure = last === null;
      let isBehind = false;
      for await (const message of messages(nc, place, { ledger, start }, outer)) {
        const record = message === null ? null : messageRecord(message);
        if (!isSure) {
          const isKnown = record !== null && (marker.isLast(record) || marker.isRead(record));
          if (!isKnown && start > first) {
            back = back === 0 ? FIRST_STEP : back * STEP_GROWTH;
            continue attempts;
          }
          [isSure, isBehind, back] = [true, record === null || !marker.isLast(record), 0];
        }
        if (record === null) {
          if (!follow) return;
          continue;
        }
        if (marker.isLast(record) || (isBehind && marker.isRead(record))) continue;
        isBehind = false;
        yield record;
        marker.take(record);
      }
      if (!follow && !nc.isClosed()) return;
    } catch (error) {
      // The connection is shared: only one that is lost is given up. A stream that is not there may be made yet.
      if (nc.isClosed() || natsFailure(error).code === 'unreachable') await nc.close();
      else if (follow) await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      else return;
    } finally {
      stop.abort();
    }
    if (signal?.aborted === true) return;
  }
}

async function streamState(
  nc: NatsConnection,
  place: ExecutorPlace,
): Promise<{ readonly first_seq: number; readonly last_seq: number }> {
  const jsm = await jetstreamManager(nc, { checkAPI: false });
  return (await jsm.streams.info(eventStream(place))).state;
}

/** The messages from a number on; a null among them where everything that was there at the beginning was given. */
function messages(
  nc: NatsConnection,
  place: ExecutorPlace,
  { ledger, start }: { readonly ledger: LedgerName; readonly start: number },
  signal: AbortSignal,
): AsyncGenerator<JsMsg | null, void, undefined> {
  const handover = createHandover<JsMsg | null>();
  const watched = { stream: eventStream(place), filter: eventSubject(place, ledger), from: start };
  const onLoaded = (): void => void handover.give(null);
  watchStream(nc, watched, { onMessage: handover.give, onLoaded }, signal).then(
    () => handover.end(null),
    (error: unknown) => handover.end(error instanceof Error ? error : new Error(String(error))),
  );
  return handover.taken();
}
