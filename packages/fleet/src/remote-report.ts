import { hasErrors, registry } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';
import type { ExecutorPlace } from './names.js';
import type { SurfaceOutcome } from './outcome.js';

/** What one pass to a sink did. Plain JSON data; `schemas/records/remote_sync_report.schema.json` is its schema. */
export interface RemoteSyncReport {
  /** No finding is an error. */
  readonly ok: boolean;
  /** When the pass began, in seconds since 1970. */
  readonly ts: number;
  readonly env: string;
  readonly executor: string;
  /** The sink could be reached. */
  readonly connected: boolean;
  /** Why nothing is sent any more; null while it is. */
  readonly stopped: 'SYNC_IDENTITY_CLASH' | null;
  /** Files that were sent or continued; paths below the logs directory. */
  readonly sent: readonly string[];
  /** Files of which the sink already held everything that can be sent. */
  readonly unchanged: readonly string[];
  /** Files that could not be sent; a finding says why. */
  readonly skipped: readonly string[];
  /** Ledger lines that the sink stored in this pass. */
  readonly lines: number;
  /** Those of them that are no JSON; they were sent as they are. */
  readonly malformed_lines: number;
  /** Those of them that were redacted, or of which only the place was sent. */
  readonly withheld_lines: number;
  /** Ledger bytes that the sink does not hold yet, a last line without a newline included. */
  readonly lag_bytes: number;
  /** How long ago the sink last held everything, in seconds; 0 when it does now, null when that was not seen yet. */
  readonly lag_s: number | null;
  readonly findings: readonly Finding[];
}

/** What a pass learned. */
export interface PassFacts extends ExecutorPlace {
  readonly ts: number;
  readonly connected: boolean;
  readonly stopped: RemoteSyncReport['stopped'];
  readonly outcomes: readonly SurfaceOutcome[];
  readonly lagSeconds: number | null;
  readonly findings: readonly Finding[];
}

/** Puts a report together. */
export function remoteReport(facts: PassFacts): RemoteSyncReport {
  const { ts, env, executor, connected, stopped, outcomes, lagSeconds } = facts;
  const findings = [...facts.findings, ...outcomes.flatMap((each) => each.findings)];
  const files = (status: SurfaceOutcome['status']): string[] =>
    outcomes
      .filter((each) => each.status === status)
      .map(({ surface }) => registry[surface].file)
      .toSorted();
  return {
    ok: !hasErrors(findings),
    ts,
    env,
    executor,
    connected,
    stopped,
    sent: files('sent'),
    unchanged: files('unchanged'),
    skipped: files('skipped'),
    lines: total(outcomes, ({ lines }) => lines),
    malformed_lines: total(outcomes, ({ malformedLines }) => malformedLines),
    withheld_lines: total(outcomes, ({ withheldLines }) => withheldLines),
    lag_bytes: total(outcomes, ({ lagBytes }) => lagBytes),
    lag_s: lagSeconds,
    findings,
  };
}

function total(outcomes: readonly SurfaceOutcome[], of: (outcome: SurfaceOutcome) => number): number {
  return outcomes.reduce((sum, each) => sum + of(each), 0);
}
