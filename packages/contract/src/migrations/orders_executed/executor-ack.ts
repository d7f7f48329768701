import type { OrderAckV7 } from '../../../generated/types/legacy/orders-executed-v7.js';
import type { OrderAck } from '../../../generated/types/orders-executed-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import { idText, orderId, orderSide, orderStatus, positionSide, positive, symbolText } from '../shared/order-values.js';
import { defined, flag, isoTimestamp, nonNegative, text } from '../values.js';
import { head, metadata, NO_HOME, origin, trade } from './line.js';

/** The executor's acknowledgement, with the exchange's own names. */
export function migrateExecutorAck(document: OrderAckV7, report: MigrationReport): OrderAck {
  const fields = fieldReader(document, report);
  const ack = defined({
    ...head(fields, 'order_ack', document.ts),
    symbol: fields.required('symbol', symbolText),
    side: fields.required('side', orderSide),
    orderId: fields.required('orderId', orderId),
    clientOrderId: fields.required('clientOrderId', idText),
    request_qty: fields.required('request_qty', positive),
    order_type: fields.required('order_type', text),
    status: fields.required('status', orderStatus),
    ts_ack: fields.optional('ts_ack', isoTimestamp),
    positionSide: fields.optional('positionSide', positionSide),
    reduceOnly: fields.optional('reduceOnly', flag),
    latency_ms: fields.optional('latency_ms', nonNegative),
    ...trade(fields),
    metadata: metadata(fields),
    ...origin(fields),
  });
  fields.dropRest(NO_HOME);
  return ack;
}
