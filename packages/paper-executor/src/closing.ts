import type { PaperOrder } from './attempt.js';
import { round, sum } from './numbers.js';

/** What an order closed, over all of its trades. */
export interface Closing {
  /** USD before fees. */
  readonly realized: number;
  /** USD; of a trade that also opened, the closing part. */
  readonly fees: number;
  readonly closedQty: number;
  /** Signed size before the first and after the last closing trade. */
  readonly before: number;
  readonly after: number;
}

/** What an order closed; null where it only opened. */
export function closingOf(order: PaperOrder): Closing | null {
  const closing = order.trades.filter(({ closedQty }) => closedQty > 0);
  const [first] = closing;
  const last = closing.at(-1);
  if (first === undefined || last === undefined) return null;
  return {
    realized: round(sum(closing.map(({ realized }) => realized ?? 0))),
    fees: round(sum(closing.map(({ fee, closedQty, qty }) => (fee * closedQty) / qty))),
    closedQty: round(sum(closing.map(({ closedQty }) => closedQty)), 9),
    before: first.before,
    after: last.after,
  };
}
