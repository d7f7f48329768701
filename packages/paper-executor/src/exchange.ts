import type { Attempt, PaperOrder, Trade } from './attempt.js';
import { fillStatus, filledQty } from './attempt.js';
import type { Ids } from './ids.js';
import { floorTo, round } from './numbers.js';
import type { Effect } from './portfolio.js';
import type { Random } from './random.js';
import { MAKER_FEE, TAKER_FEE } from './settings.js';

/** Books a trade in the account and says what it did to the position. */
export type Book = (order: PaperOrder, qty: number, price: number, fee: number) => Effect;

/** A simulated exchange: takes orders and trades them against the market's quotes. */
export interface Exchange {
  /** Places a post-only order; it rests, or is refused because the market has moved through its price meanwhile. */
  placePostOnly(attempt: Attempt, qty: number, price: number, at: number): PaperOrder;
  /** Trades a resting order as far as the market reached its price; null where it did not. */
  reach(order: PaperOrder, at: number): Trade | null;
  /** Fills a market order at once, in one or two trades. */
  fillMarket(attempt: Attempt, qty: number, at: number): PaperOrder;
}

const SPLIT_CHANCE = 0.3;
const WHOLE_FILL_CHANCE = 0.7;
/** The market moves by this share of a tick while an order travels. */
const TRAVEL_SHARE = 0.2;

export function createExchange(random: Random, ids: Ids, book: Book): Exchange {
  const send = (
    attempt: Attempt,
    type: PaperOrder['type'],
    price: number | null,
    qty: number,
    at: number,
  ): PaperOrder => {
    const order: PaperOrder = {
      attempt,
      orderId: ids.order(),
      clientOrderId: ids.clientOrder(),
      type,
      price,
      qty,
      mark: attempt.signal.market.quote().mark,
      sentAt: at,
      latencyMs: round(random.between(18, 70), 2),
      trades: [],
      status: 'NEW',
      rested: 0,
    };
    attempt.orders.push(order);
    return order;
  };
  const trade = (order: PaperOrder, qty: number, price: number, isMaker: boolean, at: number): Trade => {
    const fee = round(qty * price * (isMaker ? MAKER_FEE : TAKER_FEE));
    const effect = book(order, qty, price, fee);
    const done: Trade = { ...effect, tradeId: ids.trade(), qty, price, isMaker, fee, at };
    order.trades.push(done);
    order.status = fillStatus(order, order.trades);
    return done;
  };
  return {
    placePostOnly: (attempt, qty, price, at) => {
      const { market, side } = attempt.signal;
      const travelled = 1 + ((market.tickBps() * TRAVEL_SHARE) / 10_000) * random.normal();
      const { bid, ask } = market.quote();
      const wouldTake = side === 'BUY' ? price >= ask * travelled : price <= bid * travelled;
      const order = send(attempt, 'LIMIT', price, qty, at);
      if (wouldTake) order.status = 'REJECTED';
      return order;
    },
    reach: (order, at) => {
      const { market, side } = order.attempt.signal;
      const { mark } = market.quote();
      const price = order.price ?? mark;
      if (side === 'BUY' ? mark > price : mark < price) return null;
      const open = openQty(order);
      const part = random.chance(WHOLE_FILL_CHANCE) ? open : open * random.between(0.25, 0.75);
      const qty = floorTo(part, market.instrument.qtyDecimals);
      return trade(order, qty > 0 ? qty : open, price, true, at + random.between(0, 0.04));
    },
    fillMarket: (attempt, qty, at) => {
      const order = send(attempt, 'MARKET', null, qty, at);
      const { market } = attempt.signal;
      const first = random.chance(SPLIT_CHANCE) ? floorTo(qty / 2, market.instrument.qtyDecimals) : 0;
      for (const part of [first, round(qty - first, 9)].filter((each) => each > 0))
        trade(order, part, takingPrice(attempt, random), false, at + random.between(0.01, 0.09));
      return order;
    },
  };
}

/** Quantity of an order that is not filled. */
export function openQty(order: PaperOrder): number {
  return round(order.qty - filledQty(order.trades), 9);
}

/** The touch on the other side, with some impact. */
function takingPrice({ signal }: Attempt, random: Random): number {
  const { bid, ask } = signal.market.quote();
  const { priceDecimals, spreadBps } = signal.market.instrument;
  const impact = (spreadBps * random.between(-0.2, 1.6)) / 10_000;
  return round(signal.side === 'BUY' ? ask * (1 + impact) : bid * (1 - impact), priceDecimals);
}
