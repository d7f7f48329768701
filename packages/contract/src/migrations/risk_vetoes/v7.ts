import type { RiskVetoesV7 } from '../../../generated/types/legacy/risk-vetoes-v7.js';
import type { RiskVeto } from '../../../generated/types/risk-vetoes-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import { orderSide, positionSide, positive } from '../shared/order-values.js';
import { count, defined, isoTimestamp, list, nonNegative, record, text } from '../values.js';
import { detailOf, withoutLifted } from './detail.js';
import { reasonOf } from './reason.js';
import { sourceOf } from './source.js';
import { flatThresholds } from './thresholds.js';

/** A line of risk_vetoes.jsonl of November and December 2025, whichever module wrote it. */
export function migrateRiskVetoesV7(document: RiskVetoesV7, report: MigrationReport): RiskVeto {
  const fields = fieldReader(document, report);
  for (const key of ['ts', 'event_type', 'type', 'symbol', 'veto_detail']) fields.take(key);
  const detail = detailOf(document);
  const context = fields.take('context');
  const veto = defined({
    schema: 'risk_vetoes_v1' as const,
    ts: isoTimestamp(document.ts) ?? document.ts,
    event_type: 'risk_veto' as const,
    symbol: document.symbol,
    side: fields.required('side', orderSide),
    position_side: fields.required('position_side', positionSide),
    strategy: fields.required('strategy', text, either(fields.take('strategy'), detail.intent['strategy'])),
    ...reasonOf(fields, report),
    gate: fields.required('gate', text, either(fields.take('gate'), detail.lifted('gate'))),
    limit: fields.required('limit', text, detail.lifted('limit')),
    reasons: fields.required('reasons', texts, detail.lifted('reasons')),
    qty_req: fields.required('qty_req', nonNegative),
    notional: fields.required('notional', nonNegative, detail.notional(record(context) ?? {})),
    thresholds: fields.required(
      'thresholds',
      (value) => flatThresholds(value, report),
      either(fields.take('thresholds'), detail.lifted('thresholds')),
    ),
    source: sourceOf(document, report),
    price: fields.optional('price', positive, detail.intent['price']),
    signal_ts: fields.optional('signal_ts', isoTimestamp, either(fields.take('signal_ts'), detail.intent['timestamp'])),
    attempt_id: fields.optional('attempt_id', text, detail.intent['attempt_id']),
    intent_id: fields.optional('intent_id', text, detail.intent['intent_id']),
    observations: record(either(fields.take('observations'), detail.lifted('observations'))) ?? undefined,
    veto_detail: withoutLifted(document.veto_detail),
    context: typeof context === 'string' || context === undefined ? undefined : record(context),
    run_id: fields.optional('run_id', text),
    pid: fields.optional('pid', count),
    hostname: fields.optional('hostname', text),
  });
  fields.dropRest('the canonical record does not keep it');
  return veto;
}

/** The line's own value unless it lacks the key or holds null; then the other, if any. */
function either(own: unknown, other: unknown): unknown {
  return (own === undefined || own === null) && other !== undefined ? other : own;
}

function texts(value: unknown): string[] | null {
  const items = list(value);
  return items?.every((item) => typeof item === 'string') === true ? items : null;
}
