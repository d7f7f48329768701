export { createPnlTracker } from './pnl-tracker.js';
export type { BookResult, FundingPayment, OpenPosition, PnlTotals, PnlTracker } from './pnl-tracker.js';
export type { Close, FillEffect, PnlFill } from './fill.js';
export { closeFields, fillOf } from './ledger.js';
export type { CloseFields } from './ledger.js';
export { createTradeTotals } from './trade-totals.js';
export type { TradeTotals, TradeTotalsFigures } from './trade-totals.js';
