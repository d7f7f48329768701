import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import type { JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { LedgerName } from '@hedge-telemetry/contract';
import type { TailOptions } from '@hedge-telemetry/reader';
import type { LedgerPosition } from '../ledger/position.js';
import { eventStream, eventSubject } from '../names.js';
import type { ExecutorPlace } from '../names.js';
import { natsFailure } from '../nats/failure.js';
import { messageRecord } from '../nats/record.js';
import { fleetEntry } from './fleet-entry.js';
import type { FleetEntry } from './fleet-entry.js';
import type { Link } from './link.js';
import { createHandover } from './handover.js';
import { watchStream } from './watch.js';

/** A stream that is not there is looked for again after this time, in milliseconds. */
const RETRY_MS = 1000;

/**
 * The records of a ledger in the order of its stream. `from` and `end` are numbers of the stream. A connection that is
 * lost is waited for; a server that has lost its tail gets it again from the executor's host, and no entry comes twice.
 */
export async function* tailStream<N extends LedgerName>(
  link: Link,
  place: ExecutorPlace,
  ledger: N,
  { from = 0, limit = Infinity, signal, follow = false }: TailOptions,
): AsyncGenerator<FleetEntry<N>, void, undefined> {
  const seen = createSeen();
  let next = from;
  let left = limit;
  let rewound = false;
  while (left > 0) {
    const nc = await link.connection(signal);
    if (nc === null) return;
    const stop = new AbortController();
    const outer = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
    try {
      const start = await startAt(nc, place, next);
      rewound ||= start < next;
      for await (const message of messages(nc, place, { ledger, start, follow }, outer)) {
        const record = messageRecord(message);
        const entry = fleetEntry(ledger, `${place.executor}/${ledger}`, record);
        next = record.revision + 1;
        if (entry === null || (rewound && seen.has(entry.position))) continue;
        rewound = false;
        seen.add(entry.position);
        yield entry;
        left -= 1;
        if (left <= 0) return;
      }
      if (!follow && !nc.isClosed()) return;
    } catch (error) {
      // The connection is shared: only one that is lost is given up. A stream that is not there may be made yet.
      if (nc.isClosed() || natsFailure(error).code === 'unreachable') await nc.close();
      else if (follow) await sleep(RETRY_MS, undefined, { signal }).catch(() => undefined);
      else return;
      if (signal?.aborted === true) return;
    } finally {
      stop.abort();
    }
  }
}

/** A stream that ends before what was read from it has lost its tail: it goes on behind what it still has. */
async function startAt(nc: NatsConnection, place: ExecutorPlace, next: number): Promise<number> {
  const jsm = await jetstreamManager(nc, { checkAPI: false });
  const { state } = await jsm.streams.info(eventStream(place));
  return Math.min(next, state.last_seq + 1);
}

function messages(
  nc: NatsConnection,
  place: ExecutorPlace,
  { ledger, start, follow }: { readonly ledger: LedgerName; readonly start: number; readonly follow: boolean },
  signal: AbortSignal,
): AsyncGenerator<JsMsg, void, undefined> {
  const handover = createHandover<JsMsg>();
  const watched = { stream: eventStream(place), filter: eventSubject(place, ledger), from: start };
  const onLoaded = (): void => {
    if (!follow) handover.end(null);
  };
  watchStream(nc, watched, { onMessage: handover.give, onLoaded }, signal).then(
    () => handover.end(null),
    (error: unknown) => handover.end(error instanceof Error ? error : new Error(String(error))),
  );
  return handover.taken();
}

interface Seen {
  has(position: LedgerPosition | null): boolean;
  add(position: LedgerPosition | null): void;
}

/** Remembers how far each generation was read, for what a server that lost its tail is sent again. */
function createSeen(): Seen {
  const read = new Map<string, number>();
  return {
    has: (position) => position !== null && position.offset <= (read.get(position.generation) ?? -1),
    add: (position) => {
      if (position !== null) read.set(position.generation, position.offset);
    },
  };
}
