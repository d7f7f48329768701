import type { OrderSide, OrderStatus, PositionSide } from '../../../generated/types/orders-executed-v1.js';
import { digits, finiteNumber, oneOf, text } from '../values.js';

const SIDES: readonly OrderSide[] = ['BUY', 'SELL'];
const POSITION_SIDES: readonly PositionSide[] = ['LONG', 'SHORT', 'BOTH'];
const STATUSES: readonly OrderStatus[] = [
  'NEW',
  'PARTIALLY_FILLED',
  'FILLED',
  'CANCELED',
  'REJECTED',
  'EXPIRED',
  'DRY',
];

export function orderSide(value: unknown): OrderSide | null {
  return oneOf(value, SIDES);
}

export function positionSide(value: unknown): PositionSide | null {
  return oneOf(value, POSITION_SIDES);
}

export function orderStatus(value: unknown): OrderStatus | null {
  return oneOf(value, STATUSES);
}

/** An exchange symbol of a length that the contract takes. */
export function symbolText(value: unknown): string | null {
  const symbol = text(value);
  return symbol !== null && symbol.length <= 64 ? symbol : null;
}

/** A finite number above 0; null for anything else. */
export function positive(value: unknown): number | null {
  const number = finiteNumber(value);
  return number !== null && number > 0 ? number : null;
}

/** Exchange order id; 0 is what a dry run puts in its place. */
export function orderId(value: unknown): string | null {
  const id = digits(value);
  return id === null || /^0+$/.test(id) ? null : id;
}

/** An id that some writers made a number. */
export function idText(value: unknown): string | null {
  return text(value) ?? digits(value);
}
