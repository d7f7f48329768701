import type { RiskVeto } from '@hedge-telemetry/contract';
import type { Appendable } from '@hedge-telemetry/writer';
import type { Activity } from '../activity.js';
import type { Refusal } from '../gates.js';
import { round } from '../numbers.js';
import { STRATEGY } from '../strategy.js';
import { iso } from '../time.js';
import { joinOf, writerOf } from './stamp.js';
import type { Stamp } from './stamp.js';

/** The line of risk_vetoes.jsonl that tells of an activity; null where it is no veto. */
export function vetoRecord(activity: Activity, stamp: Stamp): Appendable<RiskVeto> | null {
  if (activity.kind !== 'vetoed') return null;
  const { signal, verdict } = activity;
  const [decisive] = verdict.refusals;
  if (decisive === undefined) return null;
  const { context } = verdict;
  return {
    ts: iso(stamp.at),
    event_type: 'risk_veto',
    symbol: signal.market.symbol,
    side: signal.side,
    position_side: signal.positionSide,
    strategy: STRATEGY,
    veto_reason: decisive.reason,
    original_reason: decisive.original,
    gate: 'risk_limits',
    limit: decisive.reason,
    reasons: verdict.refusals.map(({ original }) => original),
    qty_req: signal.qty,
    notional: round(verdict.notional),
    thresholds: byReason(verdict.refusals, ({ threshold }) => threshold),
    source: 'risk_limits',
    price: signal.market.quote().mark,
    signal_ts: iso(signal.at),
    ...joinOf(signal),
    observations: byReason(verdict.refusals, ({ observed }) => observed),
    veto_detail: { leverage: signal.leverage, strength: round(signal.strength, 4) },
    context: {
      nav: context.nav,
      risk_mode: context.risk.mode,
      open_positions_count: context.positions.length,
      recent_trades: context.recentTrades,
    },
    ...writerOf(stamp),
  };
}

function byReason<T>(refusals: readonly Refusal[], valueOf: (refusal: Refusal) => T): Record<string, T> {
  return Object.fromEntries(refusals.map((refusal) => [refusal.reason, valueOf(refusal)]));
}
