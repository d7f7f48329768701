import type { Reading } from '@hedge-telemetry/contract';
import { combine, isKnown } from '../model/reading.js';
import type { SurfaceFields } from '../ui/use-surface.js';

/** The fields of a position as readings; what a row leaves out is computed by the contract's own formula. */
export interface PositionFigures {
  readonly index: number;
  readonly symbol: Reading<unknown>;
  readonly side: Reading<unknown>;
  readonly qty: Reading<unknown>;
  readonly entry: Reading<unknown>;
  readonly mark: Reading<unknown>;
  readonly pnl: Reading<unknown>;
  /** Unrealised PnL over the cost of the position, as a fraction. */
  readonly pnlShare: Reading<unknown>;
  readonly leverage: Reading<unknown>;
  readonly notional: Reading<unknown>;
  /** The row leaves it out: it is computed here. */
  readonly isPnlComputed: boolean;
  readonly isNotionalComputed: boolean;
}

/** Reads a row of positions. */
export function positionFigures(positions: SurfaceFields, row: unknown, index: number): PositionFigures {
  const at = (key: string): Reading<unknown> => positions.of(row, key);
  const [qty, entry, mark] = [at('qty'), at('entryPrice'), at('mark_price')];
  const pnl = reported(
    at('unrealized_pnl'),
    combine([qty, entry, mark], ([size = 0, from = 0, to = 0]) => (to - from) * size),
  );
  const notional = reported(
    at('notional'),
    combine([qty, mark], ([size = 0, price = 0]) => Math.abs(size * price)),
  );
  return {
    index,
    symbol: at('symbol'),
    side: at('side'),
    qty,
    entry,
    mark,
    pnl,
    pnlShare: combine([pnl, qty, entry], ([amount = 0, size = 0, from = 0]) => {
      const cost = Math.abs(size * from);
      return cost > 0 ? amount / cost : null;
    }),
    isPnlComputed: at('unrealized_pnl').state === 'absent' && isKnown(pnl),
    isNotionalComputed: at('notional').state === 'absent' && isKnown(notional),
    leverage: at('leverage'),
    notional,
  };
}

/** The sum over all rows; known only where every row is. */
export function total(
  rows: readonly PositionFigures[],
  of: (row: PositionFigures) => Reading<unknown>,
): Reading<number> {
  return combine(rows.map(of), (values) => values.reduce((sum, value) => sum + value, 0));
}

function reported(stated: Reading<unknown>, computed: Reading<number>): Reading<unknown> {
  return stated.state === 'absent' && isKnown(computed) ? computed : stated;
}
