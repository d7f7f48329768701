import type { SymbolRisk } from '../../../generated/types/risk-snapshot-v1.js';
import type { MigrationReport } from '../migration.js';
import { defined, finiteNumber, flag, list, record, text } from '../values.js';
import { fieldReader } from './field-reader.js';
import { drawdownState, sharpeState } from './risk-words.js';

/** Risk state of one symbol. */
export function symbolRisk(value: unknown, report: MigrationReport, at: string): SymbolRisk | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, at);
  const risk = defined({
    dd_today_pct: fields.required('dd_today_pct', finiteNumber),
    dd_state: fields.required('dd_state', drawdownState),
    sharpe_state: fields.optional('sharpe_state', sharpeState),
    risk_flags: texts(fields.take('risk_flags')),
    toggle_active: fields.optional('toggle_active', flag),
    toggle_meta: fields.optional('toggle_meta', record),
  });
  fields.dropRest('the canonical document does not keep it');
  return risk;
}

/** The non-empty strings of an array; undefined where the value is no array. */
export function texts(value: unknown): string[] | undefined {
  return list(value)?.flatMap((each) => text(each) ?? []);
}
