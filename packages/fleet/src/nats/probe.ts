import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { connectNats } from './connect.js';
import { natsFailure } from './failure.js';
import { timeoutOf } from './options.js';
import type { NatsPlace } from './options.js';

/** What a server says of itself. */
export interface ServerFacts {
  /** Version of the server, e.g. 2.10.22. */
  readonly version: string;
  /** JetStream answers. */
  readonly jetStream: boolean;
  /** Why it does not; null where it does. */
  readonly jetStreamTrouble: string | null;
  /** Time to the server and back, in milliseconds. */
  readonly roundTripMs: number;
}

/**
 * Connects to a server, asks what it is, and leaves: nothing is made or changed. Rejects with a SinkError; throws a
 * RangeError where an address is none or holds credentials.
 */
export async function probeServer(place: NatsPlace): Promise<ServerFacts> {
  const nc = await connectNats(place, {
    name: 'hedge-telemetry doctor',
    inboxPrefix: '_INBOX.doctor',
    reconnect: false,
  });
  try {
    const roundTripMs = await nc.rtt();
    const jetStreamTrouble = await troubleOfJetStream(nc, place);
    return {
      version: nc.info?.version ?? 'unknown',
      jetStream: jetStreamTrouble === null,
      jetStreamTrouble,
      roundTripMs,
    };
  } catch (error) {
    throw natsFailure(error);
  } finally {
    await nc.close();
  }
}

async function troubleOfJetStream(nc: NatsConnection, place: NatsPlace): Promise<string | null> {
  try {
    await (await jetstreamManager(nc, { timeout: timeoutOf(place), checkAPI: false })).getAccountInfo();
    return null;
  } catch (error) {
    const failure = natsFailure(error);
    if (failure.code === 'unreachable') throw failure;
    return failure.message;
  }
}
