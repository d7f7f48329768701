import type { RiskVeto } from '../../../generated/types/risk-vetoes-v1.js';
import type { MigrationReport } from '../migration.js';
import type { FieldReader } from '../shared/field-reader.js';
import { text } from '../values.js';

/** Names of the gates for the reasons of the common vocabulary; the executor wrote the former, risk_limits the latter. */
const COMMON_REASONS: ReadonlyMap<string, string> = new Map([
  ['leverage_exceeded', 'leverage_cap'],
  ['below_min_notional', 'min_notional'],
  ['kill_switch_triggered', 'kill_switch'],
  ['exceeds_per_trade_cap', 'per_trade_cap'],
  ['exceeds_open_notional_cap', 'open_notional_cap'],
  ['not_whitelisted', 'whitelist'],
  ['day_loss_limit', 'daily_loss'],
]);

/** A line without the gate's own reason holds it in place of the common one. */
export function reasonOf(
  fields: FieldReader,
  report: MigrationReport,
): Pick<RiskVeto, 'veto_reason' | 'original_reason'> {
  const written = String(fields.take('veto_reason'));
  const original = fields.take('original_reason');
  if (original !== undefined) {
    return { veto_reason: written, original_reason: fields.required('original_reason', text, original) };
  }
  const common = COMMON_REASONS.get(written) ?? written;
  if (common !== written) report.recomputed('/veto_reason', written, common, "the line held the gate's own reason");
  return { veto_reason: common, original_reason: written };
}
