import type { MigrationReport } from '../migration.js';
import { list, record } from '../values.js';
import { symbolText } from './order-values.js';

/** The rows that name their symbol, converted; null where the value is no array. A row without a symbol is reported and left out. */
export function symbolRows<T>(
  value: unknown,
  report: MigrationReport,
  pointer: string,
  convert: (symbol: string, row: Record<string, unknown>) => T,
): T[] | null {
  const rows = list(value);
  if (rows === null) return null;
  return rows.flatMap((each) => {
    const row = record(each);
    const symbol = symbolText(row?.['symbol']);
    if (row !== null && symbol !== null) return [convert(symbol, row)];
    report.dropped(`${pointer}/*`, 'the row names no symbol');
    return [];
  });
}
