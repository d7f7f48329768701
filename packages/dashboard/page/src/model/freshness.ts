import type { ReadingState } from '@hedge-telemetry/contract';
import type { ApiLedger, ApiSurface } from '../../../src/api/types.js';
import type { Freshness } from './reading.js';

/** Clocks may disagree by this much before a timestamp counts as lying in the future, in seconds. */
const CLOCK_TOLERANCE_S = 1;

/** What is asked of a document or ledger to tell its age. */
interface Aging {
  readonly timestamp: number | null;
  readonly stale_after_s: number | null;
  readonly content_age_s?: number;
}

/** The freshness of the known fields at a time (server's clock, seconds since 1970), counted from the payload's own timestamp. */
export function freshnessAt({ timestamp, stale_after_s, content_age_s = 0 }: Aging, now: number): Freshness {
  if (timestamp === null) return { state: 'stale', age_s: null };
  const age_s = now - timestamp;
  if (age_s < -CLOCK_TOLERANCE_S) return { state: 'skewed', age_s };
  const isFresh = stale_after_s === null || age_s + content_age_s <= stale_after_s;
  return { state: isFresh ? 'fresh' : 'stale', age_s: Math.max(0, age_s) };
}

/** The state of a whole document or ledger at a time: what is not known does not age. */
export function stateAt(of: ApiSurface | ApiLedger, now: number): ReadingState {
  const isAging = of.state === 'fresh' || of.state === 'stale' || of.state === 'skewed';
  return isAging ? freshnessAt(of, now).state : of.state;
}
