import { percentilesOf } from './distribution.js';
import type { WindowContents } from './contents.js';
import { makerReliability, routerHealthScore } from './score.js';

/** Statistics of the orders in the window: shares in [0, 1], slippage in bps with a cost positive, latency in ms. */
export interface RouterStats {
  readonly orders: number;
  readonly makers: number;
  readonly takers: number;
  readonly fallbacks: number;
  /** Orders rejected; null where no order says whether it was. */
  readonly rejected: number | null;
  /** Null where no order says how many. */
  readonly postOnlyRejects: number | null;
  /** makers / (makers + takers). */
  readonly makerShare: number | null;
  /** Fallbacks among the maker-first orders. */
  readonly fallbackShare: number | null;
  /** Rejected among the orders that say whether they were. */
  readonly rejectShare: number | null;
  readonly slippage: { readonly mean: number | null; readonly p50: number | null; readonly p95: number | null };
  readonly latency: { readonly p50: number | null; readonly p95: number | null };
  /** clamp01(maker - 0.3 * fallback - 0.2 * reject). */
  readonly reliability: number | null;
  /** clamp01(maker - 0.3 * fallback - slippage penalty - reject penalty). */
  readonly score: number | null;
  /** Seconds since 1970. */
  readonly lastAt: number | null;
  /** False where the window held too many orders to keep one by one: percentiles are then within RELATIVE_ERROR. */
  readonly isExact: boolean;
}

const known = new WeakMap<WindowContents, RouterStats>();

/** The statistics of a window; null wherever there was nothing to measure. Worked out once for the same contents. */
export function statsOf(contents: WindowContents): RouterStats {
  const stats = known.get(contents) ?? workedOut(contents);
  known.set(contents, stats);
  return stats;
}

function workedOut({ tally, slippage, latency, isExact }: WindowContents): RouterStats {
  const shares = {
    maker: ratio(tally.makers, tally.makers + tally.takers),
    fallback: ratio(tally.fallbacks, tally.makerFirst),
    reject: ratio(tally.rejected, tally.rejectsKnown),
  };
  const mean = ratio(tally.slippageSum, tally.slippageCount);
  const [slippageP50, slippageP95] = percentilesOf(slippage, [50, 95]);
  const [latencyP50, latencyP95] = percentilesOf(latency, [50, 95]);
  return {
    orders: tally.orders,
    makers: tally.makers,
    takers: tally.takers,
    fallbacks: tally.fallbacks,
    rejected: counted(tally.rejected, tally.rejectsKnown, tally.orders),
    postOnlyRejects: counted(tally.postOnlyRejects, tally.postOnlyKnown, tally.orders),
    makerShare: shares.maker,
    fallbackShare: shares.fallback,
    rejectShare: shares.reject,
    slippage: { mean, p50: slippageP50, p95: slippageP95 },
    latency: { p50: latencyP50, p95: latencyP95 },
    reliability: makerReliability(shares),
    score: routerHealthScore(shares, mean),
    lastAt: tally.orders === 0 ? null : tally.lastAt,
    isExact,
  };
}

/** Null for an empty denominator; 0 only where the numerator is. */
function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}

/** A window without orders has counted none; one whose orders all keep silent has not counted. */
function counted(total: number, known: number, orders: number): number | null {
  return known === 0 && orders > 0 ? null : total;
}
