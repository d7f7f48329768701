import type { OrderSide, PositionSide } from '@hedge-telemetry/contract';
import type { Close, FillEffect, PnlFill } from './fill.js';

/** An open part of a position, of one fill. */
export interface Lot {
  readonly side: OrderSide;
  readonly price: number;
  qty: number;
  /** Entry fee of what is still open; null where it is not known. */
  feeUsd: number | null;
  fundingUsd: number;
}

/** Quantities up to this are nothing, in the base asset. */
const EPSILON = 1e-9;

/**
 * Books a fill on the lots of its symbol and position side, first in, first out. While the oldest lot has the opposite side:
 * matched = min(remaining, lot.qty); realized += (fill - lot) * matched for a SELL, (lot - fill) * matched for a BUY. What
 * remains opens a lot.
 */
export function bookFill(lots: Lot[], fill: PnlFill): FillEffect {
  const { side, qty, price, feeUsd = null } = fill;
  const before = signedQty(lots);
  let remaining = qty;
  let closed: Open | null = null;
  for (let lot = lots[0]; lot !== undefined && remaining > EPSILON && lot.side !== side; lot = lots[0]) {
    const matched = Math.min(remaining, lot.qty);
    closed ??= { qty: 0, realized: 0, closingFee: 0, entryFee: 0, funding: 0 };
    take(closed, lot, matched);
    closed.realized += (side === 'SELL' ? price - lot.price : lot.price - price) * matched;
    closed.closingFee = plus(closed.closingFee, feeUsd, matched / qty);
    remaining -= matched;
    if (lot.qty <= EPSILON) lots.shift();
  }
  const openedQty = remaining > EPSILON ? remaining : 0;
  if (openedQty > 0)
    lots.push({ side, price, qty: openedQty, feeUsd: plus(0, feeUsd, openedQty / qty), fundingUsd: 0 });
  return {
    before,
    after: signedQty(lots),
    openedQty,
    phantomQty: isAgainst(side, fill.positionSide) ? openedQty : 0,
    close: closed === null ? null : closeOf(closed),
  };
}

/** Shares a funding payment among the lots by quantity. */
export function bookFunding(lots: readonly Lot[], amountUsd: number): void {
  const size = lots.reduce((sum, { qty }) => sum + qty, 0);
  for (const lot of lots) lot.fundingUsd += (amountUsd * lot.qty) / size;
}

/** Signed size in the base asset; negative is short. */
export function signedQty(lots: readonly Lot[]): number {
  return lots.reduce((sum, { side, qty }) => (side === 'BUY' ? sum + qty : sum - qty), 0);
}

/** Figures of a close while it is being summed up. */
interface Open {
  qty: number;
  realized: number;
  closingFee: number | null;
  entryFee: number | null;
  funding: number;
}

/** Moves the lot's share of its fee and funding over with the quantity. */
function take(closed: Open, lot: Lot, matched: number): void {
  const share = matched / lot.qty;
  const funding = lot.fundingUsd * share;
  closed.qty += matched;
  closed.entryFee = plus(closed.entryFee, lot.feeUsd, share);
  closed.funding += funding;
  lot.qty -= matched;
  lot.fundingUsd -= funding;
  if (lot.feeUsd !== null) lot.feeUsd -= lot.feeUsd * share;
}

function closeOf({ qty, realized, closingFee, entryFee, funding }: Open): Close {
  return {
    closedQty: qty,
    realizedUsd: realized,
    closingFeeUsd: closingFee,
    entryFeeUsd: entryFee,
    fundingUsd: funding,
    netUsd: closingFee === null || entryFee === null ? null : realized - closingFee - entryFee + funding,
  };
}

/** sum + amount * share; null as soon as one of them is not known. */
function plus(sum: number | null, amount: number | null, share: number): number | null {
  return sum === null || amount === null ? null : sum + amount * share;
}

function isAgainst(side: OrderSide, positionSide: PositionSide | null | undefined): boolean {
  return (positionSide === 'LONG' && side === 'SELL') || (positionSide === 'SHORT' && side === 'BUY');
}
