import type { NavPoint } from '@hedge-telemetry/contract';
import type { Appendable } from '@hedge-telemetry/writer';
import { navOf } from '../documents/account-blocks.js';
import { aumTotal } from '../documents/nav.js';
import { points } from '../documents/percent.js';
import type { Snapshot } from '../snapshot.js';

/** The line of nav_history.jsonl of a loop. */
export function navHistoryRecord(snapshot: Snapshot): Appendable<NavPoint> {
  const { account, risk, at } = snapshot;
  return {
    ts: at,
    nav_total: navOf(snapshot),
    aum_total: aumTotal(snapshot),
    unrealized_pnl: account.newest?.unrealized ?? null,
    realized_pnl_today: account.realizedToday,
    dd_pct: points(risk.drawdown?.points ?? null),
    sources_ok: account.sourcesOk,
  };
}
