import type { OrdersExecutedV7 } from '../../../generated/types/legacy/orders-executed-v7.js';
import type { OrderRecord } from '../../../generated/types/orders-executed-v1.js';
import type { MigrationReport } from '../migration.js';
import { migrateExecutorAck } from './executor-ack.js';
import { migrateOrderClose } from './order-close.js';
import { migrateOrderError } from './order-error.js';
import { migrateOrderExecuted } from './order-executed.js';
import { migrateOrderFill } from './order-fill.js';
import { migrateRouterAck } from './router-ack.js';

/** A line of orders_executed.jsonl of October to December 2025. */
export function migrateOrdersExecutedV7(document: OrdersExecutedV7, report: MigrationReport): OrderRecord {
  switch (document.event_type) {
    case 'order_executed':
      return migrateOrderExecuted(document, report);
    case 'order_fill':
      return migrateOrderFill(document, report);
    case 'order_close':
      return migrateOrderClose(document, report);
    case 'order_error':
      return migrateOrderError(document, report);
    case 'order_ack':
      return document.raw === undefined && document.accepted === undefined
        ? migrateExecutorAck(document, report)
        : migrateRouterAck(document, report);
  }
}
