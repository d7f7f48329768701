import type {
  ExecutionSizing,
  ExecutionSymbol,
  ExecutionSymbolRouter,
  RiskGateEvent,
} from '../../../generated/types/execution-health-v1.js';
import type { MigrationReport } from '../migration.js';
import { errorLine } from '../shared/error-line.js';
import { fieldReader } from '../shared/field-reader.js';
import { symbolText } from '../shared/order-values.js';
import { routerPolicy } from '../shared/routing.js';
import { symbolRisk, texts } from '../shared/symbol-risk.js';
import { atrBlock } from '../shared/volatility.js';
import { defined, epochSeconds, finiteNumber, list, record, share, text } from '../values.js';

const AT = '/symbols/*';
const NO_HOME = 'the canonical document does not keep it';
const POLICY_COPIES = ['policy_quality', 'policy_maker_first', 'policy_taker_bias', 'policy_reason'];

/** The entry of one symbol, without `components`, a second copy of its blocks; its errors go to the document's list. */
export function executionSymbol(
  symbol: string,
  row: Record<string, unknown>,
  report: MigrationReport,
): ExecutionSymbol {
  const fields = fieldReader(row, report, AT);
  for (const known of ['schema', 'symbol', 'components', 'errors']) fields.take(known);
  const result = defined({
    symbol,
    router: fields.required('router', (each) => symbolRouter(each, report)),
    risk: fields.required('risk', (each) => symbolRisk(each, report, `${AT}/risk`)),
    vol: fields.required('vol', (each) => atrBlock(each, report, `${AT}/vol`)),
    sizing: fields.required('sizing', (each) => sizing(each, report)),
    risk_gates: riskGates(record(fields.take('events'))?.['risk_gates'], report),
    updated_ts: fields.optional('updated_ts', epochSeconds),
  });
  fields.dropRest(NO_HOME);
  return result;
}

function symbolRouter(value: unknown, report: MigrationReport): ExecutionSymbolRouter | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, `${AT}/router`);
  for (const copy of POLICY_COPIES) fields.take(copy);
  const router = defined({
    maker_fill_ratio: fields.required('maker_fill_ratio', share),
    fallback_ratio: fields.required('fallback_ratio', share),
    slip_q25: fields.required('slip_q25', finiteNumber),
    slip_q50: fields.required('slip_q50', finiteNumber),
    slip_q75: fields.required('slip_q75', finiteNumber),
    router_warnings: texts(fields.take('router_warnings')),
    policy: fields.optional('policy', (each) => routerPolicy(each, report, `${AT}/router/policy`)),
    maker_offset_bps: fields.optional('maker_offset_bps', finiteNumber),
    last_route_decision: fields.optional('last_route_decision', record),
  });
  fields.dropRest(NO_HOME);
  return router;
}

function sizing(value: unknown, report: MigrationReport): ExecutionSizing | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, `${AT}/sizing`);
  const result: ExecutionSizing = {
    sharpe_7d: fields.required('sharpe_7d', finiteNumber),
    size_mult_sharpe: fields.required('size_mult_sharpe', finiteNumber),
    size_mult_regime: fields.required('size_mult_regime', finiteNumber),
    size_mult_combined: fields.required('size_mult_combined', finiteNumber),
    intel_size_factor: fields.required('intel_size_factor', finiteNumber),
    final_size_factor: fields.required('final_size_factor', finiteNumber),
  };
  fields.dropRest(NO_HOME);
  return result;
}

function riskGates(value: unknown, report: MigrationReport): RiskGateEvent[] | undefined {
  return list(value)?.flatMap((each) => riskGate(typeof each === 'string' ? { gate: each } : each, report) ?? []);
}

function riskGate(value: unknown, report: MigrationReport): RiskGateEvent | null {
  const [at, from] = [`${AT}/risk_gates/*`, `${AT}/events/risk_gates/*`];
  const source = record(value);
  const gate = text(source?.['gate']);
  if (source === null || gate === null || gate.length > 100) {
    report.dropped(from, 'the event names no gate');
    return null;
  }
  const fields = fieldReader(source, report, at, from);
  fields.take('gate');
  const event = defined({
    ts: fields.required('ts', epochSeconds),
    gate,
    symbol: fields.optional('symbol', symbolText),
    reason: fields.required('reason', errorLine),
  });
  fields.dropRest('risk_vetoes carries it');
  return event;
}
