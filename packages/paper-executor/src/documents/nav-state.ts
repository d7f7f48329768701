import type { NavState } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import { fallFrom } from '../account.js';
import { round, sum } from '../numbers.js';
import type { Snapshot } from '../snapshot.js';
import { grossExposure } from './account-blocks.js';
import { points } from './percent.js';

/** The equity curve outlives a process: while a new one knows no NAV yet, the newest point grows old. */
export function navStateDocument(snapshot: Snapshot): Publishable<NavState> {
  const { account, positions, at } = snapshot;
  const newest = account.series.at(-1) ?? null;
  const fall = fallFrom(account.peak, newest?.nav ?? null);
  const notionals = positions.map(({ notional }) => notional);
  return {
    series: account.series.map((each) => ({ t: each.at, nav: each.nav, unrealized_pnl: each.unrealized })),
    total_equity: newest?.nav ?? null,
    peak_equity: account.peak?.nav ?? null,
    drawdown_pct: points(fall?.points ?? null),
    drawdown_abs: fall?.abs ?? null,
    realized_pnl_today: account.realizedToday,
    unrealized_pnl: newest?.unrealized ?? null,
    updated_at: newest?.at ?? at,
    gross_exposure: round(grossExposure(snapshot)),
    net_exposure: round(sum(positions.map(({ position, mark }) => position.qty * mark))),
    largest_position_value: Math.max(0, ...notionals),
    drawdown_snapshot_at: newest?.at ?? null,
  };
}
