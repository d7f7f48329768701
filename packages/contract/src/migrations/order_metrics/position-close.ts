import type { OrderMetricsV7 } from '../../../generated/types/legacy/order-metrics-v7.js';
import type { PositionCloseMetric } from '../../../generated/types/order-metrics-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import { orderStatus } from '../shared/order-values.js';
import { finiteNumber } from '../values.js';
import { head, NO_HOME } from './line.js';

export function migratePositionClose(document: OrderMetricsV7, report: MigrationReport): PositionCloseMetric {
  const fields = fieldReader(document, report);
  const close = {
    ...head(fields, 'position_close', document),
    pnl_at_close_usd: fields.required('pnl_at_close_usd', finiteNumber),
    order_status: fields.required('order_status', orderStatus),
  };
  fields.dropRest(NO_HOME);
  return close;
}
