import type { RiskVetoesV7 } from '../../../generated/types/legacy/risk-vetoes-v7.js';
import type { RiskVeto } from '../../../generated/types/risk-vetoes-v1.js';
import type { MigrationReport } from '../migration.js';
import { oneOf } from '../values.js';

/**
 * `context` names the module where it is a string. Only the executor stamps a run id. An object is what risk_limits
 * writes, but it does so for the executor and for the shadow pipeline alike.
 */
export function sourceOf(document: RiskVetoesV7, report: MigrationReport): RiskVeto['source'] {
  const { context } = document;
  const named = oneOf(context, ['risk_limits', 'executor', 'pipeline']);
  if (named !== null) return named;
  if (context === undefined && document.run_id !== undefined) return 'executor';
  report.unknown('/source', 'the line does not tell a veto of an order from one of the shadow pipeline');
  return null;
}
