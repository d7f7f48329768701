import type { PipelineV6ShadowHead } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import { round, sum } from '../numbers.js';
import type { ShadowDecision } from '../shadow.js';
import type { Snapshot } from '../snapshot.js';
import { STRATEGY } from '../strategy.js';

type DecisionRecord = NonNullable<PipelineV6ShadowHead['last_decision']>;

export function pipelineV6ShadowHeadDocument({ at, run }: Snapshot): Publishable<PipelineV6ShadowHead> {
  const { counts, last } = run.shadow;
  return {
    total: counts.allowed + counts.vetoed,
    allowed: counts.allowed,
    vetoed: counts.vetoed,
    generated_ts: at,
    last_decision: last === null ? null : decisionRecord(last),
  };
}

function decisionRecord({ signal, verdict, reasons, allowed, clampedQty, at }: ShadowDecision): DecisionRecord {
  const { symbol, instrument } = signal.market;
  const { positions, nav } = verdict.context;
  const grossOf = (group: string | null): number =>
    round(sum(positions.filter((each) => group === null || each.group === group).map(({ notional }) => notional)));
  const gross = round(verdict.notional);
  return {
    symbol,
    intent: {
      symbol,
      side: signal.side,
      qty: signal.qty,
      quote_notional: gross,
      leverage: signal.leverage,
      tier_name: instrument.group,
      tier_gross_notional: grossOf(instrument.group),
      current_gross_notional: grossOf(null),
      symbol_open_qty: positions.find(({ position }) => position.symbol === symbol)?.position.qty ?? 0,
      nav_usd: nav,
      open_positions_count: positions.length,
      strategy_id: STRATEGY,
      account_mode: 'hedge',
      metadata: { reason: signal.reason, strength: round(signal.strength, 4) },
    },
    risk_decision: {
      allowed,
      clamped_qty: clampedQty,
      reasons: [...reasons],
      hit_caps: Object.fromEntries(reasons.map((reason) => [reason, true])),
      diagnostics: Object.fromEntries(verdict.refusals.map(({ reason, observed }) => [reason, observed])),
    },
    sizing: {
      screener_gross_usd: null,
      executor_gross_usd: gross,
      sized_gross_usd: clampedQty === null ? gross : round((gross * clampedQty) / signal.qty),
    },
    timestamp: at,
    heartbeat: false,
  };
}
