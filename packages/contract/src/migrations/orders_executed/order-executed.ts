import type { OrderExecutedV7 } from '../../../generated/types/legacy/orders-executed-v7.js';
import type { OrderAck } from '../../../generated/types/orders-executed-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import { idText, orderSide, orderStatus } from '../shared/order-values.js';
import { defined, flag, nonNegative, text } from '../values.js';
import { head, NO_HOME, origin, trade } from './line.js';
import { zeroAsNone } from './zero-price.js';

/** What became the acknowledgement: it names neither the order id nor the quantity ordered, only what was filled at once. */
export function migrateOrderExecuted(document: OrderExecutedV7, report: MigrationReport): OrderAck {
  const fields = fieldReader(document, report);
  const ack = defined({
    ...head(fields, 'order_ack', document.ts),
    symbol: fields.required('symbol', text),
    side: fields.required('side', orderSide),
    orderId: fields.required('orderId', text, undefined),
    clientOrderId: fields.required('clientOrderId', idText, fields.take('client_order_id')),
    request_qty: fields.required('request_qty', nonNegative, undefined),
    order_type: fields.required('order_type', text),
    status: fields.required('status', orderStatus),
    price: document.order_type === 'MARKET' ? null : undefined,
    executedQty: fields.optional('executedQty', nonNegative, fields.take('qty')),
    avgPrice: zeroAsNone(report, '/avgPrice', fields.take('price'), 'nothing was filled yet'),
    reduceOnly: fields.optional('reduceOnly', flag, fields.take('reduce_only')),
    latency_ms: fields.optional('latency_ms', nonNegative),
    exchange: fields.optional('exchange', text),
    context: fields.optional('context', text),
    ...trade(fields),
    ...origin(fields),
  });
  fields.dropRest(NO_HOME);
  return ack;
}
