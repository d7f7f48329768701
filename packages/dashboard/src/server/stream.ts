import type { IncomingMessage, ServerResponse } from 'node:http';
import { ledgerNames } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import type { HelloMessage } from '../api/types.js';
import { frameOf } from '../hub/frame.js';
import type { Frame } from '../hub/frame.js';
import type { Hub } from '../hub/hub.js';
import { parseStreamId, positionText, streamId } from '../ledger/position.js';
import type { Positions } from '../ledger/position.js';
import { missed } from './missed.js';
import { failure, SECURITY_HEADERS, send } from './respond.js';

/** The open event streams. */
export interface Streams {
  /** Answers a request for the event stream, and keeps it open. */
  open(request: IncomingMessage, response: ServerResponse, lastId: string | null): Promise<void>;
  count(): number;
  /** How many readers were dropped because they did not keep up. */
  dropped(): number;
  close(): void;
}

export interface StreamOptions {
  /** Streams that may be open at once. */
  readonly maxClients: number;
  /** A reader that leaves more than this unread for longer than `graceMs` is dropped, in bytes; sixteen times as much is dropped at once. */
  readonly maxUnreadBytes: number;
  /** A burst may take a reader so long, in milliseconds. */
  readonly graceMs: number;
  /** A reader that leaves anything unread for longer than this is dropped, in milliseconds. */
  readonly maxUnreadMs: number;
  readonly heartbeatMs: number;
}

/** What may be unread at one moment, over what may be unread for long. */
const BURST = 16;

/** One reader of the stream. */
interface Client {
  readonly response: ServerResponse;
  /** Frames that came while it was catching up; null once it has. */
  waiting: Frame[] | null;
  waitingBytes: number;
  /** Since when it has left something unread; null where it has not. */
  behindSince: number | null;
}

/** Serves the frames of a hub: each is made once, and the same bytes go to every reader. */
export function createStreams(hub: Hub, options: StreamOptions): Streams {
  const clients = new Set<Client>();
  let dropped = 0;
  const unsubscribe = hub.subscribe((frame) => {
    for (const client of clients) deliver(client, frame);
  });
  const heartbeat = setInterval(() => {
    const frame = frameOf('heartbeat', { now: hub.now(), looked_at: hub.lookedAt(), mirror: hub.status().mirror });
    for (const client of clients) {
      dropIfSlow(client);
      deliver(client, frame);
    }
  }, options.heartbeatMs);

  return {
    open,
    count: () => clients.size,
    dropped: () => dropped,
    close: () => {
      clearInterval(heartbeat);
      unsubscribe();
      for (const client of clients) client.response.destroy();
      clients.clear();
    },
  };

  async function open(request: IncomingMessage, response: ServerResponse, lastId: string | null): Promise<void> {
    if (clients.size >= options.maxClients)
      return send(
        response,
        failure(429, 'clients', 'Too many event streams are open.', { 'retry-after': '10' }),
        false,
      );
    startStream(response);
    if (request.method === 'HEAD') return void response.end();
    const client: Client = { response, waiting: [], waitingBytes: 0, behindSince: null };
    clients.add(client);
    response.on('close', () => clients.delete(client));
    response.on('drain', () => {
      client.behindSince = null;
    });
    await greet(client, lastId === null ? null : parseStreamId(lastId));
  }

  /** Everything from `hub.positions()` on waits in the client until it has what lies before. */
  async function greet(client: Client, from: Positions | null): Promise<void> {
    const to = hub.positions();
    const surfaces = hub.surfaceFrames();
    write(client, frameOf('hello', hello(from ?? to, from !== null), streamId(from ?? to)));
    for (const frame of surfaces) write(client, frame);
    if (from !== null) {
      for await (const frame of missed(hub, from, to)) {
        write(client, frame);
        if (!(await drained(client))) return;
      }
    }
    const waiting = client.waiting ?? [];
    client.waiting = null;
    for (const frame of waiting) write(client, frame);
  }

  function hello(positions: Positions, resumed: boolean): HelloMessage {
    const named = Object.fromEntries(ledgerNames.map((ledger) => [ledger, positionText(positions[ledger])]));
    return {
      protocol: 1,
      now: hub.now(),
      started_at: hub.startedAt,
      resumed,
      heartbeat_s: options.heartbeatMs / 1000,
      positions: named as Record<LedgerName, string>,
      status: hub.status(),
      ledgers: hub.ledgers(),
    };
  }

  function deliver(client: Client, frame: Frame): void {
    if (client.waiting === null) return write(client, frame);
    client.waiting.push(frame);
    client.waitingBytes += frame.bytes.length;
    if (client.waitingBytes > BURST * options.maxUnreadBytes) drop(client);
  }

  function write(client: Client, { bytes }: Frame): void {
    const { response } = client;
    if (response.destroyed) return;
    if (response.write(bytes)) return;
    client.behindSince ??= performance.now();
    dropIfSlow(client);
  }

  /** Asked on every write and with every heartbeat: nothing is written to a reader that is still to take what it missed. */
  function dropIfSlow(client: Client): void {
    if (client.behindSince === null) return;
    const behindMs = performance.now() - client.behindSince;
    const unread = client.response.writableLength;
    const isSlow = behindMs > options.graceMs && unread > options.maxUnreadBytes;
    if (isSlow || behindMs > options.maxUnreadMs || unread > BURST * options.maxUnreadBytes) drop(client);
  }

  function drop(client: Client): void {
    if (!clients.delete(client)) return;
    dropped += 1;
    client.waiting = null;
    client.response.destroy();
  }
}

/** Without a length and without chunks: the connection ends the stream. */
function startStream(response: ServerResponse): void {
  response.removeHeader('transfer-encoding');
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
    connection: 'close',
  });
  response.socket?.setNoDelay(true);
  response.flushHeaders();
}

/** Resolves to false where the reader is gone. */
async function drained({ response }: Client): Promise<boolean> {
  while (response.writableNeedDrain && !response.destroyed) {
    await new Promise<void>((resolve) => {
      const end = (): void => {
        response.off('drain', end).off('close', end);
        resolve();
      };
      response.on('drain', end).on('close', end);
    });
  }
  return !response.destroyed;
}
