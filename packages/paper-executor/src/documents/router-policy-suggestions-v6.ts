import type { RouterPolicySuggestionsV6 } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import type { Snapshot } from '../snapshot.js';
import { LOOKBACK_HOURS } from '../trade-log.js';

/** The top-level policies are those of the rows; a symbol that nothing is suggested for has none. */
export function routerPolicySuggestionsV6Document({ at, symbols }: Snapshot): Publishable<RouterPolicySuggestionsV6> {
  return {
    symbols: symbols.map(({ symbol, routing, suggestion }) => ({
      symbol,
      regime: suggestion.regime,
      quality: routing.quality,
      metrics: {
        fill_rate: routing.makerFillRate,
        fallback_rate: routing.fallbackRatio,
        slip_p50_bps: routing.slippage.q50,
        slip_p95_bps: routing.slippage.q95,
        latency_p50_ms: routing.latencyMs,
      },
      current_policy: suggestion.current,
      proposed_policy: suggestion.proposed,
      rationale: suggestion.rationale.length === 0 ? null : suggestion.rationale,
    })),
    proposed_policy: Object.fromEntries(
      symbols.flatMap(({ symbol, suggestion }) =>
        suggestion.proposed === null ? [] : [[symbol, suggestion.proposed]],
      ),
    ),
    generated_ts: at,
    lookback_hours: LOOKBACK_HOURS,
  };
}
