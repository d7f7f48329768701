import type { Reading } from '@hedge-telemetry/contract';
import { numberOf, textOf } from '../model/reading.js';
import { DataTable } from '../ui/data-table.js';
import type { Column } from '../ui/data-table.js';
import { Value } from '../ui/value.js';
import { total } from './position-figures.js';
import type { PositionFigures } from './position-figures.js';

type Pick = (row: PositionFigures) => Reading<unknown>;

/** The rows of positions with their totals. */
export function PositionsTable({ rows }: { readonly rows: readonly PositionFigures[] }) {
  return (
    <DataTable
      caption="Open positions"
      columns={columns}
      rows={rows}
      rowKey={({ symbol, side, index }) => `${textOf(symbol) ?? ''} ${textOf(side) ?? ''} ${index}`}
      foot={<Totals rows={rows} />}
    />
  );
}

const columns: readonly Column<PositionFigures>[] = [
  {
    key: 'symbol',
    title: 'Symbol',
    cell: ({ symbol, index }) => <Value reading={symbol} of={`positions:/${index}/symbol`} brief />,
    sort: ({ symbol }) => textOf(symbol),
  },
  {
    key: 'side',
    title: 'Side',
    cell: ({ side, index }) => <Side reading={side} of={`positions:/${index}/side`} />,
    sort: ({ side }) => textOf(side),
  },
  figure('qty', 'Qty', ({ qty }) => qty, 'base'),
  figure('entryPrice', 'Entry', ({ entry }) => entry, 'price'),
  figure('mark_price', 'Mark', ({ mark }) => mark, 'price'),
  figure(
    'unrealized_pnl',
    'PnL',
    ({ pnl }) => pnl,
    'USD',
    true,
    ({ isPnlComputed }) => (isPnlComputed ? '(mark - entry) * qty' : null),
  ),
  figure(
    'pnl_share',
    'PnL %',
    ({ pnlShare }) => pnlShare,
    'fraction',
    true,
    () => 'PnL / (|qty| * entry)',
  ),
  figure('leverage', 'Leverage', ({ leverage }) => leverage, 'multiplier'),
  figure(
    'notional',
    'Notional',
    ({ notional }) => notional,
    'USD',
    false,
    ({ isNotionalComputed }) => (isNotionalComputed ? '|qty| * mark' : null),
  ),
];

function figure(
  key: string,
  title: string,
  pick: Pick,
  unit: string,
  signed = false,
  formula: (row: PositionFigures) => string | null = () => null,
): Column<PositionFigures> {
  return {
    key,
    title,
    unit,
    numeric: true,
    cell: (row) => {
      const computed = formula(row);
      return (
        <Value
          reading={pick(row)}
          unit={unit}
          signed={signed}
          of={`positions:${computed === null ? '' : 'computed'}/${row.index}/${key}`}
          computed={computed}
          brief
        />
      );
    },
    sort: (row) => numberOf(pick(row)),
  };
}

function Side({ reading, of }: { readonly reading: Reading<unknown>; readonly of: string }) {
  const word = textOf(reading);
  return (
    <span class={`side side-${word ?? 'none'}`}>
      {word === 'LONG' ? (
        <span aria-hidden="true">▲</span>
      ) : word === 'SHORT' ? (
        <span aria-hidden="true">▼</span>
      ) : null}{' '}
      <Value reading={reading} of={of} brief />
    </span>
  );
}

function Totals({ rows }: { readonly rows: readonly PositionFigures[] }) {
  return (
    <tfoot>
      <tr>
        <th scope="row">Total</th>
        <td>{rows.length} open</td>
        <td colSpan={3} />
        <td class="num">
          <Value reading={total(rows, ({ pnl }) => pnl)} unit="USD" signed of="positions:total/unrealized_pnl" brief />
        </td>
        <td colSpan={2} />
        <td class="num">
          <Value reading={total(rows, ({ notional }) => notional)} unit="USD" of="positions:total/notional" brief />
        </td>
      </tr>
    </tfoot>
  );
}
