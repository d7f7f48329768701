import type { LedgerName, StateName } from '@hedge-telemetry/contract';
import type { ExecutorPlace } from './names.js';

/** Bytes and what is said of them. Values hold no line ends. */
export interface SinkRecord {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** A record that the sink holds. */
export interface StoredRecord extends SinkRecord {
  /** Number under which it was stored. */
  readonly revision: number;
  /** When it was stored, by the sink's clock, in seconds since 1970. */
  readonly time: number;
}

/** Where the event stream of an executor stands: the server's word, which alone is the cursor. */
export interface StreamPosition {
  /** Number of the last record of the stream, of whatever ledger; 0 in a new stream. */
  readonly last: number;
  /** Number of the oldest record that retention has left. */
  readonly first: number;
  /** How long the stream keeps a record, in seconds; null where for ever. */
  readonly maxAge: number | null;
  /** The last record of each ledger that has one. */
  readonly ledgers: ReadonlyMap<LedgerName, StoredRecord>;
}

/** Takes records in order. Each is stored behind the one before or not at all, so that none can go missing between. */
export interface Appender {
  /** Resolves when there is room for the next one. Rejects with a SinkError once one of them was refused. */
  send(ledger: LedgerName, record: SinkRecord): Promise<void>;
  /** Resolves when everything sent is stored. Rejects with a SinkError where that is not so or not known. */
  flush(): Promise<void>;
  /** Records known to be stored. */
  readonly stored: number;
}

/** One executor's connection to a sink. Every method rejects with a SinkError only. */
export interface SinkSession {
  /** Largest payload, in bytes, headers not counted. */
  readonly maxPayload: number;
  position(ledgers: readonly LedgerName[]): Promise<StreamPosition>;
  /** The first record of a ledger whose number is not below `from`. */
  recordFrom(ledger: LedgerName, from: number): Promise<StoredRecord | null>;
  /** Goes on behind the record with the number `last`. There is one appender at a time. */
  appender(last: number): Appender;
  state(surface: StateName): Promise<StoredRecord | null>;
  /** Puts a document in place of that with the revision `expected` (0: none); a `conflict` where another one is there. */
  putState(surface: StateName, record: SinkRecord, expected: number): Promise<number>;
  /** How long a presence lives, in seconds. */
  readonly presenceTtl: number;
  presence(): Promise<StoredRecord | null>;
  putPresence(record: SinkRecord, expected: number): Promise<number>;
  /** Says that the executor's sync has ended, as it should. */
  clearPresence(expected: number): Promise<void>;
  /** False once the connection is gone. */
  readonly open: boolean;
  close(): Promise<void>;
}

/** Where telemetry is carried to. */
export interface RemoteSink {
  /** Rejects with a SinkError. */
  open(place: ExecutorPlace): Promise<SinkSession>;
}

/**
 * conflict: the sink holds something else than expected. unreachable: no server, or no answer. denied: not allowed.
 * not-provisioned: stream or bucket is missing. rejected: the server does not take it, e.g. because it is full.
 */
export type SinkTrouble = 'conflict' | 'unreachable' | 'denied' | 'not-provisioned' | 'rejected';

/** Why a sink did not do what it was asked. */
export class SinkError extends Error {
  override readonly name = 'SinkError';
  readonly code: SinkTrouble;

  constructor(code: SinkTrouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The error as a SinkError; what is none of ours counts as an unreachable server. */
export function sinkError(error: unknown): SinkError {
  if (error instanceof SinkError) return error;
  return new SinkError('unreachable', error instanceof Error ? error.message : String(error), { cause: error });
}
