import { finding, show } from '@hedge-telemetry/contract/writing';
import type { Finding, OrderRecord, PositionSide } from '@hedge-telemetry/contract';
import type { FillEffect, PnlFill } from './fill.js';
import { fillOf } from './ledger.js';
import { bookFill, bookFunding, signedQty } from './lots.js';
import type { Lot } from './lots.js';

/** Funding paid or received on a position. */
export interface FundingPayment {
  readonly symbol: string;
  /** BOTH where it is left out or null. */
  readonly positionSide?: PositionSide | null | undefined;
  /** USD; positive was received. */
  readonly amountUsd: number;
}

/** What became of a fill or payment; `effect` is null where it was ignored, and a finding says why. */
export interface BookResult {
  readonly effect: FillEffect | null;
  readonly findings: readonly Finding[];
}

/** A position that is open. */
export interface OpenPosition {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  /** In the base asset; negative is short. */
  readonly qty: number;
  /** Mean price of the lots, weighted by quantity, in the quote asset. */
  readonly entryPrice: number;
  /** USD; null where a fee is not known. */
  readonly entryFeeUsd: number | null;
  /** USD; positive was received. */
  readonly fundingUsd: number;
}

/** Sums since the tracker was created, in USD. */
export interface PnlTotals {
  readonly fills: number;
  readonly closes: number;
  /** Before fees and funding. */
  readonly realizedUsd: number;
  /** Of opening and closing fills; null where a fee is not known. */
  readonly feesUsd: number | null;
  /** Positive was received; payments on no position included. */
  readonly fundingUsd: number;
  /** realized - fees + funding; null where a fee is not known. */
  readonly netUsd: number | null;
}

/** Realised PnL by FIFO lots per symbol and position side. Numbers are floats, as in the ledgers that it reproduces. */
export interface PnlTracker {
  /** Books a fill. One with a quantity or price that is not above 0, or without side or symbol, is ignored. */
  fill(fill: PnlFill): BookResult;
  /** Shares a payment among the open lots; it is realised as they are closed. Without a lot it is in the totals only. */
  funding(payment: FundingPayment): readonly Finding[];
  /** Books a line of orders_executed, oldest first, to rebuild the lots after a restart; null where it is no fill. */
  replay(record: OrderRecord): BookResult | null;
  /** The positions that are open, in the order in which they were first traded. */
  positions(): OpenPosition[];
  totals(): PnlTotals;
}

interface Book {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  readonly lots: Lot[];
}

/**
 * A tracker without lots. The ledger holds no funding: after a restart, payments have to be booked again, each between the
 * fills around it.
 */
export function createPnlTracker(): PnlTracker {
  const books = new Map<string, Book>();
  const sums = { fills: 0, closes: 0, realized: 0, fees: 0, unknownFees: 0, funding: 0 };

  const bookOf = (symbol: string, side: PositionSide | null | undefined): Book => {
    const positionSide = side ?? 'BOTH';
    const key = `${positionSide} ${symbol}`;
    const known = books.get(key) ?? { symbol, positionSide, lots: [] };
    books.set(key, known);
    return known;
  };

  const fill = (given: PnlFill): BookResult => {
    const refused = refusal(given);
    if (refused !== null) return { effect: null, findings: [refused] };
    const { fee, findings } = knownFee(given.feeUsd);
    const effect = bookFill(bookOf(given.symbol, given.positionSide).lots, { ...given, feeUsd: fee });
    sums.fills += 1;
    sums.closes += effect.close === null ? 0 : 1;
    sums.realized += effect.close?.realizedUsd ?? 0;
    sums.fees += fee ?? 0;
    sums.unknownFees += fee === null ? 1 : 0;
    return { effect, findings };
  };

  return {
    fill,
    funding({ symbol, positionSide, amountUsd }) {
      if (!Number.isFinite(amountUsd)) return [ignored('/amountUsd', 'a finite number of USD', amountUsd)];
      if (typeof symbol !== 'string') return [ignored('/symbol', 'a symbol', symbol)];
      sums.funding += amountUsd;
      bookFunding(bookOf(symbol, positionSide).lots, amountUsd);
      return [];
    },
    replay(record) {
      if (record.event_type !== 'order_fill') return null;
      const told = fillOf(record);
      return told === null ? { effect: null, findings: [ignored('', 'side, quantity and price', null)] } : fill(told);
    },
    positions: () => [...books.values()].filter(({ lots }) => lots.length > 0).map(openPosition),
    totals() {
      const { fills, closes, realized, fees, unknownFees, funding } = sums;
      const feesUsd = unknownFees > 0 ? null : fees;
      const netUsd = feesUsd === null ? null : realized - feesUsd + funding;
      return { fills, closes, realizedUsd: realized, feesUsd, fundingUsd: funding, netUsd };
    },
  };
}

function refusal({ symbol, side, qty, price, positionSide }: PnlFill): Finding | null {
  if (typeof symbol !== 'string' || symbol === '') return ignored('/symbol', 'a symbol', symbol);
  if (side !== 'BUY' && side !== 'SELL') return ignored('/side', 'BUY or SELL', side);
  if (!isPositive(qty)) return ignored('/qty', 'a quantity above 0', qty);
  if (!isPositive(price)) return ignored('/price', 'a price above 0', price);
  const sides: readonly unknown[] = ['LONG', 'SHORT', 'BOTH', null, undefined];
  return sides.includes(positionSide) ? null : ignored('/positionSide', 'LONG, SHORT or BOTH', positionSide);
}

function knownFee(fee: number | null | undefined): { fee: number | null; findings: Finding[] } {
  if (fee === null || fee === undefined) return { fee: null, findings: [] };
  if (Number.isFinite(fee)) return { fee, findings: [] };
  return { fee: null, findings: [ignored('/feeUsd', 'a finite number of USD, or null', fee)] };
}

function isPositive(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function ignored(pointer: string, expected: string, actual: unknown): Finding {
  return finding('invalid-value', { surface: 'orders_executed', pointer, expected, actual: show(actual) });
}

function openPosition({ symbol, positionSide, lots }: Book): OpenPosition {
  const size = lots.reduce((sum, { qty }) => sum + qty, 0);
  const fees = lots.reduce<number | null>(
    (sum, { feeUsd }) => (sum === null || feeUsd === null ? null : sum + feeUsd),
    0,
  );
  return {
    symbol,
    positionSide,
    qty: signedQty(lots),
    entryPrice: lots.reduce((sum, { qty, price }) => sum + qty * price, 0) / size,
    entryFeeUsd: fees,
    fundingUsd: lots.reduce((sum, { fundingUsd }) => sum + fundingUsd, 0),
  };
}
