import { judgeAge, registry } from '@hedge-telemetry/contract';
import type { LedgerName, ReadingState } from '@hedge-telemetry/contract';
import type { LedgerHealth } from '../hub/ledger-health.js';
import { positionText } from '../ledger/position.js';
import type { Position } from '../ledger/position.js';
import type { ApiLedger, ApiQuarantine } from './types.js';

/** What the API needs to tell how a ledger stands. */
export interface LedgerFacts {
  readonly ledger: LedgerName;
  readonly file: string;
  readonly health: LedgerHealth;
  readonly segments: number;
  readonly position: Position;
  readonly quarantine: ApiQuarantine;
}

/** How a ledger stands, as the API tells it. */
export function apiLedger(facts: LedgerFacts, now: number): ApiLedger {
  const { ledger, file, health, segments, position, quarantine } = facts;
  const entry = registry[ledger];
  const { state, age_s } = ageOf(facts, now);
  return {
    name: ledger,
    file,
    state,
    timestamp: health.timestamp,
    age_s,
    stale_after_s: entry.staleAfterSeconds,
    read_at: now,
    version_expected: entry.version,
    dialect: health.dialect,
    size: health.size,
    segments,
    lines_seen: health.lines,
    lines_invalid: health.invalid,
    last_finding: health.trouble ?? health.lastFinding,
    quarantine,
    position: positionText(position),
  };
}

function ageOf(
  { ledger, health, segments }: LedgerFacts,
  now: number,
): { readonly state: ReadingState; readonly age_s: number | null } {
  if (health.trouble !== null) return { state: 'unreadable', age_s: null };
  if (health.size === null && segments === 0 && health.lines === 0) return { state: 'never', age_s: null };
  if (health.lines > 0 && health.lines === health.invalid) return { state: 'invalid', age_s: null };
  if (health.timestamp === null) return { state: health.lines === 0 ? 'absent' : 'stale', age_s: null };
  const { state, age_s } = judgeAge(registry[ledger], null, health.timestamp, now);
  return { state, age_s };
}
