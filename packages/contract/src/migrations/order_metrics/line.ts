import type { OrderMetric } from '../../../generated/types/order-metrics-v1.js';
import type { OrderMetricsV7 } from '../../../generated/types/legacy/order-metrics-v7.js';
import type { FieldReader } from '../shared/field-reader.js';
import { orderSide } from '../shared/order-values.js';
import { text } from '../values.js';

export const NO_HOME = 'the canonical record does not keep it';

type Head<T extends string> = Pick<OrderMetric, 'schema' | 'ts' | 'attempt_id' | 'intent_id' | 'symbol' | 'side'> & {
  readonly event: T;
};

/** Keys that every line of the ledger starts with. */
export function head<const T extends string>(fields: FieldReader, event: T, document: OrderMetricsV7): Head<T> {
  for (const key of ['ts', 'event', 'symbol']) fields.take(key);
  return {
    schema: 'order_metrics_v1',
    ts: document.ts,
    event,
    attempt_id: fields.required('attempt_id', text),
    intent_id: fields.required('intent_id', text),
    symbol: document.symbol,
    side: fields.required('side', orderSide),
  };
}
