import type { OrderSide, OrderStatus } from '@hedge-telemetry/contract';
import type { SymbolMarket } from './market.js';
import { round, sum } from './numbers.js';
import type { Policy } from './policy.js';
import type { Effect, HeldSide } from './portfolio.js';

/** What the strategy wants to trade. */
export interface Signal {
  readonly market: SymbolMarket;
  readonly side: OrderSide;
  readonly positionSide: HeldSide;
  /** Closes a position or a part of one. */
  readonly reduceOnly: boolean;
  readonly qty: number;
  readonly leverage: number;
  /** Conviction in [0, 1]. */
  readonly strength: number;
  /** Does not wait for a maker fill. */
  readonly urgent: boolean;
  readonly reason: string;
  readonly attemptId: string;
  readonly intentId: string;
  /** Seconds since 1970. */
  readonly at: number;
}

/** One trade of an order. */
export interface Trade extends Effect {
  readonly tradeId: string;
  readonly qty: number;
  readonly price: number;
  readonly isMaker: boolean;
  /** Commission in USD. */
  readonly fee: number;
  /** Seconds since 1970, by the exchange's clock. */
  readonly at: number;
}

/** One order at the exchange. */
export interface PaperOrder {
  readonly attempt: Attempt;
  /** Null where the order was not sent to an exchange. */
  readonly orderId: string | null;
  readonly clientOrderId: string;
  readonly type: 'LIMIT' | 'MARKET';
  /** Limit price; null for a market order. */
  readonly price: number | null;
  readonly qty: number;
  /** Mark price when the order was sent. */
  readonly mark: number;
  /** Seconds since 1970. */
  readonly sentAt: number;
  /** From sending to the exchange's answer; null where none was awaited. */
  readonly latencyMs: number | null;
  readonly trades: Trade[];
  status: OrderStatus;
  /** Loops that the order has rested. */
  rested: number;
}

/** Everything that was done for one signal. */
export interface Attempt {
  readonly signal: Signal;
  readonly policy: Policy;
  readonly makerStart: boolean;
  readonly decisionMs: number;
  readonly submitMs: number;
  readonly orders: PaperOrder[];
  postOnlyRejects: number;
  usedFallback: boolean;
}

/** Quantity filled. */
export function filledQty(trades: readonly Trade[]): number {
  return round(sum(trades.map(({ qty }) => qty)), 9);
}

/** State of an order right after the last of the given trades. */
export function fillStatus(order: PaperOrder, trades: readonly Trade[]): 'FILLED' | 'PARTIALLY_FILLED' {
  return filledQty(trades) >= order.qty ? 'FILLED' : 'PARTIALLY_FILLED';
}

/** Average fill price; null where nothing was filled. */
export function averagePrice(trades: readonly Trade[]): number | null {
  if (trades.length === 0) return null;
  return round(sum(trades.map(({ qty, price }) => qty * price)) / sum(trades.map(({ qty }) => qty)));
}

/** Every trade of an attempt. */
export function tradesOf(attempt: Attempt): Trade[] {
  return attempt.orders.flatMap(({ trades }) => trades);
}

/** True where every trade of the attempt added liquidity; null where there was none. */
export function endedAsMaker(attempt: Attempt): boolean | null {
  const trades = tradesOf(attempt);
  return trades.length === 0 ? null : trades.every(({ isMaker }) => isMaker);
}

/** (price - mark) / mark in bps, negated for SELL: positive is a cost. Null where nothing was filled. */
export function slippageBps(side: OrderSide, price: number | null, mark: number): number | null {
  if (price === null) return null;
  const bps = ((price - mark) / mark) * 10_000;
  return round(side === 'SELL' ? -bps : bps);
}

/** Slippage of a whole attempt against the mark price of its first order. */
export function attemptSlippage(attempt: Attempt): number | null {
  const [first] = attempt.orders;
  return first === undefined ? null : slippageBps(attempt.signal.side, averagePrice(tradesOf(attempt)), first.mark);
}
