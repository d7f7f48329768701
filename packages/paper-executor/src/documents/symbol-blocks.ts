import type { AtrBlock, AtrSummary, FeePnl, FlagMap, RouterStats, SymbolRisk } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import { quantile, ratio } from '../numbers.js';
import type { RoutingStats } from '../routing.js';
import type { Snapshot, SymbolView } from '../snapshot.js';
import { LOOKBACK_HOURS, totals } from '../trade-log.js';
import { regimeOf } from '../volatility.js';
import { points } from './percent.js';

/** Switches of the v6 modules that the simulation stands for. */
export const V6_FLAGS: FlagMap = {
  intel_v6_enabled: true,
  risk_engine_v6_enabled: true,
  pipeline_v6_shadow_enabled: true,
  router_autotune_v6_enabled: true,
  router_autotune_v6_apply_enabled: false,
  feedback_allocator_v6_enabled: true,
};

/** Average true range of a symbol. */
export function atrBlock({ volatility }: SymbolView): AtrBlock {
  const { atrNow, atrMedian, ratio: atrRatio, regime } = volatility;
  return { atr_now: atrNow, atr_med: atrMedian, atr_ratio: atrRatio, atr_regime: regime };
}

/** Average true range over all symbols. */
export function atrSummary({ symbols }: Snapshot): AtrSummary {
  const median = quantile(
    symbols.flatMap(({ volatility }) => volatility.ratio ?? []),
    0.5,
  );
  return { atr_regime: median === null ? null : regimeOf(median), median_ratio: median };
}

/** Risk state of a symbol. */
export function symbolRisk(view: SymbolView): Publishable<SymbolRisk> {
  const { todayPoints, ddState, sharpeState, disabled } = view;
  return {
    dd_today_pct: points(todayPoints),
    dd_state: ddState,
    sharpe_state: sharpeState,
    risk_flags: riskFlags(view),
    toggle_active: disabled,
    toggle_meta: disabled ? { by: 'operator', reason: 'watched only' } : null,
  };
}

/** Risk conditions that hold for a symbol. */
export function riskFlags({ ddState, volatility, sharpeState }: SymbolView): string[] {
  return [
    ...(ddState === 'cautious' || ddState === 'defensive' ? ['dd_warning'] : []),
    ...(volatility.regime === 'hot' || volatility.regime === 'panic' ? ['atr_high'] : []),
    ...(sharpeState === 'poor' ? ['sharpe_poor'] : []),
  ];
}

/** Order routing in brief. */
export function routerStats({ makerFillRate, fallbackRatio, slippage, slippageCount }: RoutingStats): RouterStats {
  return {
    maker_fill_ratio: makerFillRate,
    fallback_ratio: fallbackRatio,
    slip_q25: slippage.q25,
    slip_q50: slippage.q50,
    slip_q75: slippage.q75,
    slip_q95: slippage.q95,
    sample_count: slippageCount,
  };
}

/** Fees of the closing orders against realised PnL. */
export function feePnl({ trades }: Snapshot): FeePnl {
  const { pnl, fees } = totals(trades);
  return { fee_pnl_ratio: ratio(fees, Math.abs(pnl)), fees, pnl, window_days: LOOKBACK_HOURS / 24 };
}
