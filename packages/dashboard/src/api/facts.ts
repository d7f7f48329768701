import type { ReadingState } from '@hedge-telemetry/contract';

/** Where an executor trades. UNKNOWN where its telemetry does not say so: it is never guessed. */
export type EnvironmentName = 'LIVE' | 'TESTNET' | 'DRY-RUN' | 'DEMO' | 'UNKNOWN';

/** The environment and what it was read from. */
export interface ApiEnvironment {
  readonly name: EnvironmentName;
  /** The field or record that says so, e.g. "v6_runtime_probe /environment is DEMO"; null where nothing does. */
  readonly evidence: string | null;
  /** How far what says so can be trusted: a document that is stale tells where the executor traded. absent where nothing does. */
  readonly state: ReadingState;
  /** When what says so was written, in seconds since 1970; null where it does not tell. */
  readonly timestamp: number | null;
}

/** Who wrote the telemetry, as far as it says. */
export interface ApiExecutor {
  readonly name: string | null;
  readonly engine_version: string | null;
  readonly run_id: string | null;
}

/** A document or line that the mirror set aside because it breaks the contract. */
export interface ApiQuarantined {
  /** Path below the directory that is shown. */
  readonly file: string;
  /** Line of the ledger it comes from; null where it is a whole document. */
  readonly line: number | null;
  /** When it was set aside, in seconds since 1970; null where the record does not say. */
  readonly ts: number | null;
  /** Why; null where the record does not say. */
  readonly reason: string | null;
  /** Beginning of what stood there; null where it is not kept as text. */
  readonly excerpt: string | null;
}

/** What a surface has in quarantine. */
export interface ApiQuarantine {
  /** Null where no mirror keeps a quarantine in this directory. */
  readonly count: number | null;
  /** The newest ones. */
  readonly records: readonly ApiQuarantined[];
}

/** How the mirror that wrote the shown directory stands. */
export interface ApiMirror {
  /** When its newest pass began, in seconds since 1970. */
  readonly ts: number;
  readonly ok: boolean;
  /** Seconds for which the source has held something that the mirror does not; null where the source cannot be read. */
  readonly lag_s: number | null;
  readonly lag_bytes: number;
  /** Age of `ts` in seconds beyond which the mirror has stopped or hangs; null where nobody promised a further pass. */
  readonly stale_after_s: number | null;
}
