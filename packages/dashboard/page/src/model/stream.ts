import type { StreamMessages } from '../../../src/api/types.js';
import { fetchSurfaces } from './api.js';
import { noteServerTime, second, serverNow } from './clock.js';
import { appendColumns, beginColumns, loadMissingColumns } from './columns.js';
import { beginHistory, loadMissingHistory } from './history.js';
import { createStore } from './store.js';
import { contract, status, takeLedger, takeSurface } from './surfaces.js';
import { appendToTail } from './tails.js';

/** How the page stands with the server. */
export interface Connection {
  readonly state: 'connecting' | 'live' | 'lost';
  /** When it last changed, in seconds since 1970 by the server's clock. */
  readonly since: number;
}

export const connection = createStore<Connection>({ state: 'connecting', since: serverNow() });

const RETRY_MS = 1_000;
/** Heartbeats that may be missed before the connection counts as lost. */
const MISSED_HEARTBEATS = 2.5;

let lastEventId = '';
let heartbeatSeconds = 15;
let heardAt = Date.now();
let source: EventSource | null = null;
let generation = 0;

/** Opens the one stream that the page lives on, and opens it again whenever it ends. */
export function openStream(): void {
  const mine = (generation += 1);
  source?.close();
  const search = lastEventId === '' ? '' : `?last_event_id=${encodeURIComponent(lastEventId)}`;
  const opened = new EventSource(`/events${search}`);
  source = opened;
  heardAt = Date.now();
  if (contract.get().size === 0) void loadContract();
  for (const [name, handle] of Object.entries(handlers)) {
    opened.addEventListener(name, (event) => {
      if (mine === generation) receive(event, handle as (message: { readonly now: number }) => void);
    });
  }
  opened.addEventListener('error', () => {
    if (mine !== generation) return;
    disconnected();
    if (opened.readyState !== EventSource.CLOSED) return;
    setTimeout(() => {
      if (mine === generation) openStream();
    }, RETRY_MS);
  });
}

second.watch(() => {
  if (source === null || Date.now() - heardAt < heartbeatSeconds * MISSED_HEARTBEATS * 1000) return;
  disconnected();
  openStream();
});

const handlers: { readonly [E in keyof StreamMessages]: (message: StreamMessages[E]) => void } = {
  hello: ({ resumed, positions, status: facts, ledgers, heartbeat_s }) => {
    heartbeatSeconds = heartbeat_s;
    status.set(facts);
    for (const ledger of ledgers) takeLedger(ledger);
    if (!resumed) for (const [ledger, position] of Object.entries(positions)) begin(ledger, position);
    connection.set({ state: 'live', since: serverNow() });
    loadMissingHistory();
    loadMissingColumns();
    // A server that was restarted may know another contract.
    if (contract.get().size > 0) void loadContract();
  },
  surface: ({ surface }) => takeSurface(surface),
  ledger: ({ ledger, entries, health }) => {
    takeLedger(health);
    appendToTail(ledger, entries);
    appendColumns(ledger, entries, health.position);
  },
  reset: ({ ledger, position, health }) => {
    takeLedger(health);
    begin(ledger, position);
  },
  status: ({ status: facts }) => status.set(facts),
  heartbeat: ({ looked_at, mirror }) =>
    status.update((facts) => (facts === null ? null : { ...facts, looked_at, mirror })),
};

function receive(event: MessageEvent<string>, handle: (message: { readonly now: number }) => void): void {
  heardAt = Date.now();
  if (event.lastEventId !== '') lastEventId = event.lastEventId;
  const message = JSON.parse(event.data) as { readonly now: number };
  noteServerTime(message.now);
  handle(message);
}

function begin(ledger: string, position: string): void {
  beginHistory(ledger, position);
  beginColumns(ledger, position);
}

function disconnected(): void {
  if (connection.get().state !== 'lost') connection.set({ state: 'lost', since: serverNow() });
}

async function loadContract(): Promise<void> {
  try {
    const answer = await fetchSurfaces();
    contract.set(new Map(answer.contract.map((entry) => [entry.name, entry])));
  } catch {
    setTimeout(() => void loadContract(), RETRY_MS * 5);
  }
}
