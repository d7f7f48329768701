import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { documentTime, finding, registry, stateNames } from '@hedge-telemetry/contract';
import type { Finding, Interpretation, LedgerName, StateName } from '@hedge-telemetry/contract';
import { companionTime, interpretedReading, unknownReading } from '@hedge-telemetry/reader';
import type { Reader, SurfaceReading, TailOptions } from '@hedge-telemetry/reader';
import { sinkFinding } from '../fleet-findings.js';
import { bucketStream, fleetName, isFleetName, keySubject, presenceBucket, stateBucket } from '../names.js';
import { checkPlace } from '../nats/options.js';
import type { NatsPlace } from '../nats/options.js';
import { presenceTtlOf } from '../nats/provision.js';
import type { StoredRecord } from '../sink.js';
import type { FleetEntry } from './fleet-entry.js';
import { tailStream } from './fleet-tail.js';
import { keepConnected } from './link.js';
import { createPresenceBoard } from './presence-board.js';
import type { Presence } from './presence-board.js';
import { createStateStore, stateFilters } from './store.js';
import { tailRecords } from './tail-records.js';
import type { RecordOptions } from './tail-records.js';
import { watchStream } from './watch.js';

export interface FleetReaderOptions extends NatsPlace {
  /** Environment, `prod` where not given. */
  readonly env?: string;
  /** Executors and surfaces that are watched; all where not given. */
  readonly executors?: readonly string[];
  readonly surfaces?: readonly StateName[];
  /** The reader's clock, in seconds since 1970. */
  readonly now?: () => number;
  /** Is told what has changed. What it throws becomes a process warning. */
  readonly onChange?: (change: FleetChange) => void;
}

/** Something that is to be read again. */
export type FleetChange =
  | { readonly kind: 'state'; readonly executor: string; readonly surface: string }
  | { readonly kind: 'presence'; readonly executor: string }
  | { readonly kind: 'connection'; readonly connected: boolean };

/** Whether this reader is connected, and why not. Without a connection, states go on ageing and presence is unknown. */
export interface FleetStatus {
  readonly connected: boolean;
  readonly finding: Finding | null;
}

/** Reads a fleet. What the server holds never makes it throw. */
export interface FleetReader {
  /** Resolves when everything that was there has been received; at the latest when the reader is closed. */
  ready(): Promise<void>;
  status(): FleetStatus;
  /** Executors that have a state or were heard of, sorted; only names that keep to the rule, whoever publishes. */
  executors(): string[];
  presence(executor: string): Presence;
  read<N extends StateName>(executor: string, surface: N): SurfaceReading<N>;
  /** The records of a ledger, as they stand in the stream: `from`, `offset` and `end` are its numbers. */
  tail<N extends LedgerName>(executor: string, ledger: N, options?: TailOptions): AsyncIterable<FleetEntry<N>>;
  /** The bytes of a state document as they were sent; null where there are none. Nobody may write to them. */
  document(executor: string, surface: StateName): Uint8Array | null;
  /** The records of a ledger as they are, bookmarks included, behind those that the marker knows. */
  records(executor: string, ledger: LedgerName, options: RecordOptions): AsyncIterable<StoredRecord>;
  /** One executor, through the interface that reads a directory. */
  executor(name: string): Reader;
  close(): Promise<void>;
}

/**
 * Makes a reader of a fleet, which connects by itself and keeps the process alive until it is closed. Values come by
 * watch: nothing is asked for again and again. Throws a RangeError where a name or an address is none.
 */
export function createFleetReader(options: FleetReaderOptions): FleetReader {
  const { now = () => Date.now() / 1000, onChange, executors, surfaces } = options;
  const env = fleetName('env', options.env ?? 'prod');
  for (const each of executors ?? []) fleetName('executor', each);
  checkPlace(options);
  const states = createStateStore();
  const board = createPresenceBoard((executor) => announce({ kind: 'presence', executor }), now);
  let loaded = false;
  let finish = (): void => undefined;
  const loading = new Promise<void>((resolve) => (finish = resolve));
  const link = keepConnected(options, { onConnected: watchAll, onLost });

  return {
    ready: () => loading,
    status,
    executors: known,
    presence: (name) => board.get(name),
    read,
    tail,
    document: (name, surface) => states.get(name, surface)?.bytes ?? null,
    records: (name, ledger, given) => tailRecords(link, { env, executor: fleetName('executor', name) }, ledger, given),
    executor,
    close,
  };

  function status(): FleetStatus {
    const { trouble } = link;
    return { connected: loaded && trouble === null, finding: trouble === null ? null : sinkFinding(trouble) };
  }

  function known(): string[] {
    return [...new Set([...states.executors(), ...board.executors()])].toSorted();
  }

  function executor(name: string): Reader {
    return {
      read: async (surface) => read(name, surface),
      readAll: async () => stateNames.map((surface) => read<StateName>(name, surface)),
      tail: (ledger, tailOptions) => tail(name, ledger, tailOptions),
    };
  }

  function tail<N extends LedgerName>(
    name: string,
    ledger: N,
    tailOptions: TailOptions = {},
  ): AsyncIterable<FleetEntry<N>> {
    return tailStream(link, { env, executor: fleetName('executor', name) }, ledger, tailOptions);
  }

  function read<N extends StateName>(name: string, surface: N): SurfaceReading<N> {
    const place = { file: join(name, registry[surface].file), now: now() };
    const held = states.get(name, surface);
    if (held === null) return loaded ? never(surface, place) : unknownReading(surface, 'unreadable', unread(), place);
    const interpreted = held.interpreted();
    if ('rule' in interpreted) return unknownReading(surface, 'unreadable', interpreted, place);
    const time = timeOf(name, interpreted);
    return interpretedReading(interpreted as Interpretation<N>, time, place);
  }

  function timeOf(name: string, { surface, candidate }: Interpretation<StateName>): number | null {
    const time = documentTime(registry[surface], candidate);
    const source = registry[surface].age.companion;
    if (time !== null || source === undefined || candidate === undefined) return time;
    const companion = states.get(name, source.surface)?.interpreted();
    return companion === undefined || 'rule' in companion ? null : companionTime(source, candidate, companion);
  }

  function unread(): Finding {
    return status().finding ?? finding('remote-unreachable', { actual: 'the first answer is still awaited' });
  }

  /** Resolves when the connection has ended; rejects where something cannot be watched. */
  async function watchAll(nc: NatsConnection, signal: AbortSignal, established: () => void): Promise<void> {
    const [stateStream, presenceStream] = [bucketStream(stateBucket(env)), bucketStream(presenceBucket(env))];
    board.setTtl(await presenceTtlOf(await jetstreamManager(nc, { checkAPI: false }), env));
    const watches = [
      ...stateFilters(`$KV.${stateBucket(env)}`, executors, surfaces).map((filter) => ({
        stream: stateStream,
        filter,
      })),
      ...(executors ?? ['*']).map((each) => ({
        stream: presenceStream,
        filter: keySubject(presenceBucket(env), each),
      })),
    ];
    let waiting = watches.length;
    const onLoaded = (): void => {
      waiting -= 1;
      if (waiting > 0) return;
      established();
      onConnected();
    };
    await Promise.all(
      watches.map((each) => {
        const onMessage = each.stream === stateStream ? takeState : takePresence;
        return watchStream(nc, each, { onMessage, onLoaded }, signal);
      }),
    );
  }

  function takeState({ subject, data, seq }: { subject: string; data: Uint8Array; seq: number }): void {
    const [, , name = '', surface = ''] = subject.split('.');
    if (!isFleetName(name)) return;
    // A deleted key has an empty value; no document is empty that a sync has sent.
    if (data.length === 0) states.drop(name, surface);
    else states.put(name, surface, Uint8Array.from(data), seq);
    announce({ kind: 'state', executor: name, surface });
  }

  function takePresence({ subject, data }: { subject: string; data: Uint8Array }): void {
    const [, , name = ''] = subject.split('.');
    if (!isFleetName(name)) return;
    if (data.length === 0) board.left(name);
    else board.heard(name);
  }

  function onConnected(): void {
    loaded = true;
    finish();
    board.setConnected(true);
    announce({ kind: 'connection', connected: true });
  }

  function onLost(): void {
    board.setConnected(false);
    announce({ kind: 'connection', connected: false });
  }

  async function close(): Promise<void> {
    board.close();
    await link.close();
    finish();
  }

  function announce(change: FleetChange): void {
    try {
      onChange?.(change);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}

function never<N extends StateName>(surface: N, place: { file: string; now: number }): SurfaceReading<N> {
  const reason = finding('file-missing', {
    message: 'The executor has not sent this surface.',
    expected: 'a document',
    actual: 'nothing',
  });
  return unknownReading(surface, 'never', reason, place);
}
