export { createRouterMetrics } from './router-metrics.js';
export type { RouterMetrics, RouterMetricsOptions } from './router-metrics.js';
export { routedOrder } from './replay.js';
export type { RoutedOrder } from './routed-order.js';
export type { RouterStats } from './stats.js';
export { makerReliability, rejectPenalty, routerHealthScore, slippageBps, slippagePenalty } from './score.js';
export { EXACT_ORDERS, RELATIVE_ERROR } from './limits.js';
export type { SymbolRouting } from './summary.js';
export type { WindowBounds } from './contents.js';
