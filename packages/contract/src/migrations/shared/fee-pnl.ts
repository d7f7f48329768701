import type { FeePnl } from '../../../generated/types/risk-snapshot-v1.js';
import type { MigrationReport } from '../migration.js';
import { defined, finiteNumber, record } from '../values.js';
import { fieldReader } from './field-reader.js';
import { positive } from './order-values.js';

/** Fees against PnL; `at` is where they go, `from` where they stood. */
export function feePnl(value: unknown, report: MigrationReport, at: string, from: string = at): FeePnl | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at, from);
  const result = defined({
    fee_pnl_ratio: fields.required('fee_pnl_ratio', finiteNumber),
    fees: fields.required('fees', finiteNumber),
    pnl: fields.required('pnl', finiteNumber),
    window_days: fields.optional('window_days', positive),
  });
  fields.dropRest('the canonical document does not keep it');
  return result;
}
