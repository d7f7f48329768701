import type { DrawdownStatus } from '../../../generated/types/risk-snapshot-v1.js';
import { normalizePercentage, percentPoints } from '../../percent.js';
import type { MigrationReport } from '../migration.js';
import { drawdownBlock } from '../shared/drawdown.js';
import { fieldReader } from '../shared/field-reader.js';
import { drawdownState } from '../shared/risk-words.js';
import { finiteNumber, record } from '../values.js';

const AT = '/dd_state';

/**
 * Drawdown and its class. A block with `state` in place of `dd_state` only repeats portfolio_dd_pct, a fraction, in
 * words of its own, and says nothing of the drawdown from the peak.
 */
export function drawdownStatus(value: unknown, report: MigrationReport): DrawdownStatus | null {
  if (value === null) return null;
  const source = typeof value === 'string' ? { dd_state: value } : record(value);
  if (source === null || !('dd_state' in source || 'drawdown' in source) || 'state' in source) {
    report.unknown(AT, 'the risk engine had no drawdown state');
    if (source !== null && 'state' in source) report.dropped(AT, 'it repeats portfolio_dd_pct');
    return null;
  }
  const fields = fieldReader(source, report, AT);
  const status: DrawdownStatus = {
    dd_state: fields.required('dd_state', drawdownState),
    drawdown: fields.required('drawdown', (each) => drawdownBlock(each, report, `${AT}/drawdown`)),
  };
  fields.dropRest('the canonical document does not keep it');
  return status;
}

/** The fraction that belongs to percent points; what the dialect wrote in its place is reported where it differs. */
export function shareOfPercent(
  points: number | null | undefined,
  legacy: unknown,
  report: MigrationReport,
  pointer: string,
): number | null {
  const computed = typeof points === 'number' ? normalizePercentage(percentPoints(points)) : null;
  if (computed === null) {
    report.unknown(pointer, 'the percent points that it follows from are not known');
  } else if (computed !== finiteNumber(legacy)) {
    report.recomputed(pointer, legacy, computed, 'it follows from the percent points of the drawdown block');
  }
  return computed;
}
