import type { RouterHealth, RouterPolicy, RouterQuality } from '@hedge-telemetry/contract';
import type { WindowContents } from './contents.js';
import { statsOf } from './stats.js';
import type { RouterStats } from './stats.js';

/** What the router knows of a symbol beside its orders. */
export interface SymbolRouting {
  readonly quality?: RouterQuality | null;
  readonly policy?: RouterPolicy | null;
  readonly autotune?: RouterHealth['symbols'][number]['autotune'];
}

type RouterSymbol = RouterHealth['symbols'][number];
type Shared = 'order_count' | 'maker_count' | 'taker_count' | 'fallback_count' | 'reject_count' | 'post_only_rejects';
type Measures = 'maker_fill_rate' | 'fallback_ratio' | 'slippage_p50' | 'slip_q95' | 'avg_slippage_bps';
type Common = Required<Pick<RouterSymbol, Shared | Measures>>;

/** What a router_health document is made of. */
export interface Summarised {
  /** Seconds since 1970. */
  readonly at: number;
  readonly windowSeconds: number | null;
  readonly rows: readonly { readonly symbol: string; readonly contents: WindowContents }[];
  readonly total: WindowContents;
  readonly known: Readonly<Record<string, SymbolRouting>>;
}

/**
 * The document, with a row for every symbol whether it traded or not. A count of no orders is 0; what is measured over
 * orders is null without them. Policy and tuning are left out where they were not given: null would say that there are none.
 */
export function routerHealth({ at, windowSeconds, rows, total, known }: Summarised): RouterHealth {
  const stats = statsOf(total);
  const given = rows.map(({ symbol }) => (Object.hasOwn(known, symbol) ? (known[symbol] ?? {}) : {}));
  return {
    updated_ts: at,
    router_health_score: stats.score,
    ...common(stats),
    window_s: windowSeconds,
    symbols: rows.map(({ symbol, contents }, index) => symbolRow(symbol, statsOf(contents), given[index] ?? {})),
    summary: summaryOf(given),
  };
}

function symbolRow(symbol: string, stats: RouterStats, { quality, policy, autotune }: SymbolRouting): RouterSymbol {
  return {
    symbol,
    ...common(stats),
    ack_latency_ms: stats.latency.p50,
    maker_reliability: stats.reliability,
    last_ts: stats.lastAt,
    quality: quality ?? null,
    ...(policy === undefined ? {} : { policy }),
    ...(autotune === undefined ? {} : { autotune }),
  };
}

function common(stats: RouterStats): Common {
  return {
    maker_fill_rate: stats.makerShare,
    fallback_ratio: stats.fallbackShare,
    slippage_p50: stats.slippage.p50,
    slip_q95: stats.slippage.p95,
    avg_slippage_bps: stats.slippage.mean,
    order_count: stats.orders,
    maker_count: stats.makers,
    taker_count: stats.takers,
    fallback_count: stats.fallbacks,
    reject_count: stats.rejected,
    post_only_rejects: stats.postOnlyRejects,
  };
}

function summaryOf(given: readonly SymbolRouting[]): NonNullable<RouterHealth['summary']> {
  const policies = given.filter(({ policy }) => policy !== undefined);
  const enabled = policies.filter(({ policy }) => policy?.maker_first === true).length;
  return {
    count: given.length,
    quality_counts: qualityCounts(given),
    maker_first_enabled: policies.length === 0 && given.length > 0 ? null : enabled,
  };
}

/** Null where no quality is known. */
function qualityCounts(given: readonly SymbolRouting[]): Record<string, number> | null {
  const counts = new Map<string, number>();
  for (const { quality } of given)
    if (quality !== null && quality !== undefined) counts.set(quality, (counts.get(quality) ?? 0) + 1);
  return counts.size === 0 ? null : Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
