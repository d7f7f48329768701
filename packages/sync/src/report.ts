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
  /** How long it took, in seconds. */
  readonly duration_s: number;
  /** follow: more passes follow. once: none does, unless it is asked for. */
  readonly mode: 'follow' | 'once';
  /** When the mirror was begun that made this pass, in seconds since 1970. */
  readonly started_at: number;
  /** Passes since then, this one included. */
  readonly passes: number;
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
  /** Times since `started_at` that a file was put in place or continued; of several times between two passes one counts. */
  readonly mirrored_total: number;
  /** Ledger lines completed in the mirror since `started_at`. */
  readonly lines_total: number;
  /** Those of them that are not valid. */
  readonly invalid_lines_total: number;
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

/** What a pass did and saw. */
export interface PassFacts {
  /** When it began, in seconds since 1970. */
  readonly ts: number;
  /** How long it took, in seconds. */
  readonly duration: number;
  readonly mode: SyncReport['mode'];
  readonly surfaces: readonly SurfaceOutcome[];
  readonly swept: Sweep;
  /** Null where the source cannot be read. */
  readonly lagSeconds: number | null;
  readonly findings: readonly Finding[];
}

/** Puts the reports of one mirror together, begun at `startedAt`, and counts over them. */
export function createReports(startedAt: number): (pass: PassFacts) => SyncReport {
  let before = { passes: 0, mirrored_total: 0, lines_total: 0, invalid_lines_total: 0 };

  return ({ ts, duration, mode, surfaces, swept, lagSeconds, findings: other }) => {
    const { files, lines, invalidLines, lagBytes, quarantined, findings: ofSurfaces } = sumOf(surfaces);
    const findings = [...other, ...ofSurfaces, ...swept.findings];
    before = {
      passes: before.passes + 1,
      mirrored_total: before.mirrored_total + files.mirrored.length,
      lines_total: before.lines_total + lines,
      invalid_lines_total: before.invalid_lines_total + invalidLines,
    };
    return {
      ok: !hasErrors(findings),
      ts,
      duration_s: duration,
      mode,
      started_at: startedAt,
      mirrored: files.mirrored.toSorted(),
      unchanged: files.unchanged.toSorted(),
      skipped: files.skipped.toSorted(),
      quarantined: quarantined.toSorted(),
      removed: swept.removed,
      removed_source: swept.removedSource,
      undeclared: swept.undeclared,
      lines,
      invalid_lines: invalidLines,
      ...before,
      lag_bytes: lagBytes,
      lag_s: lagSeconds,
      findings,
    };
  };
}

interface Sum {
  readonly files: Readonly<Record<Outcome['status'], string[]>>;
  readonly findings: Finding[];
  readonly quarantined: string[];
  lines: number;
  invalidLines: number;
  lagBytes: number;
}

/** In one go: most passes find thousands of files as they were, and nothing to say of them. */
function sumOf(surfaces: readonly SurfaceOutcome[]): Sum {
  const files = { mirrored: [], unchanged: [], skipped: [], absent: [] };
  const sum: Sum = { files, findings: [], quarantined: [], lines: 0, invalidLines: 0, lagBytes: 0 };
  for (const { file, outcome } of surfaces) {
    sum.files[outcome.status].push(file);
    if (outcome.findings.length > 0) sum.findings.push(...outcome.findings);
    if (outcome.quarantined.length > 0) sum.quarantined.push(...outcome.quarantined);
    sum.lines += outcome.lines;
    sum.invalidLines += outcome.invalidLines;
    sum.lagBytes += outcome.lagBytes;
  }
  return sum;
}
