import { DeliverPolicy, jetstream } from '@nats-io/jetstream';
import type { JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';

/** What of a stream is watched. */
export interface Watched {
  readonly stream: string;
  /** Subject that the messages are of. */
  readonly filter: string;
  /** Number of the first message; the last message of each subject where not given. */
  readonly from?: number;
}

export interface WatchEvents {
  readonly onMessage: (message: JsMsg) => void | Promise<void>;
  /** Everything that was there when the watch began has been given. */
  readonly onLoaded: () => void;
}

/** Most messages that wait in this process. */
const BUFFER_MESSAGES = 1000;

/**
 * Gives the messages of a stream in order until the signal is aborted or the connection ends. Nothing is asked for in
 * turns: the server sends what is published. Rejects where the stream cannot be watched.
 */
export async function watchStream(
  nc: NatsConnection,
  { stream, filter, from }: Watched,
  { onMessage, onLoaded }: WatchEvents,
  signal: AbortSignal,
): Promise<void> {
  const start =
    from === undefined
      ? { deliver_policy: DeliverPolicy.LastPerSubject }
      : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: Math.max(1, from) };
  const consumer = await jetstream(nc).consumers.get(stream, { ...start, filter_subjects: filter });
  let isLoaded = (await consumer.info(true)).num_pending === 0;
  if (isLoaded) onLoaded();
  const messages = await consumer.consume({ max_messages: BUFFER_MESSAGES });
  const end = (): void => messages.stop();
  signal.addEventListener('abort', end);
  void nc.closed().then(end);
  if (signal.aborted) end();
  try {
    for await (const message of messages) {
      await onMessage(message);
      if (!isLoaded && message.info.pending === 0) {
        isLoaded = true;
        onLoaded();
      }
    }
  } finally {
    signal.removeEventListener('abort', end);
  }
}
