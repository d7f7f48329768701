import { setTimeout as sleep } from 'node:timers/promises';
import type { NatsConnection } from '@nats-io/transport-node';
import { createBackoff } from '../backoff.js';
import { connectNats } from '../nats/connect.js';
import { natsFailure } from '../nats/failure.js';
import type { NatsPlace } from '../nats/options.js';
import { SinkError } from '../sink.js';

/** A connection that is made again whenever it is lost; each one starts from nothing. */
export interface Link {
  /** The connection of now; waits for one where there is none. Null once the link is closed or the signal aborted. */
  connection(signal?: AbortSignal): Promise<NatsConnection | null>;
  /** Why there is no connection that is of use; null where there is one, or none was tried yet. */
  readonly trouble: SinkError | null;
  close(): Promise<void>;
}

export interface LinkEvents {
  /** Uses a connection until it ends; what it throws ends the connection. It calls `established` once that is of use. */
  readonly onConnected: (nc: NatsConnection, signal: AbortSignal, established: () => void) => Promise<void>;
  readonly onLost: (trouble: SinkError) => void;
}

/** Keeps a connection until it is closed. It waits longer after each one that came to nothing. */
export function keepConnected(place: NatsPlace, { onConnected, onLost }: LinkEvents): Link {
  const stop = new AbortController();
  let current: NatsConnection | null = null;
  let trouble: SinkError | null = null;
  const waiting = new Set<() => void>();
  const done = run();

  return {
    connection,
    get trouble() {
      return trouble;
    },
    close: async () => {
      stop.abort();
      await current?.close();
      await done;
    },
  };

  async function connection(signal?: AbortSignal): Promise<NatsConnection | null> {
    for (;;) {
      if (stop.signal.aborted || signal?.aborted === true) return null;
      if (current?.isClosed() === false) return current;
      await next(signal);
    }
  }

  function next(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        waiting.delete(end);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      waiting.add(end);
      signal?.addEventListener('abort', end);
    });
  }

  async function run(): Promise<void> {
    const backoff = createBackoff();
    while (!stop.signal.aborted) {
      const ended = new AbortController();
      const signal = AbortSignal.any([ended.signal, stop.signal]);
      try {
        const nc = await connectNats(place, {
          name: 'hedge-telemetry reader',
          inboxPrefix: '_INBOX.reader',
          reconnect: false,
        });
        current = nc;
        rouse();
        void nc.closed().then(() => ended.abort());
        await onConnected(nc, signal, () => {
          trouble = null;
          backoff.reset();
        });
        await nc.close();
        trouble = new SinkError('unreachable', 'the connection was lost');
      } catch (error) {
        await current?.close();
        trouble = natsFailure(error);
      }
      ended.abort();
      current = null;
      if (stop.signal.aborted) break;
      onLost(trouble);
      await sleep(backoff.next(), undefined, { signal: stop.signal }).catch(() => undefined);
    }
    rouse();
  }

  function rouse(): void {
    for (const each of waiting) each();
  }
}
