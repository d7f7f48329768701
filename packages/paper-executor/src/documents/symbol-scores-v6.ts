import type { SymbolScoresV6 } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import type { Snapshot, SymbolView } from '../snapshot.js';
import { expectancyStats } from './expectancy-v6.js';

export function symbolScoresV6Document({ at, symbols }: Snapshot): Publishable<SymbolScoresV6> {
  return {
    symbols: symbols.map((view) => ({
      symbol: view.symbol,
      score: view.score.value,
      components: {
        expectancy: view.score.expectancy,
        router: view.score.router,
        slippage_penalty: view.score.slippagePenalty,
        fee_drag_penalty: view.score.feePenalty,
        volatility_penalty: view.score.volatilityPenalty,
      },
      inputs: inputsOf(view),
    })),
    updated_ts: at,
    intel_enabled: true,
  };
}

function inputsOf({ expectancy, routing }: SymbolView): {
  expectancy: Record<string, unknown>;
  router: Record<string, unknown>;
} {
  return {
    expectancy: expectancy.count === 0 ? {} : { ...expectancyStats(expectancy) },
    router:
      routing.orders === 0
        ? {}
        : {
            maker_fill_rate: routing.makerFillRate,
            fallback_ratio: routing.fallbackRatio,
            slippage_p50: routing.slippage.q50,
            order_count: routing.orders,
          },
  };
}
