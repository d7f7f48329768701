import type { Attempt, PaperOrder, Signal, Trade } from './attempt.js';
import type { ExchangeError } from './exchange-error.js';
import type { Verdict } from './gates.js';

/** One thing that happened in a loop, in the order in which it happened; ledgers are written from these. */
export type Activity =
  /** The exchange answered an order, or a dry run stopped it. */
  | { readonly kind: 'answered'; readonly order: PaperOrder; readonly reason: string | null }
  | { readonly kind: 'traded'; readonly order: PaperOrder; readonly trade: Trade }
  | { readonly kind: 'cancelled'; readonly order: PaperOrder; readonly openQty: number; readonly reason: string }
  /** Nothing more will happen to an order that was filled, at least in part. */
  | { readonly kind: 'settled'; readonly order: PaperOrder }
  /** Nothing more will be done for a signal. */
  | { readonly kind: 'finished'; readonly attempt: Attempt }
  /** An order failed before the exchange answered. */
  | { readonly kind: 'failed'; readonly attempt: Attempt; readonly error: ExchangeError }
  /** Something other than an order failed. */
  | { readonly kind: 'unavailable'; readonly source: string; readonly error: ExchangeError }
  | { readonly kind: 'refreshed'; readonly source: string; readonly interval: number | null }
  | { readonly kind: 'vetoed'; readonly signal: Signal; readonly verdict: Verdict };
