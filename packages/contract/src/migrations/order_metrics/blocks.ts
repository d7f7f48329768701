import type {
  OrderPrices,
  OrderQuantity,
  OrderResult,
  OrderTiming,
} from '../../../generated/types/order-metrics-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import { orderStatus, positive } from '../shared/order-values.js';
import { count, finiteNumber, flag, nonNegative } from '../values.js';
import { NO_HOME } from './line.js';

type Source = Record<string, unknown>;

export function orderPrices(source: Source, report: MigrationReport): OrderPrices {
  const fields = fieldReader(source, report, '/prices');
  const unfilled = finiteNumber(source['avg_fill']) === 0;
  if (unfilled) report.recomputed('/prices/avg_fill', fields.take('avg_fill'), null, '0 stands for no fill');
  const prices = {
    mark: fields.required('mark', positive),
    submitted: fields.required('submitted', positive),
    avg_fill: unfilled ? null : fields.required('avg_fill', positive),
  };
  fields.dropRest(NO_HOME);
  return prices;
}

export function orderQuantity(source: Source, report: MigrationReport): OrderQuantity {
  const fields = fieldReader(source, report, '/qty');
  const quantity = {
    contracts: fields.required('contracts', nonNegative),
    notional_usd: fields.required('notional_usd', nonNegative),
  };
  fields.dropRest(NO_HOME);
  return quantity;
}

export function orderTiming(source: Source, report: MigrationReport): OrderTiming {
  const fields = fieldReader(source, report, '/timing_ms');
  const timing = {
    decision: fields.required('decision', nonNegative),
    submit: fields.required('submit', nonNegative),
    ack: fields.required('ack', nonNegative),
    fill: fields.required('fill', finiteNumber),
  };
  fields.dropRest(NO_HOME);
  return timing;
}

export function orderResult(source: Source, report: MigrationReport): OrderResult {
  const fields = fieldReader(source, report, '/result');
  const result = {
    status: fields.required('status', orderStatus),
    retries: fields.required('retries', count),
    cancelled: fields.required('cancelled', flag),
  };
  fields.dropRest(NO_HOME);
  return result;
}
