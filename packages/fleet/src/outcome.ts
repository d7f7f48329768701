import type { Finding, SurfaceName } from '@hedge-telemetry/contract';

/** What one pass did for one surface. */
export interface SurfaceOutcome {
  readonly surface: SurfaceName;
  /** absent: there is no file. skipped: there is one that could not be sent; a finding says why. */
  readonly status: 'sent' | 'unchanged' | 'skipped' | 'absent';
  readonly findings: readonly Finding[];
  /** Ledger lines that were stored, those of them that are no JSON, and those that did not leave as they are. */
  readonly lines: number;
  readonly malformedLines: number;
  readonly withheldLines: number;
  /** Ledger bytes that the sink does not hold yet. */
  readonly lagBytes: number;
  /** The allowance ran out before the work did. */
  readonly more: boolean;
  /** The file is to be looked at again in a moment: it may be in the middle of a write. */
  readonly isWaiting: boolean;
}

const NOTHING = {
  findings: [],
  lines: 0,
  malformedLines: 0,
  withheldLines: 0,
  lagBytes: 0,
  more: false,
  isWaiting: false,
};

/** An outcome; what is not given is empty. */
export function outcome(
  surface: SurfaceName,
  status: SurfaceOutcome['status'],
  details: Partial<SurfaceOutcome> = {},
): SurfaceOutcome {
  return { ...NOTHING, ...details, surface, status };
}

/** What two passes in a row did for the same surface. */
export function together(first: SurfaceOutcome, second: SurfaceOutcome): SurfaceOutcome {
  return {
    ...second,
    status: second.status === 'unchanged' ? first.status : second.status,
    findings: [...first.findings, ...second.findings],
    lines: first.lines + second.lines,
    malformedLines: first.malformedLines + second.malformedLines,
    withheldLines: first.withheldLines + second.withheldLines,
  };
}
