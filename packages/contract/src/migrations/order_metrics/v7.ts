import type { OrderMetricsV7 } from '../../../generated/types/legacy/order-metrics-v7.js';
import type { OrderMetricRecord } from '../../../generated/types/order-metrics-v1.js';
import type { MigrationReport } from '../migration.js';
import { migrateOrderMetric } from './order.js';
import { migratePositionClose } from './position-close.js';

/** A line of order_metrics.jsonl of October to December 2025; one without an event is an order. */
export function migrateOrderMetricsV7(document: OrderMetricsV7, report: MigrationReport): OrderMetricRecord {
  return document.event === 'position_close'
    ? migratePositionClose(document, report)
    : migrateOrderMetric(document, report);
}
