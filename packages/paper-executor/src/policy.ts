import type { RouterQuality, RouterRegime, TakerBias } from '@hedge-telemetry/contract';
import { clamp, round } from './numbers.js';
import type { RoutingStats } from './routing.js';

/** Routing policy in force for a symbol. */
export interface Policy {
  /** A post-only order is tried first. */
  readonly maker_first: boolean;
  readonly taker_bias: TakerBias;
  readonly quality: RouterQuality;
  readonly reason: string;
  /** Distance of the post-only price from the touch. */
  readonly offset_bps: number;
}

/** Routing policy as the intel layer weighs it. */
export interface WeighedPolicy {
  readonly maker_first: boolean;
  /** 0 is all maker, 1 is all taker. */
  readonly taker_bias: number;
  readonly bias_label: TakerBias;
  readonly offset_bps: number;
}

/** Routing policy that is suggested for a symbol, and why. */
export interface PolicySuggestion {
  readonly regime: RouterRegime | null;
  readonly current: WeighedPolicy;
  /** Null where there is nothing to go by. */
  readonly proposed: WeighedPolicy | null;
  readonly rationale: readonly string[];
}

const MAKER_OFFSET_BPS = 0.6;
const LABEL_WEIGHTS: Readonly<Record<TakerBias, number>> = { prefer_maker: 0.25, balanced: 0.5, prefer_taker: 0.75 };

/** The policy in force: every fourth symbol takes at once, the others try a post-only order first. */
export function policyOf(index: number, stats: RoutingStats): Policy {
  const makerFirst = index % 4 !== 3;
  return {
    maker_first: makerFirst,
    taker_bias: makerFirst ? 'prefer_maker' : 'prefer_taker',
    quality: stats.quality,
    reason: `configured; quality=${stats.quality}`,
    offset_bps: MAKER_OFFSET_BPS,
  };
}

/** What the tuner would make of the offset: wider where maker orders fill reliably. Null where it has nothing to go by. */
export function tunedOffset(policy: Policy, stats: RoutingStats): number | null {
  const { makerReliability } = stats;
  return makerReliability === null ? null : round(policy.offset_bps * (0.5 + makerReliability), 3);
}

/** The policy that the measurements speak for. */
export function suggestPolicy(policy: Policy, stats: RoutingStats): PolicySuggestion {
  const current = weighed(policy.maker_first, LABEL_WEIGHTS[policy.taker_bias], policy.offset_bps);
  const regime = regimeOf(stats);
  if (regime === null) return { regime, current, proposed: null, rationale: [] };
  return { regime, current, proposed: proposal(regime, current), rationale: [`regime=${regime}`, reasonOf(stats)] };
}

function proposal(regime: RouterRegime, current: WeighedPolicy): WeighedPolicy {
  const { maker_first: makerFirst, taker_bias: bias, offset_bps: offset } = current;
  switch (regime) {
    case 'broken':
      return weighed(false, 0.75, offset);
    case 'fallback_heavy':
      return weighed(makerFirst, bias + 0.25, offset / 2);
    case 'slippage_hot':
      return weighed(true, bias - 0.25, offset);
    case 'maker_strong':
      return weighed(true, bias, offset * 1.25);
    case 'balanced':
      return current;
  }
}

function regimeOf(stats: RoutingStats): RouterRegime | null {
  if (stats.score === null || stats.quality === 'unknown') return null;
  if (stats.quality === 'broken') return 'broken';
  if ((stats.fallbackRatio ?? 0) > 0.5) return 'fallback_heavy';
  if ((stats.slippage.q50 ?? 0) > 3) return 'slippage_hot';
  return (stats.makerFillRate ?? 0) >= 0.8 ? 'maker_strong' : 'balanced';
}

function reasonOf({ orders, makerFillRate }: RoutingStats): string {
  return `maker_fill_rate=${round(makerFillRate ?? 0, 3)} over ${orders} orders`;
}

function weighed(makerFirst: boolean, bias: number, offset: number): WeighedPolicy {
  const share = clamp(bias, 0, 1);
  return { maker_first: makerFirst, taker_bias: share, bias_label: labelOf(share), offset_bps: round(offset, 3) };
}

function labelOf(share: number): TakerBias {
  if (share < 0.4) return 'prefer_maker';
  return share > 0.6 ? 'prefer_taker' : 'balanced';
}
