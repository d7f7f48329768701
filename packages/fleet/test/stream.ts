import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { eventStream } from '../src/names.js';
import type { ExecutorPlace } from '../src/names.js';

/** What the stream of an executor holds: the bytes of each ledger, in the order of the stream, and how many records. */
export interface Streamed {
  readonly records: number;
  readonly ledgers: ReadonlyMap<string, Buffer>;
}

/** Reads a stream from its first record to its last, as any client would. */
export async function readStream(url: string, place: ExecutorPlace): Promise<Streamed> {
  const nc = await connect({ servers: url });
  try {
    const jsm = await jetstreamManager(nc);
    const stream = eventStream(place);
    const { state } = await jsm.streams.info(stream);
    const parts = new Map<string, Uint8Array[]>();
    let records = 0;
    if (state.messages > 0) {
      const consumer = await jsm.jetstream().consumers.get(stream);
      for await (const message of await consumer.consume({ max_messages: 2000 })) {
        const ledger = message.subject.split('.').at(-1) ?? '';
        const bytes = parts.get(ledger) ?? [];
        bytes.push(Uint8Array.from(message.data));
        parts.set(ledger, bytes);
        records += 1;
        if (message.info.pending === 0) break;
      }
    }
    return { records, ledgers: new Map([...parts].map(([ledger, each]) => [ledger, Buffer.concat(each)])) };
  } finally {
    await nc.close();
  }
}
