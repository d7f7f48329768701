import type { ExecutionError } from '../../../generated/types/execution-health-v1.js';
import type { MigrationReport } from '../migration.js';
import { errorLine } from '../shared/error-line.js';
import { fieldReader } from '../shared/field-reader.js';
import { symbolText } from '../shared/order-values.js';
import { count, defined, epochSeconds, list, record, text } from '../values.js';

const AT = '/errors/*';
const FROM = '/symbols/*/errors/*';
const MAX_COMPONENT = 100;

/**
 * The errors of all entries as one list; null where no entry holds any map of them. An entry counts the errors that
 * concern no symbol with its own, and names a component that failed for another symbol with a count of 0.
 */
export function executionErrors(entries: unknown, report: MigrationReport): ExecutionError[] | null {
  const maps = (list(entries) ?? []).flatMap((each) => {
    const entry = record(each);
    const errors = record(entry?.['errors']);
    return errors === null ? [] : [{ symbol: symbolText(entry?.['symbol']), errors }];
  });
  if (maps.length === 0) return null;
  return maps.flatMap(({ symbol, errors }) =>
    Object.entries(errors).flatMap(([component, each]) => executionError(component, symbol, each, report) ?? []),
  );
}

function executionError(
  component: string,
  symbol: string | null,
  value: unknown,
  report: MigrationReport,
): ExecutionError | null {
  const source = record(value);
  const name = text(component);
  if (source === null || name === null) {
    report.dropped(FROM, 'the entry holds no errors');
    return null;
  }
  if (count(source['count']) === 0 && (source['last_error'] ?? null) === null) return null;
  const fields = fieldReader(source, report, AT, FROM);
  const last = fields.take('last_error');
  const detail = fieldReader(record(last) ?? { message: last }, report, AT, `${FROM}/last_error`);
  const result = defined({
    component: [...name].slice(0, MAX_COMPONENT).join(''),
    symbol,
    count: fields.required('count', count),
    last_error: detail.required('last_error', errorLine, detail.take('message')),
    last_ts: detail.optional('last_ts', epochSeconds, detail.take('ts')),
  });
  detail.dropRest('it may hold what telemetry must not');
  fields.dropRest('the canonical document does not keep it');
  return result;
}
