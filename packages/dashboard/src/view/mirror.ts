import { freshnessAt } from '@hedge-telemetry/contract';
import type { ReadingState } from '@hedge-telemetry/contract';
import type { ApiMirror } from '../api/facts.js';

/** A mirror that is behind for longer than this is stale, in seconds. The alert on its lag goes by the same. */
export const MAX_LAG_S = 60;

/** How far a mirror can be trusted at a time: stale where it has stopped, is behind, or cannot read its source. */
export function mirrorState({ ts, lag_s, stale_after_s }: ApiMirror, now: number): ReadingState {
  const { state } = freshnessAt({ time: ts, contentAge: 0, staleAfter: stale_after_s }, now);
  return state === 'fresh' && (lag_s === null || lag_s > MAX_LAG_S) ? 'stale' : state;
}

/** The mirror does not run any more, or its pass hangs. */
export function hasStopped({ ts, stale_after_s }: ApiMirror, now: number): boolean {
  return stale_after_s !== null && now - ts > stale_after_s;
}
