import { percentPoints } from '@hedge-telemetry/contract';
import type { LedgerName, StateName } from '@hedge-telemetry/contract';

const FALL = 0.09;

/** A document as it would be after a fall of NAV; undefined where it does not speak of NAV. */
export function drawnDown(surface: StateName, document: unknown): object | undefined {
  const fields = document as Record<string, unknown>;
  const points = percentPoints(100 * FALL);
  switch (surface) {
    case 'nav':
      return { ...fields, nav_total: fallen(fields['nav_total']), aum: fallenAum(fields['aum']) };
    case 'nav_state': {
      const equity = fields['total_equity'];
      return {
        ...fields,
        total_equity: fallen(equity),
        peak_equity: equity,
        drawdown_pct: points,
        drawdown_abs: typeof equity === 'number' ? equity * FALL : null,
      };
    }
    case 'risk_snapshot':
      return {
        ...fields,
        dd_state: null,
        dd_pct: points,
        daily_loss_pct: points,
        dd_frac: undefined,
        daily_loss_frac: undefined,
        risk_mode: 'DEFENSIVE',
        risk_mode_reason: 'drawdown_above_limit',
        risk_mode_score: 0.9,
      };
    default:
      return undefined;
  }
}

/** A record of the equity curve after the same fall; undefined for other ledgers. */
export function drawnDownRecord(ledger: LedgerName, record: unknown): object | undefined {
  if (ledger !== 'nav_history') return undefined;
  const fields = record as Record<string, unknown>;
  return { ...fields, nav_total: fallen(fields['nav_total']), dd_pct: percentPoints(100 * FALL) };
}

function fallenAum(aum: unknown): unknown {
  if (typeof aum !== 'object' || aum === null) return aum;
  const { futures, total } = aum as { futures?: unknown; total?: unknown };
  const loss = typeof futures === 'number' ? futures * FALL : 0;
  return { ...aum, futures: fallen(futures), total: typeof total === 'number' ? total - loss : total };
}

function fallen(value: unknown): unknown {
  return typeof value === 'number' ? value * (1 - FALL) : value;
}
