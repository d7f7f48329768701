import type { OrderErrorV7 } from '../../../generated/types/legacy/orders-executed-v7.js';
import type { OrderError } from '../../../generated/types/orders-executed-v1.js';
import type { MigrationReport } from '../migration.js';
import { errorParts } from '../shared/error-text.js';
import { fieldReader } from '../shared/field-reader.js';
import { orderSide, positionSide, positive, symbolText } from '../shared/order-values.js';
import { defined, flag, text } from '../values.js';
import { head, NO_HOME, origin, trade } from './line.js';

/** Of the exception's repr only name, code and the first line of the message are kept; the request is not kept. */
export function migrateOrderError(document: OrderErrorV7, report: MigrationReport): OrderError {
  const fields = fieldReader(document, report);
  const exc = text(fields.take('exc'));
  const told = exc === null ? null : errorParts(exc);
  if (exc !== null) report.dropped('/exc', 'a repr of the exception; name, code and message were read from it');
  const error = defined({
    ...head(fields, 'order_error', document.ts),
    symbol: fields.required('symbol', symbolText),
    side: fields.required('side', orderSide),
    name: fields.required('name', text, told?.name ?? undefined),
    code: fields.required('code', text, told?.code ?? undefined),
    message: fields.required('message', text, told?.message ?? undefined),
    order_type: fields.optional('order_type', text),
    price: fields.optional('price', positive),
    qty: fields.optional('qty', positive),
    position_side: fields.optional('position_side', positionSide),
    reduce_only: fields.optional('reduce_only', flag),
    dry_run: fields.optional('dry_run', flag),
    ...trade(fields),
    ...origin(fields),
  });
  fields.dropRest(NO_HOME);
  return error;
}
