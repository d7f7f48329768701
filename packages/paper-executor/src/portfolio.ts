import type { OrderSide } from '@hedge-telemetry/contract';
import { round, sum } from './numbers.js';

/** Side of a position in hedge mode. */
export type HeldSide = 'LONG' | 'SHORT';

/** A fill as the position tracker books it. */
export interface Booking {
  readonly symbol: string;
  readonly positionSide: HeldSide;
  readonly side: OrderSide;
  /** In the base asset, above 0. */
  readonly qty: number;
  readonly price: number;
}

/** What a fill did to the position. */
export interface Effect {
  /** USD before fees; null where the fill closed nothing. */
  readonly realized: number | null;
  readonly closedQty: number;
  /** Signed size before and after; negative is short. */
  readonly before: number;
  readonly after: number;
}

/** An open position. */
export interface OpenPosition {
  readonly symbol: string;
  readonly side: HeldSide;
  /** Signed; negative is short. */
  readonly qty: number;
  readonly entryPrice: number;
  /** USD realised on the open position, before fees. */
  readonly realized: number;
}

/** FIFO lots per symbol and position side. */
export interface Portfolio {
  book(fill: Booking): Effect;
  /** The open position of a symbol; null where it is flat. */
  position(symbol: string): OpenPosition | null;
  /** Every open position, in the order in which the symbols were first traded. */
  positions(): OpenPosition[];
}

interface Lot {
  readonly side: OrderSide;
  readonly price: number;
  qty: number;
}

interface Key {
  readonly symbol: string;
  readonly side: HeldSide;
  lots: Lot[];
  realized: number;
}

const EPSILON = 1e-9;

/** An empty portfolio. */
export function createPortfolio(): Portfolio {
  const keys = new Map<string, Key>();
  const keyOf = (symbol: string, side: HeldSide): Key => {
    const name = `${symbol} ${side}`;
    const known = keys.get(name) ?? { symbol, side, lots: [], realized: 0 };
    keys.set(name, known);
    return known;
  };
  return {
    book: (fill) => bookFill(keyOf(fill.symbol, fill.positionSide), fill),
    position: (symbol) => {
      const held = [...keys.values()].find((key) => key.symbol === symbol && key.lots.length > 0);
      return held === undefined ? null : openPosition(held);
    },
    positions: () => [...keys.values()].filter(({ lots }) => lots.length > 0).map(openPosition),
  };
}

/**
 * Closes the oldest lots of the opposite side first, a SELL with fill - lot per unit and a BUY with lot - fill, and opens
 * a lot with what remains.
 */
function bookFill(key: Key, fill: Booking): Effect {
  const before = signedQty(key.lots);
  let remaining = fill.qty;
  let realized = 0;
  for (const lot of key.lots) {
    if (remaining <= EPSILON || lot.side === fill.side) break;
    const matched = Math.min(remaining, lot.qty);
    realized += (fill.side === 'SELL' ? fill.price - lot.price : lot.price - fill.price) * matched;
    lot.qty = round(lot.qty - matched, 9);
    remaining = round(remaining - matched, 9);
  }
  key.lots = key.lots.filter(({ qty }) => qty > EPSILON);
  if (remaining > EPSILON) key.lots.push({ side: fill.side, price: fill.price, qty: remaining });
  const closedQty = round(fill.qty - remaining, 9);
  key.realized = key.lots.length === 0 ? 0 : round(key.realized + realized);
  return { realized: closedQty > 0 ? round(realized) : null, closedQty, before, after: signedQty(key.lots) };
}

function openPosition({ symbol, side, lots, realized }: Key): OpenPosition {
  const size = sum(lots.map(({ qty }) => qty));
  const entryPrice = round(sum(lots.map(({ qty, price }) => qty * price)) / size);
  return { symbol, side, qty: signedQty(lots), entryPrice, realized };
}

function signedQty(lots: readonly Lot[]): number {
  return round(sum(lots.map(({ side, qty }) => (side === 'BUY' ? qty : -qty))), 9);
}
