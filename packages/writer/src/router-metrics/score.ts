import type { OrderSide } from '@hedge-telemetry/contract';

/**
 * Slippage of a fill in bps: (fill - mark) / mark * 10^4, negated for SELL, so that positive is a cost. Prices in the quote
 * asset; null where one of them is not a positive number: no fill price is no slippage, not one of -10,000 bps.
 */
export function slippageBps(side: OrderSide, fill: number | null, mark: number | null): number | null {
  if (!isPrice(fill) || !isPrice(mark)) return null;
  const bps = ((fill - mark) / mark) * 10_000;
  return side === 'SELL' ? 0 - bps : bps;
}

/** 0 for s <= 5 bps, (s - 5) / 100 up to 15 bps, then 0.1 + min(0.2, (s - 15) / 100); s is the mean slippage in bps. */
export function slippagePenalty(s: number): number {
  if (s <= 5) return 0;
  return s <= 15 ? (s - 5) / 100 : 0.1 + Math.min(0.2, (s - 15) / 100);
}

/** min(0.2, 0.5 * reject) for the share of orders rejected, in [0, 1]. */
export function rejectPenalty(reject: number): number {
  return Math.min(0.2, 0.5 * Math.max(0, reject));
}

/** The shares that scores are made of, in [0, 1]; null where the denominator was 0. */
export interface RoutingShares {
  readonly maker: number | null;
  readonly fallback: number | null;
  readonly reject: number | null;
}

/** clamp01(maker - 0.3 * fallback - 0.2 * reject); null where the maker share is not known. */
export function makerReliability({ maker, fallback, reject }: RoutingShares): number | null {
  return maker === null ? null : clamp01(maker - 0.3 * (fallback ?? 0) - 0.2 * (reject ?? 0));
}

/**
 * clamp01(maker - 0.3 * fallback - slippagePenalty(mean slippage) - rejectPenalty(reject)); null where the maker share is not
 * known. What is null otherwise did not occur and takes nothing off.
 */
export function routerHealthScore(shares: RoutingShares, meanSlippageBps: number | null): number | null {
  const { maker, fallback, reject } = shares;
  if (maker === null) return null;
  return clamp01(maker - 0.3 * (fallback ?? 0) - slippagePenalty(meanSlippageBps ?? 0) - rejectPenalty(reject ?? 0));
}

function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function isPrice(value: number | null): value is number {
  return value !== null && Number.isFinite(value) && value > 0;
}
