import type { FieldNode, Finding, LedgerName, ReadingState, StateName, SurfaceName } from '@hedge-telemetry/contract';
import type { ApiEnvironment, ApiExecutor, ApiMirror, ApiQuarantine } from './facts.js';

export type * from './facts.js';

/** A state surface as it stands. Ages count from `timestamp`; those in here were true at `read_at`. */
export interface ApiSurface {
  readonly name: StateName;
  /** Path below the directory that is shown. */
  readonly file: string;
  readonly state: ReadingState;
  /** The document's own timestamp, in seconds since 1970; null where it tells no time. */
  readonly timestamp: number | null;
  /** Seconds; null where the document tells no time. */
  readonly age_s: number | null;
  /** Seconds that the content was already old when the document was written; counts on top of the age. 0 where the contract names none. */
  readonly content_age_s: number;
  /** Seconds; null where silence is normal. */
  readonly stale_after_s: number | null;
  /** Server clock when the ages and states in here were computed, in seconds since 1970. */
  readonly read_at: number;
  /** Schema tag that the document carries, e.g. "nav_v1", known or not; null where it carries none. */
  readonly version_seen: string | null;
  /** Version of the contract that `readings` are in; null where the document is not understood. */
  readonly version: string | null;
  /** Version of the contract that this server knows. */
  readonly version_expected: string;
  /** "canonical", "v<major>", the name of a legacy dialect, or null where the shape is not known. */
  readonly dialect: string | null;
  /** True where the whole document fits the contract; null where there is no document. */
  readonly valid: boolean | null;
  /** Errors first; at most 50. Paths are below the directory that is shown. */
  readonly findings: readonly Finding[];
  readonly finding_count: number;
  readonly quarantine: ApiQuarantine;
  /**
   * Every declared field as `{state, value, age_s, raw?}`. Objects are objects of these; a known array or map is one
   * Reading whose value holds items of them. Integers beyond 2^53 are strings of digits.
   */
  readonly readings: unknown;
}

/** A line of a ledger, understood or not. */
export interface ApiEntry {
  /** Position of the line: unique for ever, also after the file was rotated. */
  readonly id: string;
  /** Line of the file counted from 1; null where reading did not start at the beginning. */
  readonly line: number | null;
  /** The canonical record, migrated where the line was in a legacy dialect; null where it is not understood. */
  readonly record: unknown;
  /** The text of the line, at most 4,096 characters, where `record` is null; else null. */
  readonly raw: string | null;
  readonly dialect: string | null;
  readonly version: string | null;
  readonly findings: readonly Finding[];
}

/** A ledger as it stands. */
export interface ApiLedger {
  readonly name: LedgerName;
  /** Path below the directory that is shown; a legacy file that stands for it where it does not exist. */
  readonly file: string;
  /** fresh, stale or skewed by the newest line that could be read; absent where the file holds none, never where there is no file, unreadable where it cannot be opened. */
  readonly state: ReadingState;
  /** The newest record's own timestamp, in seconds since 1970. */
  readonly timestamp: number | null;
  readonly age_s: number | null;
  readonly stale_after_s: number | null;
  readonly read_at: number;
  readonly version_expected: string;
  /** Dialect of the newest line. */
  readonly dialect: string | null;
  /** Bytes of the current file; null where there is none. */
  readonly size: number | null;
  /** Rotated segments beside it. */
  readonly segments: number;
  /** Lines that this server looked at (the newest ones at its start, and all since), and those that break the contract. */
  readonly lines_seen: number;
  readonly lines_invalid: number;
  /** What is wrong with the newest line that something is wrong with. */
  readonly last_finding: Finding | null;
  readonly quarantine: ApiQuarantine;
  /** After the newest complete line: `before` of a page of history that joins the stream exactly. */
  readonly position: string;
}

/** A change of the risk mode that this server saw. */
export interface ApiRiskTransition {
  /** Document time where there is one, else server time; seconds since 1970. */
  readonly ts: number;
  readonly state: ReadingState;
  /** The mode as it is spelled; null where it is not known. */
  readonly mode: string | null;
  readonly reason: string | null;
}

/** Facts that are not of one surface. */
export interface ApiStatus {
  /** Server clock, in seconds since 1970. */
  readonly now: number;
  readonly started_at: number;
  readonly environment: ApiEnvironment;
  readonly executor: ApiExecutor;
  /** Null where no mirror reports in this directory. */
  readonly mirror: ApiMirror | null;
  /** When the server last looked at every file, in seconds since 1970: what it tells of them is as they were then. */
  readonly looked_at: number;
  /**
   * The least trustworthy state of all state surfaces, of ledgers that cannot be read, and of the mirror: unreadable,
   * invalid, skewed, stale, never, absent, fresh, in this order.
   */
  readonly worst: ReadingState;
  /** Oldest first, at most 1,000, since the server started. */
  readonly risk_transitions: readonly ApiRiskTransition[];
}

/** What the contract says of a surface or ledger. */
export interface ApiContractEntry {
  readonly name: SurfaceName;
  readonly kind: 'state' | 'ledger';
  readonly file: string;
  readonly title: string;
  readonly description: string;
  readonly status: 'stable' | 'experimental' | 'deprecated';
  readonly owner: string;
  readonly writer: string;
  readonly cadence: string;
  readonly stale_after_s: number | null;
  readonly version: string;
  readonly schema_tag: string;
  readonly sensitivity: string;
  /** JSON pointer of the timestamp that age is measured from. */
  readonly age_pointer: string;
  /** Every field: description, unit, enum, whenNull, whenAbsent … */
  readonly root: FieldNode;
}

/** `GET /api/v1/surfaces` */
export interface SurfacesAnswer {
  readonly status: ApiStatus;
  readonly surfaces: readonly ApiSurface[];
  readonly ledgers: readonly ApiLedger[];
  readonly contract: readonly ApiContractEntry[];
}

/** `GET /api/v1/surfaces/<name>`: of a state surface. */
export interface SurfaceAnswer {
  readonly now: number;
  readonly surface: ApiSurface;
  readonly contract: ApiContractEntry;
}

/** `GET /api/v1/ledgers/<name>`: lines in file order, oldest first, whatever direction was asked for. */
export interface LedgerAnswer {
  readonly now: number;
  readonly ledger: LedgerName;
  readonly file: string;
  readonly entries: readonly ApiEntry[];
  /** Position of the first entry: `before` of the page that precedes this one; null where nothing precedes. */
  readonly previous: string | null;
  /** Position after the last entry: `from` of the page that follows. */
  readonly next: string;
  /** More lines follow `next`. */
  readonly more: boolean;
  /** No file of the ledger holds the position that was asked for any more: it was replaced, or its segment was deleted. */
  readonly gone: boolean;
}

/** `GET /api/v1/ledgers/<name>?fields=ts,symbol`: one array per field, all of the same length; what is null or absent is null. */
export interface ColumnsAnswer {
  readonly now: number;
  readonly ledger: LedgerName;
  readonly file: string;
  /** By the name asked for. Timestamps (`iso8601` and `epoch_s` fields) are seconds since 1970. */
  readonly columns: Readonly<Record<string, readonly unknown[]>>;
  readonly count: number;
  /** Lines that break the contract and are in no column. */
  readonly invalid: number;
  /** Position after the last line that was read. */
  readonly next: string;
  /** Lines older than these were left out because of `limit`. */
  readonly truncated: boolean;
}

/** Every answer that is not 2xx: what was wrong, without paths or stacks. */
export interface ErrorAnswer {
  readonly error: { readonly code: string; readonly message: string };
}

/** `GET /healthz`: 200 where ok, else 503. */
export interface HealthAnswer {
  readonly ok: boolean;
  readonly now: number;
  readonly uptime_s: number;
  /** The directory can be read. */
  readonly directory: boolean;
  /** Seconds since every file was last looked at; too many of them are a 503. */
  readonly look_age_s: number;
  readonly worst: ReadingState;
  /** How many state surfaces are in which state. */
  readonly states: Readonly<Record<ReadingState, number>>;
  readonly clients: number;
}

/** Event `hello`, first on every connection. `id:` is the position of all ledgers before what follows. */
export interface HelloMessage {
  readonly protocol: 1;
  /** Server clock, in seconds since 1970. */
  readonly now: number;
  readonly started_at: number;
  /** True where the Last-Event-ID was understood: every ledger line after it follows, each once. */
  readonly resumed: boolean;
  /** Seconds between two heartbeats. */
  readonly heartbeat_s: number;
  /** Where the stream of each ledger begins: `before` of the history that joins it. */
  readonly positions: Readonly<Record<LedgerName, string>>;
  readonly status: ApiStatus;
  readonly ledgers: readonly ApiLedger[];
}

/** Event `surface`: of every surface after `hello`, then whenever its file or its state changed. */
export interface SurfaceMessage {
  readonly now: number;
  readonly surface: ApiSurface;
}

/** Event `ledger`: lines that were appended, in order; none where the ledger stands otherwise without one. `id:` is the position of all ledgers after it. */
export interface LedgerMessage {
  readonly now: number;
  readonly ledger: LedgerName;
  readonly entries: readonly ApiEntry[];
  /** How the ledger stands after these lines. */
  readonly health: ApiLedger;
}

/** Event `reset`: the ledger was replaced or is too far ahead: drop what is shown of it and fetch the newest page before `position`. */
export interface ResetMessage {
  readonly now: number;
  readonly ledger: LedgerName;
  readonly position: string;
  readonly reason: string;
  readonly health: ApiLedger;
}

/** Event `status`: whenever something of it changed (its `now` and what every heartbeat tells apart). */
export interface StatusMessage {
  readonly now: number;
  readonly status: ApiStatus;
}

/** Event `heartbeat`. */
export interface HeartbeatMessage {
  readonly now: number;
  readonly looked_at: number;
  readonly mirror: ApiMirror | null;
}

/** The events of `/events` by name. */
export interface StreamMessages {
  readonly hello: HelloMessage;
  readonly surface: SurfaceMessage;
  readonly ledger: LedgerMessage;
  readonly reset: ResetMessage;
  readonly status: StatusMessage;
  readonly heartbeat: HeartbeatMessage;
}
