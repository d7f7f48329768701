import type { OrderAckV7 } from '../../../generated/types/legacy/orders-executed-v7.js';
import type { OrderAck } from '../../../generated/types/orders-executed-v1.js';
import type { MigrationReport } from '../migration.js';
import { sanitised } from '../shared/error-text.js';
import { fieldReader } from '../shared/field-reader.js';
import { idText, orderId, orderSide, orderStatus, positionSide, positive, symbolText } from '../shared/order-values.js';
import { defined, flag, nonNegative, record, text } from '../values.js';
import { head, NO_HOME, origin, trade } from './line.js';
import { zeroAsNone } from './zero-price.js';

/** The router's acknowledgement: symbol, side and quantities stand in the exchange's answer, if at all. */
export function migrateRouterAck(document: OrderAckV7, report: MigrationReport): OrderAck {
  const fields = fieldReader(document, report);
  const raw = record(fields.take('raw')) ?? {};
  const either = (key: string, rawKey: string): unknown => first(fields.take(key), raw[rawKey]);
  const price = zeroAsNone(report, '/price', either('rounded_price', 'price'), 'a market order has no price');
  const avgPrice = zeroAsNone(report, '/avgPrice', either('price', 'avgPrice'), 'nothing was filled yet');
  fields.take('qty');
  const ack = defined({
    ...head(fields, 'order_ack', document.ts),
    symbol: fields.required('symbol', symbolText, either('symbol', 'symbol')),
    side: fields.required('side', orderSide, either('side', 'side')),
    orderId: fields.required('orderId', orderId, either('order_id', 'orderId')),
    clientOrderId: fields.required('clientOrderId', idText, either('request_id', 'clientOrderId')),
    request_qty: fields.required('request_qty', positive, first(raw['origQty'], fields.take('rounded_qty'))),
    order_type: fields.required('order_type', text, either('order_type', 'type')),
    status: fields.required('status', orderStatus, either('status', 'status')),
    price,
    executedQty: fields.required('executedQty', nonNegative, raw['executedQty']),
    avgPrice,
    positionSide: fields.optional('positionSide', positionSide, either('positionSide', 'positionSide')),
    reduceOnly: fields.optional('reduceOnly', flag, either('reduceOnly', 'reduceOnly')),
    accepted: fields.optional('accepted', flag),
    reason: fields.optional('reason', (value) => sanitised(text(value))),
    latency_ms: fields.optional('latency_ms', nonNegative),
    ...trade(fields),
    ...origin(fields),
  });
  if (Object.keys(raw).length > 0) report.dropped('/raw', "what the record does not name of the exchange's answer");
  fields.dropRest(NO_HOME);
  return ack;
}

function first(...values: unknown[]): unknown {
  return values.find((value) => value !== undefined && value !== null);
}
