import type { LedgerName, StateName } from '@hedge-telemetry/contract';
import type { ExecutorPlace } from './names.js';
import { PRESENCE_TTL_S } from './presence.js';
import { SinkError } from './sink.js';
import type { Appender, RemoteSink, SinkRecord, SinkSession, StoredRecord, StreamPosition } from './sink.js';

/** A sink that keeps everything in this process: for tests. */
export interface MemorySink extends RemoteSink {
  /** The bytes of a ledger as its records give them. */
  ledger(place: ExecutorPlace, ledger: LedgerName): Buffer;
  /** The records of a ledger, oldest first. */
  records(place: ExecutorPlace, ledger: LedgerName): readonly StoredRecord[];
  state(place: ExecutorPlace, surface: StateName): StoredRecord | null;
  isPresent(place: ExecutorPlace): boolean;
  /** While false, nothing can be reached. */
  setReachable(reachable: boolean): void;
  /** Forgets the newest records of a stream, as a server does that is restored from a copy. */
  rollBack(place: ExecutorPlace, records: number): void;
}

export interface MemorySinkOptions {
  /** Largest payload, in bytes; 1 MiB where not given. */
  readonly maxPayload?: number;
  /** The sink's clock, in seconds since 1970. */
  readonly now?: () => number;
}

interface Event extends StoredRecord {
  readonly ledger: LedgerName;
}

interface Store {
  last: number;
  readonly events: Event[];
  readonly values: Map<string, StoredRecord>;
  valueRevision: number;
}

const DEFAULT_MAX_PAYLOAD = 1024 * 1024;
const PRESENCE = 'presence';

/** Makes an empty sink. Its rules are those of the NATS one: records are refused that are not the next ones. */
export function createMemorySink(options: MemorySinkOptions = {}): MemorySink {
  const { maxPayload = DEFAULT_MAX_PAYLOAD, now = () => Date.now() / 1000 } = options;
  const stores = new Map<string, Store>();
  let reachable = true;

  return {
    open: async (place) => {
      check();
      return sessionOf(storeOf(place));
    },
    ledger: (place, ledger) => Buffer.concat(of(place, ledger).map(({ bytes }) => bytes)),
    records: of,
    state: (place, surface) => storeOf(place).values.get(surface) ?? null,
    isPresent: (place) => held(storeOf(place), PRESENCE) !== null,
    setReachable: (value) => {
      reachable = value;
    },
    rollBack: (place, records) => {
      const store = storeOf(place);
      store.events.splice(Math.max(0, store.events.length - records));
      store.last = store.events.at(-1)?.revision ?? 0;
    },
  };

  function storeOf({ env, executor }: ExecutorPlace): Store {
    const key = `${env} ${executor}`;
    const store = stores.get(key) ?? { last: 0, events: [], values: new Map(), valueRevision: 0 };
    stores.set(key, store);
    return store;
  }

  function of(place: ExecutorPlace, ledger: LedgerName): Event[] {
    return storeOf(place).events.filter((each) => each.ledger === ledger);
  }

  function check(): void {
    if (!reachable) throw new SinkError('unreachable', 'the memory sink is switched off');
  }

  function sessionOf(store: Store): SinkSession {
    return {
      maxPayload,
      position: async (ledgers) => {
        check();
        return positionOf(store, ledgers);
      },
      recordFrom: async (ledger, from) => {
        check();
        return store.events.find((each) => each.ledger === ledger && each.revision >= from) ?? null;
      },
      appender: (last) => appenderOf(store, last),
      state: async (surface) => value(store, surface),
      putState: async (surface, record, expected) => put(store, surface, record, expected),
      presenceTtl: PRESENCE_TTL_S,
      presence: async () => value(store, PRESENCE),
      putPresence: async (record, expected) => put(store, PRESENCE, record, expected),
      clearPresence: async (expected) => {
        if (value(store, PRESENCE)?.revision === expected) store.values.delete(PRESENCE);
      },
      get open() {
        return reachable;
      },
      close: async () => undefined,
    };
  }

  function value(store: Store, key: string): StoredRecord | null {
    check();
    return held(store, key);
  }

  /** A presence that was not renewed is gone. */
  function held(store: Store, key: string): StoredRecord | null {
    const record = store.values.get(key) ?? null;
    return key === PRESENCE && record !== null && now() - record.time > PRESENCE_TTL_S ? null : record;
  }

  function put(store: Store, key: string, { bytes, headers }: SinkRecord, expected: number): number {
    const revision = value(store, key)?.revision ?? 0;
    if (revision !== expected) throw new SinkError('conflict', `revision ${revision}, expected ${expected}`);
    store.valueRevision += 1;
    store.values.set(key, { bytes: Uint8Array.from(bytes), headers, revision: store.valueRevision, time: now() });
    return store.valueRevision;
  }

  function appenderOf(store: Store, after: number): Appender {
    let last = after;
    let stored = 0;
    return {
      send: async (ledger, { bytes, headers }) => {
        check();
        if (store.last !== last) throw new SinkError('conflict', `last is ${store.last}, expected ${last}`);
        last += 1;
        stored += 1;
        store.last = last;
        store.events.push({ ledger, bytes: Uint8Array.from(bytes), headers, revision: last, time: now() });
      },
      flush: async () => check(),
      get stored() {
        return stored;
      },
    };
  }
}

function positionOf(store: Store, ledgers: readonly LedgerName[]): StreamPosition {
  const found = new Map<LedgerName, StoredRecord>();
  for (const ledger of ledgers) {
    const record = store.events.findLast((each) => each.ledger === ledger);
    if (record !== undefined) found.set(ledger, record);
  }
  return { last: store.last, first: store.events[0]?.revision ?? store.last + 1, maxAge: null, ledgers: found };
}
