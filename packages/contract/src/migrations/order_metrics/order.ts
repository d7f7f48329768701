import type { OrderMetricsV7 } from '../../../generated/types/legacy/order-metrics-v7.js';
import type { OrderMetric } from '../../../generated/types/order-metrics-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import type { FieldReader } from '../shared/field-reader.js';
import { routerPolicy } from '../shared/routing.js';
import { defined, finiteNumber, flag, nonNegative, oneOf, record, text } from '../values.js';
import { orderPrices, orderQuantity, orderResult, orderTiming } from './blocks.js';
import { routeDecision } from './decision.js';
import { head, NO_HOME } from './line.js';

/** Without a fill price there is no slippage: the dialect then took 0 for the price, and ±10000 bps came out. */
export function migrateOrderMetric(document: OrderMetricsV7, report: MigrationReport): OrderMetric {
  const fields = fieldReader(document, report);
  const block = <T>(name: string, read: (source: Record<string, unknown>, report: MigrationReport) => T): T | null => {
    const source = fields.required(name, record);
    return source === null ? null : read(source, report);
  };
  const policy = (name: string): ReturnType<typeof routerPolicy> | undefined =>
    fields.optional(name, (value) => routerPolicy(value, report, `/${name}`));
  const prices = block('prices', orderPrices);
  const metric = defined({
    ...head(fields, 'order', document),
    route: fields.required('route', text),
    prices,
    qty: block('qty', orderQuantity),
    timing_ms: block('timing_ms', orderTiming),
    result: block('result', orderResult),
    fees_usd: fields.required('fees_usd', finiteNumber),
    slippage_bps: slippage(fields, prices?.avg_fill, report),
    venue: fields.optional('venue', text),
    execution_style: fields.optional('execution_style', (value) => oneOf(value, ['single', 'twap'])),
    ack_latency_ms: fields.optional('ack_latency_ms', nonNegative),
    maker_start: fields.optional('maker_start', flag),
    is_maker_final: fields.optional('is_maker_final', flag),
    used_fallback: fields.optional('used_fallback', flag),
    policy: policy('policy'),
    policy_before: policy('policy_before'),
    policy_after: policy('policy_after'),
    autotune_applied: fields.optional('autotune_applied', flag),
    decision: fields.optional('decision', (value) => routeDecision(value, report)),
  });
  fields.dropRest(NO_HOME);
  return metric;
}

/** `avgFill` is undefined where the line holds no prices: then nothing contradicts its slippage. */
function slippage(fields: FieldReader, avgFill: number | null | undefined, report: MigrationReport): number | null {
  const told = fields.required('slippage_bps', finiteNumber);
  if (avgFill !== null || told === null) return told;
  report.recomputed('/slippage_bps', told, null, 'nothing was filled, so there is no slippage');
  return null;
}
