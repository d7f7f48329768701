import type { RouterQuality } from '@hedge-telemetry/contract';
import { attemptSlippage, endedAsMaker } from './attempt.js';
import type { Attempt } from './attempt.js';
import { clamp, mean, quantile, ratio, rounded, sum } from './numbers.js';

/** Statistics of routed orders; rates and quantiles are null where there was nothing to measure. */
export interface RoutingStats {
  readonly orders: number;
  readonly makers: number;
  readonly takers: number;
  readonly fallbacks: number;
  /** Orders of which the exchange refused at least one attempt. */
  readonly rejected: number;
  readonly postOnlyRejects: number;
  readonly makerFillRate: number | null;
  readonly fallbackRatio: number | null;
  readonly rejectRatio: number | null;
  readonly slippage: { readonly q25: number | null; q50: number | null; q75: number | null; q95: number | null };
  readonly averageSlippage: number | null;
  readonly slippageCount: number;
  readonly latencyMs: number | null;
  readonly makerReliability: number | null;
  /** Health score in [0, 1]. */
  readonly score: number | null;
  readonly quality: RouterQuality;
  /** Seconds since 1970. */
  readonly lastAt: number | null;
}

/** Collects routed orders since the process started, the newest of each symbol. */
export interface Routing {
  add(attempt: Attempt, at: number): void;
  of(symbol: string): RoutingStats;
  all(): RoutingStats;
}

interface Routed {
  readonly symbol: string;
  readonly makerStart: boolean;
  readonly isMaker: boolean | null;
  readonly usedFallback: boolean;
  readonly postOnlyRejects: number;
  readonly slippage: number | null;
  readonly latencies: readonly number[];
  readonly at: number;
}

const MAX_ORDERS_PER_SYMBOL = 200;
const MIN_ORDERS = 5;
const UNMEASURED = statsOf([]);

export function createRouting(): Routing {
  const bySymbol = new Map<string, Routed[]>();
  const computed = new Map<string, RoutingStats>();
  let total: RoutingStats | null = null;
  return {
    add: (attempt, at) => {
      const { symbol } = attempt.signal.market;
      const routed = bySymbol.get(symbol) ?? [];
      routed.push({
        symbol,
        makerStart: attempt.makerStart,
        isMaker: endedAsMaker(attempt),
        usedFallback: attempt.usedFallback,
        postOnlyRejects: attempt.postOnlyRejects,
        slippage: attemptSlippage(attempt),
        latencies: attempt.orders.flatMap(({ latencyMs }) => latencyMs ?? []),
        at,
      });
      if (routed.length > MAX_ORDERS_PER_SYMBOL) routed.shift();
      bySymbol.set(symbol, routed);
      computed.set(symbol, statsOf(routed));
      total = null;
    },
    of: (symbol) => computed.get(symbol) ?? UNMEASURED,
    all: () => (total ??= statsOf([...bySymbol.values()].flat())),
  };
}

function statsOf(routed: readonly Routed[]): RoutingStats {
  const makers = routed.filter(({ isMaker }) => isMaker === true).length;
  const takers = routed.filter(({ isMaker }) => isMaker === false).length;
  const fallbacks = routed.filter(({ usedFallback }) => usedFallback).length;
  const rejected = routed.filter(({ postOnlyRejects }) => postOnlyRejects > 0).length;
  const slippages = routed.flatMap(({ slippage }) => slippage ?? []);
  const makerFillRate = ratio(makers, makers + takers);
  const fallbackRatio = ratio(fallbacks, routed.filter(({ makerStart }) => makerStart).length);
  const rejectRatio = ratio(rejected, routed.length);
  const averageSlippage = rounded(mean(slippages));
  const score = healthScore(makerFillRate, fallbackRatio, averageSlippage, rejectRatio);
  return {
    orders: routed.length,
    makers,
    takers,
    fallbacks,
    rejected,
    postOnlyRejects: sum(routed.map(({ postOnlyRejects }) => postOnlyRejects)),
    makerFillRate,
    fallbackRatio,
    rejectRatio,
    slippage: quartiles(slippages),
    averageSlippage,
    slippageCount: slippages.length,
    latencyMs: rounded(
      quantile(
        routed.flatMap(({ latencies }) => latencies),
        0.5,
      ),
      3,
    ),
    makerReliability: reliability(makerFillRate, fallbackRatio, rejectRatio),
    score,
    quality: qualityOf(routed.length, fallbackRatio, averageSlippage, rejectRatio),
    lastAt: routed.length === 0 ? null : Math.max(...routed.map(({ at }) => at)),
  };
}

function quartiles(slippages: readonly number[]): RoutingStats['slippage'] {
  const at = (share: number): number | null => rounded(quantile(slippages, share));
  return { q25: at(0.25), q50: at(0.5), q75: at(0.75), q95: at(0.95) };
}

/** clamp01(maker share - 0.3 * fallback share - slippage penalty - reject penalty); null where no order filled. */
export function healthScore(
  maker: number | null,
  fallback: number | null,
  slippage: number | null,
  reject: number | null,
): number | null {
  if (maker === null) return null;
  return clamp(maker - 0.3 * (fallback ?? 0) - slippagePenalty(slippage ?? 0) - rejectPenalty(reject ?? 0), 0, 1);
}

/** Nothing up to 5 bps, then 0.01 per bps, at most 0.3. */
export function slippagePenalty(bps: number): number {
  if (bps <= 5) return 0;
  return bps <= 15 ? (bps - 5) / 100 : 0.1 + Math.min(0.2, (bps - 15) / 100);
}

/** Half of the share of rejected orders, at most 0.2. */
export function rejectPenalty(reject: number): number {
  return Math.min(0.2, 0.5 * reject);
}

/** clamp01(maker share - 0.3 * fallback share - 0.2 * reject share); null where no order filled. */
export function reliability(maker: number | null, fallback: number | null, reject: number | null): number | null {
  return maker === null ? null : clamp(maker - 0.3 * (fallback ?? 0) - 0.2 * (reject ?? 0), 0, 1);
}

/** Class of what routing costs: fallbacks, slippage, refusals. A handful of orders says nothing yet. */
function qualityOf(
  orders: number,
  fallback: number | null,
  slippage: number | null,
  reject: number | null,
): RouterQuality {
  if (orders < MIN_ORDERS) return 'unknown';
  const cost = 0.5 * (fallback ?? 0) + slippagePenalty(slippage ?? 0) + rejectPenalty(reject ?? 0);
  if (cost < 0.15) return 'good';
  if (cost < 0.3) return 'ok';
  return cost < 0.45 ? 'degraded' : 'broken';
}
