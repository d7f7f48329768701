import { readFileSync } from 'node:fs';
import { connect, credsAuthenticator, nkeyAuthenticator } from '@nats-io/transport-node';
import type { Authenticator, NatsConnection, NodeConnectionOptions } from '@nats-io/transport-node';
import { SinkError } from '../sink.js';
import { natsFailure } from './failure.js';
import { serversOf, timeoutOf, wantsTls } from './options.js';
import type { NatsPlace } from './options.js';

/** How a connection behaves; what goes wrong with it for good ends it. */
export interface ConnectionKind {
  readonly name: string;
  /** First tokens of the subjects that answers come to; permissions can be given for it. */
  readonly inboxPrefix: string;
  /** Connects again by itself, for ever. */
  readonly reconnect: boolean;
}

/** Connects. Files are read each time, so that credentials can be renewed. Rejects with a SinkError. */
export async function connectNats(
  place: NatsPlace,
  { name, inboxPrefix, reconnect }: ConnectionKind,
): Promise<NatsConnection> {
  const timeout = timeoutOf(place);
  const options: NodeConnectionOptions = {
    servers: serversOf(place),
    name,
    inboxPrefix,
    timeout,
    reconnect,
    maxReconnectAttempts: reconnect ? -1 : 0,
    reconnectTimeWait: 500,
    pingInterval: 4000,
    maxPingOut: 2,
    ...(wantsTls(place) ? { tls: tlsOf(place) } : {}),
    ...(place.credsFile === undefined ? {} : { authenticator: authenticatorOf(place.credsFile) }),
  };
  try {
    return await connect(options);
  } catch (error) {
    const { code, message } = natsFailure(error);
    throw new SinkError(code, `${serversOf(place).join(', ')}: ${message}`, { cause: error });
  }
}

function tlsOf({ tlsCaFile, tlsCertFile, tlsKeyFile }: NatsPlace): NonNullable<NodeConnectionOptions['tls']> {
  const pair =
    tlsCertFile === undefined || tlsKeyFile === undefined ? {} : { cert: read(tlsCertFile), key: read(tlsKeyFile) };
  return { ...(tlsCaFile === undefined ? {} : { ca: read(tlsCaFile) }), ...pair };
}

function authenticatorOf(file: string): Authenticator {
  const text = read(file);
  if (text.includes('BEGIN NATS USER JWT')) return credsAuthenticator(Buffer.from(text));
  const seed = text.trim();
  if (/^SU[A-Z2-7]{56}$/.test(seed)) return nkeyAuthenticator(Buffer.from(seed));
  throw new SinkError('denied', `${file} holds neither the seed of an nkey user nor the credentials of a JWT user`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    throw new SinkError('denied', `${file} cannot be read: ${code}`);
  }
}
