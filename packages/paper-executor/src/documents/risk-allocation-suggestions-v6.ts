import type { RiskAllocationSuggestionsV6 } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import { ratio, round, rounded, sum } from '../numbers.js';
import type { DrawdownClass } from '../risk.js';
import type { Snapshot, SymbolView } from '../snapshot.js';
import { LOOKBACK_HOURS } from '../trade-log.js';
import { navOf } from './account-blocks.js';
import { points } from './percent.js';

type AllocationRow = NonNullable<RiskAllocationSuggestionsV6['symbols']>[number];

/** How far the allocator scales caps down per mode. */
const SCALE: Readonly<Record<DrawdownClass, number>> = { normal: 1, cautious: 0.75, defensive: 0.5 };

export function riskAllocationSuggestionsV6Document(snapshot: Snapshot): Publishable<RiskAllocationSuggestionsV6> {
  const { at, risk, symbols } = snapshot;
  const total = sum(symbols.map(({ score }) => score.value ?? 0));
  return {
    global: {
      current_equity_usd: navOf(snapshot),
      current_drawdown_pct: points(risk.drawdown?.points ?? null),
      risk_mode: risk.ddState,
    },
    symbols: symbols.map((view) => allocationRow(view, total, snapshot)),
    generated_ts: at,
    lookback_hours: LOOKBACK_HOURS,
  };
}

function allocationRow(view: SymbolView, total: number, { risk, settings }: Snapshot): AllocationRow {
  const { score, expectancy, suggestion } = view;
  const { maxSymbolFrac, maxTradeFrac, maxPositions } = settings.limits;
  const scale = score.value === null || risk.ddState === null ? null : SCALE[risk.ddState] * (0.5 + score.value / 2);
  return {
    symbol: view.symbol,
    suggested_weight: rounded(ratio(score.value, total), 6),
    rationale: rationale(view, risk.ddState),
    score: score.value,
    expectancy: {
      expectancy: expectancy.expectancy,
      avg_return: expectancy.averageReturn,
      hit_rate: expectancy.hitRate,
      regime: suggestion.regime,
    },
    router_policy: { current: suggestion.current, proposed: suggestion.proposed },
    caps: {
      max_nav_frac: maxSymbolFrac,
      max_trade_nav_frac: maxTradeFrac,
      max_concurrent_positions: maxPositions,
    },
    suggested_caps:
      scale === null
        ? null
        : {
            max_nav_frac: round(maxSymbolFrac * scale, 6),
            max_trade_nav_frac: round(maxTradeFrac * scale, 6),
            max_concurrent_positions: maxPositions,
          },
  };
}

function rationale({ score, expectancy }: SymbolView, mode: DrawdownClass | null): string | null {
  if (score.value === null) return null;
  const trades = `${expectancy.count} closed trades`;
  return [`score=${round(score.value, 3)}`, trades, ...(mode === null ? [] : [`risk_mode=${mode}`])].join('; ');
}
