import type { Signal } from './attempt.js';
import type { Verdict } from './gates.js';
import { floorTo } from './numbers.js';

/** What the shadow pipeline decided about a signal, next to what happened live. */
export interface ShadowDecision {
  readonly signal: Signal;
  readonly verdict: Verdict;
  /** Reasons that the shadow holds against the order. */
  readonly reasons: readonly string[];
  readonly allowed: boolean;
  /** Size after the shadow's cap; null where the cap does not bind. */
  readonly clampedQty: number | null;
  /** Seconds since 1970. */
  readonly at: number;
}

/** What separates the shadow's decisions from the live ones. */
export interface Comparison {
  readonly pairs: number;
  readonly mismatches: number;
  /** Shadow size less live size, as a share of the live size; one per pair that both allow. */
  readonly sizes: readonly number[];
  /** Shadow slippage less live slippage in bps. */
  readonly slippages: readonly number[];
}

/** The shadow pipeline of one process: it decides along, without trading. */
export interface Shadow {
  decide(signal: Signal, verdict: Verdict, at: number): void;
  /** Compares the slippage that an order of the shadow would have had with the live one, in bps. */
  compareSlippage(expected: number, live: number): void;
  readonly counts: { readonly allowed: number; readonly vetoed: number };
  readonly last: ShadowDecision | null;
  comparison(): Comparison;
}

const SHADOW_TRADE_FRAC = 0.12;
const MAX_PAIRS = 500;
/** Gates that the shadow pipeline does without. */
const NOT_IN_SHADOW: readonly string[] = ['cooldown', 'trade_rate_limit'];

export function createShadow(): Shadow {
  const counts = { allowed: 0, vetoed: 0 };
  const mismatches: boolean[] = [];
  const sizes: number[] = [];
  const slippages: number[] = [];
  let last: ShadowDecision | null = null;
  return {
    counts,
    get last() {
      return last;
    },
    decide: (signal, verdict, at) => {
      const reasons = verdict.refusals.map(({ reason }) => reason).filter((each) => !NOT_IN_SHADOW.includes(each));
      const allowed = reasons.length === 0;
      const clampedQty = clamped(signal, verdict);
      const live = verdict.refusals.length === 0;
      counts[allowed ? 'allowed' : 'vetoed'] += 1;
      keep(mismatches, allowed !== live);
      if (allowed && live) keep(sizes, ((clampedQty ?? signal.qty) - signal.qty) / signal.qty);
      last = { signal, verdict, reasons, allowed, clampedQty, at };
    },
    compareSlippage: (expected, live) => keep(slippages, expected - live),
    comparison: () => ({
      pairs: mismatches.length,
      mismatches: mismatches.filter(Boolean).length,
      sizes,
      slippages,
    }),
  };
}

function clamped(signal: Signal, { context, notional }: Verdict): number | null {
  if (signal.reduceOnly || context.nav === null) return null;
  const cap = context.nav * SHADOW_TRADE_FRAC;
  if (notional <= cap) return null;
  return floorTo((signal.qty * cap) / notional, signal.market.instrument.qtyDecimals);
}

function keep<T>(values: T[], value: T): void {
  values.push(value);
  if (values.length > MAX_PAIRS) values.shift();
}
