import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { ApiEntry, StreamMessages } from '../src/api/types.js';

/** One event as it came over the wire. */
export interface StreamEvent<E extends keyof StreamMessages = keyof StreamMessages> {
  readonly event: E;
  readonly id: string | null;
  readonly data: StreamMessages[E];
}

/** A reader of the event stream. */
export interface StreamReader {
  readonly events: readonly StreamEvent[];
  /** The `id:` of the newest event that has one. */
  lastId(): string | null;
  /** Resolves to the first event of this name that fits; rejects after ten seconds. */
  next<E extends keyof StreamMessages>(
    event: E,
    fits?: (data: StreamMessages[E]) => boolean,
  ): Promise<StreamMessages[E]>;
  entries(ledger: string): ApiEntry[];
  close(): void;
  /** Resolves when the connection is over. */
  readonly ended: Promise<void>;
}

const PATIENCE_MS = 10_000;

/** Opens the stream of a server, after an `id:` where one is given. */
export async function openStream(port: number, lastId: string | null = null): Promise<StreamReader> {
  const response = await answered(port, lastId);
  const events: StreamEvent[] = [];
  const listeners = new Set<() => void>();
  let rest = '';
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    const blocks = `${rest}${text}`.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) events.push(parsed(block));
    for (const listener of listeners) listener();
  });
  response.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => response.on('close', resolve));
  return {
    events,
    lastId: () => events.findLast(({ id }) => id !== null)?.id ?? lastId,
    entries: (ledger) =>
      events.flatMap(({ event, data }) => {
        const message = data as StreamMessages['ledger'];
        return event === 'ledger' && message.ledger === ledger ? message.entries : [];
      }),
    next: (event, fits = () => true) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = events.find((each) => each.event === event && fits(each.data as never));
          if (found === undefined) return;
          done();
          resolve(found.data as never);
        };
        const timer = setTimeout(() => {
          done();
          reject(
            new Error(
              `no such ${event} event within ${PATIENCE_MS} ms; there were ${events.map((each) => each.event).join(' ')}`,
            ),
          );
        }, PATIENCE_MS);
        const done = (): void => {
          clearTimeout(timer);
          listeners.delete(look);
        };
        listeners.add(look);
        look();
      }),
    close: () => response.destroy(),
    ended,
  };
}

function answered(port: number, lastId: string | null): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = lastId === null ? {} : { 'last-event-id': lastId };
    const sent = request({ host: '127.0.0.1', port, path: '/events', headers, agent: false }, (response) =>
      response.statusCode === 200 ? resolve(response) : reject(new Error(`status ${response.statusCode}`)),
    );
    sent.on('error', reject);
    sent.end();
  });
}

function parsed(block: string): StreamEvent {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const event = fields.get('event') as keyof StreamMessages;
  return { event, id: fields.get('id') ?? null, data: JSON.parse(fields.get('data') ?? 'null') as never };
}
