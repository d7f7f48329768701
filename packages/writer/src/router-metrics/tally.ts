import type { CheckedOrder } from './routed-order.js';

/** What is counted over orders. Every `…Known` is the denominator of a share. */
export interface Tally {
  orders: number;
  makers: number;
  takers: number;
  makerFirst: number;
  fallbacks: number;
  rejectsKnown: number;
  rejected: number;
  postOnlyKnown: number;
  postOnlyRejects: number;
  slippageCount: number;
  slippageSum: number;
  /** Seconds since 1970; -Infinity where there is no order. */
  lastAt: number;
}

/** A tally of no orders. */
export function emptyTally(): Tally {
  return {
    orders: 0,
    makers: 0,
    takers: 0,
    makerFirst: 0,
    fallbacks: 0,
    rejectsKnown: 0,
    rejected: 0,
    postOnlyKnown: 0,
    postOnlyRejects: 0,
    slippageCount: 0,
    slippageSum: 0,
    lastAt: -Infinity,
  };
}

/** Counts an order. */
export function count(tally: Tally, order: CheckedOrder): void {
  tally.orders += 1;
  tally.makers += order.isMaker === true ? 1 : 0;
  tally.takers += order.isMaker === false ? 1 : 0;
  tally.makerFirst += order.fellBack === null ? 0 : 1;
  tally.fallbacks += order.fellBack === true ? 1 : 0;
  tally.rejectsKnown += order.rejected === null ? 0 : 1;
  tally.rejected += order.rejected === true ? 1 : 0;
  tally.postOnlyKnown += order.postOnlyRejects === null ? 0 : 1;
  tally.postOnlyRejects += order.postOnlyRejects ?? 0;
  tally.slippageCount += order.slippageBps === null ? 0 : 1;
  tally.slippageSum += order.slippageBps ?? 0;
  tally.lastAt = Math.max(tally.lastAt, order.at);
}

/** The tally of all orders of several tallies. */
export function totalOf(tallies: Iterable<Tally>): Tally {
  const total = emptyTally();
  for (const { lastAt, ...counts } of tallies) {
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) total[key] += counts[key];
    total.lastAt = Math.max(total.lastAt, lastAt);
  }
  return total;
}
