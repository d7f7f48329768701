import type { ExecutionHealth } from '../../../generated/types/execution-health-v1.js';
import type { ExecutionHealthV7 } from '../../../generated/types/legacy/execution-health-v7.js';
import type { MigrationReport } from '../migration.js';
import { ageSeconds } from '../shared/account-values.js';
import { fieldReader } from '../shared/field-reader.js';
import { symbolRows } from '../shared/symbol-rows.js';
import { defined } from '../values.js';
import { executionErrors } from './errors.js';
import { executionSymbol } from './symbol.js';

/** The v7 execution health: one entry per symbol, and nothing over all of them. */
export function migrateExecutionHealthV7(document: ExecutionHealthV7, report: MigrationReport): ExecutionHealth {
  const fields = fieldReader(document, report);
  fields.take('updated_ts');
  for (const key of ['router', 'risk']) report.unknown(`/${key}`, 'the document has no aggregate over all symbols');
  const health = defined({
    schema: 'execution_health_v1' as const,
    updated_ts: ageSeconds(document.updated_ts, '/updated_ts', report),
    router: null,
    risk: null,
    errors: fields.required('errors', (each) => executionErrors(each, report), document.symbols),
    symbols:
      symbolRows(fields.take('symbols'), report, '/symbols', (symbol, row) => executionSymbol(symbol, row, report)) ??
      undefined,
  });
  fields.dropRest('the canonical document does not keep it');
  return health;
}
