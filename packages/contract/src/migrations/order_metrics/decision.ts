import type { RouteDecision } from '../../../generated/types/order-metrics-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import { positive } from '../shared/order-values.js';
import { routerQuality, takerBias } from '../shared/risk-words.js';
import { defined, finiteNumber, flag, list, nonNegative, oneOf, record, share, text } from '../values.js';
import { NO_HOME } from './line.js';

/** symbol and side only repeat those of the line. */
export function routeDecision(value: unknown, report: MigrationReport): RouteDecision | null {
  const source = record(value);
  if (source === null) return null;
  const fields = fieldReader(source, report, '/decision');
  for (const key of ['symbol', 'side']) fields.take(key);
  const decision = defined({
    route: fields.required('route', (route) => oneOf(route, ['maker', 'taker'])),
    reasons: fields.required('reasons', texts),
    maker_requested: fields.optional('maker_requested', flag),
    maker_allowed: fields.optional('maker_allowed', flag),
    maker_started: fields.optional('maker_started', flag),
    maker_used: fields.optional('maker_used', flag),
    used_fallback: fields.optional('used_fallback', flag),
    maker_qty: fields.optional('maker_qty', nonNegative),
    maker_price: fields.optional('maker_price', positive),
    maker_offset_bps: fields.optional('maker_offset_bps', finiteNumber),
    offset_bps: fields.optional('offset_bps', finiteNumber),
    spread_bps: fields.optional('spread_bps', nonNegative),
    spread_clamped: fields.optional('spread_clamped', flag),
    policy_maker_first: fields.optional('policy_maker_first', flag),
    policy_taker_bias: fields.optional('policy_taker_bias', takerBias),
    policy_quality: fields.optional('policy_quality', routerQuality),
    maker_reliability: fields.optional('maker_reliability', share),
    effective_reliability: fields.optional('effective_reliability', share),
    risk_mode_dynamic: fields.optional('risk_mode_dynamic', text),
    latency_ms: fields.optional('latency_ms', nonNegative),
  });
  fields.dropRest(NO_HOME);
  return decision;
}

function texts(value: unknown): string[] | null {
  const items = list(value);
  return items?.every((item) => typeof item === 'string') === true ? items : null;
}
