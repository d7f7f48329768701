export { createTradeLog } from './trade-log.js';
export type { TradeLog, TradeLogOptions } from './trade-log.js';
export type { ClosedTrade } from './closed-trade.js';
export type { TradeLogEntry } from './entry.js';
export type { TradeLogQuery } from './query.js';
