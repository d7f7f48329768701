import { freshnessAt as judged } from '@hedge-telemetry/contract';
import type { ReadingState } from '@hedge-telemetry/contract';
import type { ApiLedger, ApiSurface } from '../../../src/api/types.js';
import type { Freshness } from './reading.js';

/** What is asked of a document or ledger to tell its age. */
interface Aging {
  readonly timestamp: number | null;
  readonly stale_after_s: number | null;
  readonly content_age_s?: number;
}

/** The freshness of the known fields at a time (server's clock, seconds since 1970), counted from the payload's own timestamp. */
export function freshnessAt({ timestamp, stale_after_s, content_age_s = 0 }: Aging, now: number): Freshness {
  return judged({ time: timestamp, contentAge: content_age_s, staleAfter: stale_after_s }, now);
}

/** The state of a whole document or ledger at a time: what is not known does not age. */
export function stateAt(of: ApiSurface | ApiLedger, now: number): ReadingState {
  const isAging = of.state === 'fresh' || of.state === 'stale' || of.state === 'skewed';
  return isAging ? freshnessAt(of, now).state : of.state;
}
