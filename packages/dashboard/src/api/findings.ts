import { placed } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

const MAX_FINDINGS = 50;
const RANK: Readonly<Record<Finding['level'], number>> = { error: 0, warning: 1, info: 2 };

/** Findings as the API tells them: errors first, not too many, and in a file below the directory that is shown. */
export function shownFindings(findings: readonly Finding[], file: string): Finding[] {
  const sorted = findings.toSorted((one, other) => RANK[one.level] - RANK[other.level]);
  return placed(sorted.slice(0, MAX_FINDINGS), { file });
}
