import type { ExecutionHealth } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import type { ProcessRun } from '../process.js';
import type { Snapshot, SymbolView } from '../snapshot.js';
import { atrBlock, riskFlags, symbolRisk } from './symbol-blocks.js';

type ExecutionSymbol = NonNullable<ExecutionHealth['symbols']>[number];

const STOPS_SHOWN = 5;

export function executionHealthDocument({ at, run, routing, risk, symbols }: Snapshot): Publishable<ExecutionHealth> {
  return {
    schema: 'execution_health_v1',
    updated_ts: at,
    router: {
      maker_fill_ratio: routing.makerFillRate,
      fallback_ratio: routing.fallbackRatio,
      slip_q50: routing.slippage.q50,
      slip_q95: routing.slippage.q95,
      warned_symbols: symbols.filter((view) => routerWarnings(view).length > 0).length,
    },
    risk: {
      risk_mode: risk.mode,
      dd_state: risk.ddState,
      flagged_symbols: symbols.filter((view) => riskFlags(view).length > 0).length,
      disabled_symbols: symbols.filter(({ disabled }) => disabled).length,
    },
    errors: run.errors.map(({ component, symbol, count, lastError, lastAt }) => ({
      component,
      symbol,
      count,
      last_error: lastError,
      last_ts: lastAt,
    })),
    symbols: symbols.map((view) => symbolRow(view, run, at)),
  };
}

function symbolRow(view: SymbolView, run: ProcessRun, at: number): Publishable<ExecutionSymbol> {
  const { symbol, routing, policy, sizing } = view;
  return {
    symbol,
    router: {
      maker_fill_ratio: routing.makerFillRate,
      fallback_ratio: routing.fallbackRatio,
      slip_q25: routing.slippage.q25,
      slip_q50: routing.slippage.q50,
      slip_q75: routing.slippage.q75,
      router_warnings: routerWarnings(view),
      policy,
      maker_offset_bps: policy.offset_bps,
    },
    risk: symbolRisk(view),
    vol: atrBlock(view),
    sizing: {
      sharpe_7d: sizing.sharpe,
      size_mult_sharpe: sizing.bySharpe,
      size_mult_regime: sizing.byRegime,
      size_mult_combined: sizing.combined,
      intel_size_factor: sizing.byScore,
      final_size_factor: sizing.final,
    },
    risk_gates: run.stops
      .filter((stop) => stop.symbol === symbol)
      .slice(-STOPS_SHOWN)
      .map((stop) => ({ ts: stop.at, gate: stop.gate, symbol, reason: stop.reason })),
    updated_ts: at,
  };
}

function routerWarnings({ routing }: SymbolView): string[] {
  return [
    ...((routing.fallbackRatio ?? 0) > 0.5 ? ['high_fallback_ratio'] : []),
    ...((routing.slippage.q75 ?? 0) > 5 ? ['high_slippage'] : []),
    ...((routing.rejectRatio ?? 0) > 0.2 ? ['high_reject_ratio'] : []),
  ];
}
