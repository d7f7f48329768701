import type { Position, PositionSide } from '../../../generated/types/positions-v1.js';
import type { MigrationReport } from '../migration.js';
import { defined, finiteNumber, firstOf, nonNegative, record, text } from '../values.js';
import { NO_HOME, takeFirst } from './account-values.js';
import { fieldReader } from './field-reader.js';
import type { FieldReader } from './field-reader.js';
import { positionSide, positive, symbolText } from './order-values.js';

const SYMBOL = ['symbol', 'pair', 'asset', 'underlying'];
const QTY = ['qty', 'positionAmt', 'size'];
const ENTRY = ['entry_price', 'entryPrice', 'entry'];
const MARK = ['mark_price', 'markPrice', 'mark', 'price'];
const UNREALIZED = ['unrealized_pnl', 'pnl', 'unrealized', 'uPnl', 'unRealizedProfit', 'pnl_usd'];
const SIDE = ['side', 'positionSide', 'direction'];

/** Where the rows stand in both documents, and when the document was written, if the rows are to say so. */
export interface RowPlace {
  readonly canonicalAt: string;
  readonly legacyAt: string;
  readonly updated_ts?: number | null;
}

/** Position rows under any of the names that real writers used. A row without a symbol or with a size of 0 is no open position. */
export function positionRows(rows: readonly unknown[], place: RowPlace, report: MigrationReport): Position[] {
  return rows.flatMap((each) => {
    const row = record(each) ?? {};
    const symbol = symbolText(firstOf(row, SYMBOL));
    if (symbol === null) report.dropped(`${place.legacyAt}/*`, 'the row names no symbol');
    else if (finiteNumber(firstOf(row, QTY)) === 0)
      report.dropped(`${place.legacyAt}/*`, 'a size of 0 is not a position');
    else return [positionRow(row, symbol, place, report)];
    return [];
  });
}

function positionRow(
  row: Record<string, unknown>,
  symbol: string,
  { canonicalAt, legacyAt, updated_ts }: RowPlace,
  report: MigrationReport,
): Position {
  const fields = fieldReader(row, report, `${canonicalAt}/*`, `${legacyAt}/*`);
  const first = (keys: readonly string[]): unknown => takeFirst(fields, row, keys);
  first(SYMBOL);
  const qty = fields.required('qty', finiteNumber, first(QTY));
  const position = defined({
    symbol,
    qty,
    entryPrice: fields.required('entryPrice', positive, first(ENTRY)),
    mark_price: fields.required('mark_price', positive, first(MARK)),
    leverage: fields.required('leverage', nonNegative),
    side: sideOf(fields, first(SIDE), qty, `${canonicalAt}/*/side`, report),
    unrealized_pnl: fields.optional('unrealized_pnl', finiteNumber, first(UNREALIZED)),
    realized_pnl: fields.optional('realized_pnl', finiteNumber),
    notional: absolute(fields.optional('notional', finiteNumber), `${canonicalAt}/*/notional`, report),
    updated_ts,
  });
  fields.dropRest(NO_HOME);
  return position;
}

function sideOf(
  fields: FieldReader,
  said: unknown,
  qty: number | null,
  pointer: string,
  report: MigrationReport,
): PositionSide | null {
  if (said !== undefined || qty === null) return fields.required('side', anyCase, said);
  const side = qty < 0 ? 'SHORT' : 'LONG';
  report.recomputed(pointer, said, side, 'the row names no side; the sign of the size tells it');
  return side;
}

function anyCase(value: unknown): PositionSide | null {
  return positionSide(text(value)?.toUpperCase());
}

function absolute(
  notional: number | null | undefined,
  pointer: string,
  report: MigrationReport,
): number | null | undefined {
  if (notional === undefined || notional === null || notional >= 0) return notional;
  report.recomputed(pointer, notional, -notional, 'notional carries no sign');
  return -notional;
}
