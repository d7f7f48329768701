import type { OrderMetricRecord, OrderRecord } from '@hedge-telemetry/contract';
import type { RoutedOrder } from './routed-order.js';

/** Turns the lines of the ledgers back into the orders that they tell of. */
export interface Replay {
  /** The order of a line of order_metrics; null for any other line. */
  orderOf(record: OrderMetricRecord | OrderRecord): RoutedOrder | null;
}

/** Attempts whose post-only rejects wait for the attempt's line of order_metrics. */
const MAX_WAITING = 10_000;
/** Codes that the exchange refuses a post-only order with. */
const POST_ONLY_CODES: ReadonlySet<string> = new Set(['-2010', '-5022']);
const POST_ONLY_TEXT = /would immediately match|post.?only/i;

/**
 * Post-only rejects are refused acknowledgements and errors in orders_executed; they count for the order_metrics line of the
 * same attempt, which is written once the order is finished, so give orders_executed first or both by time.
 */
export function createReplay(): Replay {
  const waiting = new Map<string, number>();
  const rejectsOf = (attempt: string | null): number | undefined => {
    if (attempt === null) return undefined;
    const rejects = waiting.get(attempt);
    waiting.delete(attempt);
    return rejects;
  };
  return {
    orderOf(record) {
      if ('event_type' in record) {
        const attempt = record.attempt_id ?? null;
        if (attempt === null || !isPostOnlyReject(record)) return null;
        waiting.set(attempt, (waiting.get(attempt) ?? 0) + 1);
        const [oldest] = waiting.keys();
        if (waiting.size > MAX_WAITING && oldest !== undefined) waiting.delete(oldest);
        return null;
      }
      return routedOrder(record, rejectsOf(record.attempt_id));
    },
  };
}

/**
 * The order that a line of order_metrics tells of; null for the closing of a position, which is no order. The line itself
 * says that there was a post-only reject, not how many: then there was one, unless `rejects` were counted.
 */
export function routedOrder(record: OrderMetricRecord, rejects?: number): RoutedOrder | null {
  if (record.event !== 'order') return null;
  const reasons = record.decision?.reasons ?? null;
  const said = reasons === null ? null : Number(reasons.includes('post_only_reject'));
  const status = record.result?.status ?? null;
  return {
    symbol: record.symbol,
    at: record.ts,
    makerStart: record.maker_start,
    isMaker: record.is_maker_final,
    usedFallback: record.used_fallback,
    rejected: status === null ? null : status === 'REJECTED',
    postOnlyRejects: rejects ?? said,
    slippageBps: record.slippage_bps,
    ackLatencyMs: record.timing_ms?.ack,
  };
}

function isPostOnlyReject(record: OrderRecord): boolean {
  if (record.event_type === 'order_error')
    return POST_ONLY_CODES.has(record.code ?? '') || POST_ONLY_TEXT.test(record.message ?? '');
  return record.event_type === 'order_ack' && record.accepted === false && POST_ONLY_TEXT.test(record.reason ?? '');
}
