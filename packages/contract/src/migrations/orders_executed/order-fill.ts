import type { OrderFillV7 } from '../../../generated/types/legacy/orders-executed-v7.js';
import type { OrderFill } from '../../../generated/types/orders-executed-v1.js';
import type { MigrationReport } from '../migration.js';
import { fieldReader } from '../shared/field-reader.js';
import { idText, orderId, orderSide, orderStatus, positionSide, positive } from '../shared/order-values.js';
import { defined, digits, finiteNumber, flag, isoTimestamp, list, text } from '../values.js';
import { head, metadata, NO_HOME, origin, trade } from './line.js';

export function migrateOrderFill(document: OrderFillV7, report: MigrationReport): OrderFill {
  const fields = fieldReader(document, report);
  fields.take('symbol');
  const fill = defined({
    ...head(fields, 'order_fill', document.ts),
    symbol: document.symbol,
    side: fields.required('side', orderSide),
    orderId: fields.required('orderId', orderId),
    clientOrderId: fields.required('clientOrderId', idText),
    executedQty: fields.required('executedQty', positive),
    avgPrice: fields.required('avgPrice', positive),
    fee_total: fields.required('fee_total', finiteNumber),
    feeAsset: fields.required('feeAsset', text),
    tradeIds: fields.required('tradeIds', allDigits),
    status: fields.required('status', orderStatus),
    ts_fill_first: fields.optional('ts_fill_first', isoTimestamp),
    ts_fill_last: fields.optional('ts_fill_last', isoTimestamp),
    positionSide: fields.optional('positionSide', positionSide),
    reduceOnly: fields.optional('reduceOnly', flag),
    ...trade(fields),
    metadata: metadata(fields),
    ...origin(fields),
  });
  fields.dropRest(NO_HOME);
  return fill;
}

/** Every id or none: a list with gaps would look whole. */
function allDigits(value: unknown): string[] | null {
  const ids = list(value)?.map(digits);
  return ids?.every((id) => id !== null) === true ? ids : null;
}
