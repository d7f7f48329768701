import type { RouterHealth } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import { round } from '../numbers.js';
import type { RoutingStats } from '../routing.js';
import type { Snapshot, SymbolView } from '../snapshot.js';

type RouterSymbol = NonNullable<RouterHealth['symbols']>[number];

/** How far a risk mode discounts reliability. */
const DISCOUNT = { OK: 1, WARN: 0.9, DEFENSIVE: 0.75, HALTED: 0.5 } as const;

/** Every symbol has a row, whether it traded or not. */
export function routerHealthDocument({ at, routing, symbols, risk }: Snapshot): Publishable<RouterHealth> {
  return {
    updated_ts: at,
    maker_fill_rate: routing.makerFillRate,
    fallback_ratio: routing.fallbackRatio,
    slippage_p50: routing.slippage.q50,
    slip_q95: routing.slippage.q95,
    router_health_score: routing.score,
    symbols: symbols.map((view) => symbolRow(view, risk.mode)),
    summary: {
      count: symbols.length,
      quality_counts: qualityCounts(symbols),
      maker_first_enabled: symbols.filter(({ policy }) => policy.maker_first).length,
    },
    window_s: null,
    ...counts(routing),
    avg_slippage_bps: routing.averageSlippage,
  };
}

function symbolRow(view: SymbolView, mode: Snapshot['risk']['mode']): RouterSymbol {
  const { routing, policy, tunedOffset } = view;
  const { makerReliability } = routing;
  return {
    symbol: view.symbol,
    maker_fill_rate: routing.makerFillRate,
    fallback_ratio: routing.fallbackRatio,
    slippage_p50: routing.slippage.q50,
    slip_q95: routing.slippage.q95,
    ack_latency_ms: routing.latencyMs,
    quality: routing.quality,
    policy,
    autotune:
      makerReliability === null
        ? null
        : {
            adaptive_offset_bps: tunedOffset,
            maker_first: policy.maker_first,
            maker_reliability: makerReliability,
            effective_reliability: round(makerReliability * DISCOUNT[mode]),
            risk_mode: mode,
          },
    ...counts(routing),
    avg_slippage_bps: routing.averageSlippage,
    maker_reliability: makerReliability,
    last_ts: routing.lastAt,
  };
}

interface Counts {
  readonly order_count: number;
  readonly maker_count: number;
  readonly taker_count: number;
  readonly fallback_count: number;
  readonly reject_count: number;
  readonly post_only_rejects: number;
}

function counts({ orders, makers, takers, fallbacks, rejected, postOnlyRejects }: RoutingStats): Counts {
  return {
    order_count: orders,
    maker_count: makers,
    taker_count: takers,
    fallback_count: fallbacks,
    reject_count: rejected,
    post_only_rejects: postOnlyRejects,
  };
}

function qualityCounts(symbols: readonly SymbolView[]): Record<string, number> {
  const qualities = symbols.map(({ routing }) => routing.quality);
  return Object.fromEntries(
    [...new Set(qualities)].toSorted().map((quality) => [quality, qualities.filter((each) => each === quality).length]),
  );
}
