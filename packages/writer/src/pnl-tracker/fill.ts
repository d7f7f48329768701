import type { OrderSide, PositionSide } from '@hedge-telemetry/contract';

/** A fill, of one trade or of an order's trades together. */
export interface PnlFill {
  readonly symbol: string;
  readonly side: OrderSide;
  /** BOTH, a one-way position, where it is left out or null. */
  readonly positionSide?: PositionSide | null | undefined;
  /** In the base asset, above 0. */
  readonly qty: number;
  /** Average price in the quote asset, above 0. */
  readonly price: number;
  /** Commission in USD, negative for a rebate; null where it is not known. */
  readonly feeUsd?: number | null | undefined;
}

/** What a fill closed. A break-even close has a PnL of 0. All figures but the quantity are in USD. */
export interface Close {
  /** In the base asset. */
  readonly closedQty: number;
  /** Before fees and funding. */
  readonly realizedUsd: number;
  /** The closing fill's fee * matched / qty, summed over the lots; null where it is not known. */
  readonly closingFeeUsd: number | null;
  /** The entry fees of the lots in proportion to what was closed of them; null where one is not known. */
  readonly entryFeeUsd: number | null;
  /** Funding of the lots while they were open, in proportion to what was closed of them; positive was received. */
  readonly fundingUsd: number;
  /** realized - closing fee - entry fees + funding; null where a fee is not known. */
  readonly netUsd: number | null;
}

/** What a fill did to its position. */
export interface FillEffect {
  /** Signed size in the base asset, negative is short. */
  readonly before: number;
  readonly after: number;
  /** In the base asset. */
  readonly openedQty: number;
  /**
   * Of openedQty, what opened a lot against the position's side: a SELL on LONG or a BUY on SHORT that found no lot to close.
   * The next opening fill is then booked as a close. Above 0 it means that the opening fill was never booked here.
   */
  readonly phantomQty: number;
  /** Null where nothing was closed. */
  readonly close: Close | null;
}
