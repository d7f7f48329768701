import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { headUnit } from '../model/format.js';
import { moveRow } from './row-keys.js';

/** A column of a table. */
export interface Column<Row> {
  readonly key: string;
  readonly title: string;
  readonly unit?: string | undefined;
  readonly help?: string | undefined;
  readonly numeric?: boolean;
  /** Left out where the panel is too narrow for it. */
  readonly isExtra?: boolean;
  readonly cell: (row: Row) => ComponentChildren;
  /** What rows are sorted by; null sorts last. Without it the column cannot be sorted. */
  readonly sort?: ((row: Row) => number | string | null) | undefined;
}

interface DataTableProps<Row> {
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row, index: number) => string;
  readonly foot?: ComponentChildren;
  readonly onOpen?: (row: Row) => void;
}

interface Order {
  readonly key: string;
  readonly descending: boolean;
}

/** A table whose columns sort, whose first column stays in view, and whose rows the arrow keys walk. */
export function DataTable<Row>({ caption, columns, rows, rowKey, foot, onOpen }: DataTableProps<Row>) {
  const [order, setOrder] = useState<Order | null>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const sorted = sortRows(rows, columns, order);
  const turn = (key: string): void => setOrder((current) => nextOrder(current, key));
  return (
    <div class="table-wrap" role="region" aria-label={caption} tabIndex={0}>
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} onTurn={turn} />
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={(event) => moveRow(event, body.current)}>
          {sorted.map((row, index) => (
            <tr
              key={rowKey(row, index)}
              tabIndex={index === 0 ? 0 : -1}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(row);
              }}
            >
              {columns.map((column, place) =>
                place === 0 ? (
                  <th key={column.key} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} class={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot}
      </table>
    </div>
  );
}

function Head<Row>({
  column,
  order,
  onTurn,
}: {
  readonly column: Column<Row>;
  readonly order: Order | null;
  readonly onTurn: (key: string) => void;
}) {
  const { key, title, unit, help, sort } = column;
  const isSorted = order?.key === key;
  const direction = isSorted ? (order.descending ? 'descending' : 'ascending') : 'none';
  const label = (
    <>
      {title}
      {unit === undefined || headUnit(unit) === '' ? null : <span class="unit"> {headUnit(unit)}</span>}
    </>
  );
  return (
    <th scope="col" class={classOf(column)} title={help} aria-sort={sort === undefined ? undefined : direction}>
      {sort === undefined ? (
        label
      ) : (
        <button type="button" class="sort" onClick={() => onTurn(key)}>
          {label}
          <span class="sort-mark" aria-hidden="true">
            {isSorted ? (order.descending ? '▾' : '▴') : ''}
          </span>
        </button>
      )}
    </th>
  );
}

function classOf<Row>({ numeric = false, isExtra = false }: Column<Row>): string {
  return [numeric ? 'num' : '', isExtra ? 'extra' : ''].join(' ').trim();
}

function nextOrder(current: Order | null, key: string): Order | null {
  if (current?.key !== key) return { key, descending: true };
  return current.descending ? { key, descending: false } : null;
}

function sortRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order | null): readonly Row[] {
  const sort = order === null ? undefined : columns.find(({ key }) => key === order.key)?.sort;
  if (order === null || sort === undefined) return rows;
  const keyed = rows.map((row) => ({ row, value: sort(row) }));
  keyed.sort((one, other) => compare(one.value, other.value, order.descending));
  return keyed.map(({ row }) => row);
}

function compare(one: number | string | null, other: number | string | null, descending: boolean): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  const ascending =
    typeof one === 'number' && typeof other === 'number'
      ? one - other
      : String(one) < String(other)
        ? -1
        : one === other
          ? 0
          : 1;
  return descending ? -ascending : ascending;
}
