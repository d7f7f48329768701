import type { OrderRecord } from '@hedge-telemetry/contract';
import type { FillEffect, PnlFill } from './fill.js';

type OrderFill = Extract<OrderRecord, { readonly event_type: 'order_fill' }>;
type OrderClose = Extract<OrderRecord, { readonly event_type: 'order_close' }>;

/** The figures of an order_close record. */
export type CloseFields = Required<
  Pick<OrderClose, 'realizedPnlUsd' | 'fees_total' | 'position_size_before' | 'position_size_after' | 'closed_qty'>
>;

/** The fill that a line of orders_executed tells of; null where it does not name side, quantity or price. */
export function fillOf({ symbol, side, positionSide, executedQty, avgPrice, fee_total }: OrderFill): PnlFill | null {
  if (side === null || executedQty === null || avgPrice === null) return null;
  return { symbol, side, positionSide, qty: executedQty, price: avgPrice, feeUsd: fee_total };
}

/**
 * What all fills of an order closed together, as order_close states it: PnL before fees and the fees of the closing leg are
 * sums, the size before is that of the first fill, the size after that of the last. Null where nothing was closed; a
 * break-even close has a PnL of 0.
 */
export function closeFields(effects: readonly FillEffect[]): CloseFields | null {
  const closes = effects.flatMap(({ close }) => close ?? []);
  const [first, last] = [effects.at(0), effects.at(-1)];
  if (closes.length === 0 || first === undefined || last === undefined) return null;
  const fees = closes.map(({ closingFeeUsd }) => closingFeeUsd);
  return {
    realizedPnlUsd: closes.reduce((sum, { realizedUsd }) => sum + realizedUsd, 0),
    fees_total: fees.reduce<number | null>((sum, fee) => (sum === null || fee === null ? null : sum + fee), 0),
    position_size_before: first.before,
    position_size_after: last.after,
    closed_qty: closes.reduce((sum, { closedQty }) => sum + closedQty, 0),
  };
}
