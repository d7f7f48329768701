import { hasErrors } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import type { Outcome } from './surface-mirror.js';
import type { Sweep } from './sweep.js';

/** What one pass of the mirror did. Plain JSON data; `schemas/records/sync_report.schema.json` is its schema. */
export interface SyncReport {
  /** No finding is an error. */
  readonly ok: boolean;
  /** When the pass began, in seconds since 1970. */
  readonly ts: number;
  /** Files that were put in place or continued; paths below the mirror's root. */
  readonly mirrored: readonly string[];
  /** Files of which the mirror already held everything that can be mirrored. */
  readonly unchanged: readonly string[];
  /** Files that the source has and that could not be mirrored; a finding says why. */
  readonly skipped: readonly string[];
  /** Files below the mirror's root in which this pass kept what it could not put in place, or listed broken lines. */
  readonly quarantined: readonly string[];
  /** Partial files that were removed from the mirror. */
  readonly removed: readonly string[];
  /** Partial files that were removed from the source; paths below the source's root. */
  readonly removed_source: readonly string[];
  /** Files of the source that the contract does not know and that are not mirrored, at most 1,000; paths below the source's root. */
  readonly undeclared: readonly string[];
  /** Ledger lines that this pass completed in the mirror. */
  readonly lines: number;
  /** Those of them that are not valid; they are mirrored as they are. */
  readonly invalid_lines: number;
  /** Ledger bytes of the source that the mirror does not hold yet, a last line without a newline included. */
  readonly lag_bytes: number;
  /** How long the source has held something that the mirror does not, in seconds; 0 when the mirror is complete, null when the source cannot be read. */
  readonly lag_s: number | null;
  readonly findings: readonly Finding[];
}

/** What a pass saw of one surface. */
export interface SurfaceOutcome {
  readonly file: string;
  readonly outcome: Outcome;
}

/** Puts a report together. */
export function reportOf(
  ts: number,
  surfaces: readonly SurfaceOutcome[],
  swept: Sweep,
  lagSeconds: number | null,
  rootFindings: readonly Finding[],
): SyncReport {
  const outcomes = surfaces.map(({ outcome }) => outcome);
  const findings = [...rootFindings, ...outcomes.flatMap((each) => each.findings), ...swept.findings];
  const files = (status: Outcome['status']): string[] =>
    surfaces
      .filter(({ outcome }) => outcome.status === status)
      .map(({ file }) => file)
      .toSorted();
  return {
    ok: !hasErrors(findings),
    ts,
    mirrored: files('mirrored'),
    unchanged: files('unchanged'),
    skipped: files('skipped'),
    quarantined: outcomes.flatMap((each) => each.quarantined).toSorted(),
    removed: swept.removed,
    removed_source: swept.removedSource,
    undeclared: swept.undeclared,
    lines: total(outcomes, ({ lines }) => lines),
    invalid_lines: total(outcomes, ({ invalidLines }) => invalidLines),
    lag_bytes: total(outcomes, ({ lagBytes }) => lagBytes),
    lag_s: lagSeconds,
    findings,
  };
}

function total(outcomes: readonly Outcome[], of: (outcome: Outcome) => number): number {
  return outcomes.reduce((sum, each) => sum + of(each), 0);
}
