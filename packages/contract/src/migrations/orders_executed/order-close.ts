import type { OrderCloseV7 } from '../../../generated/types/legacy/orders-executed-v7.js';
import type { OrderClose } from '../../../generated/types/orders-executed-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import { idText, orderId, positionSide } from '../shared/order-values.js';
import { defined, finiteNumber, isoTimestamp, nonNegative } from '../values.js';
import { head, metadata, NO_HOME, origin, trade } from './line.js';

/** A break-even close keeps its PnL of 0. */
export function migrateOrderClose(document: OrderCloseV7, report: MigrationReport): OrderClose {
  const fields = fieldReader(document, report);
  fields.take('symbol');
  const close = defined({
    ...head(fields, 'order_close', document.ts),
    symbol: document.symbol,
    orderId: fields.required('orderId', orderId),
    clientOrderId: fields.required('clientOrderId', idText),
    realizedPnlUsd: fields.required('realizedPnlUsd', finiteNumber),
    fees_total: fields.required('fees_total', finiteNumber),
    position_size_before: fields.required('position_size_before', finiteNumber),
    position_size_after: fields.required('position_size_after', finiteNumber),
    closed_qty: fields.required('closed_qty', nonNegative),
    ts_close: fields.optional('ts_close', isoTimestamp),
    positionSide: fields.optional('positionSide', positionSide),
    ...trade(fields),
    metadata: metadata(fields),
    ...origin(fields),
  });
  fields.dropRest(NO_HOME);
  return close;
}
