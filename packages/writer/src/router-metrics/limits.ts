/** Orders of a symbol that a window without a count holds one by one; statistics over no more than these are exact. */
export const EXACT_ORDERS = 1_000;
/** Beyond EXACT_ORDERS each order statistic of slippage and latency is within this share of its true value, or within 0.001. */
export const RELATIVE_ERROR = 0.01;
/** Slices that a time window is kept in beyond EXACT_ORDERS; it then reaches back by up to one slice more. */
export const SLICES = 60;
/** Symbols that are tracked at most. */
export const MAX_SYMBOLS = 1_000;
/** Orders that a window by count may hold. */
export const MAX_COUNT = 10_000;
