import type { AtrRegime } from '@hedge-telemetry/contract';
import { mean, quantile, ratio } from './numbers.js';

/** Average true range of a symbol. */
export interface Volatility {
  /** In price units; null while there is too little history. */
  readonly atrNow: number | null;
  /** In price units; null while there is too little history. */
  readonly atrMedian: number | null;
  readonly ratio: number | null;
  readonly regime: AtrRegime;
}

/** Follows the true range of one symbol. */
export interface RangeTracker {
  add(price: number): void;
  read(): Volatility;
}

const TICKS_PER_BAR = 3;
const BARS_IN_RANGE = 14;
const RANGES_IN_MEDIAN = 60;

/** A tracker whose bars are three ticks long. */
export function createRangeTracker(): RangeTracker {
  let bar: number[] = [];
  let lastClose: number | null = null;
  const trueRanges: number[] = [];
  const averages: number[] = [];
  let current: Volatility = { atrNow: null, atrMedian: null, ratio: null, regime: 'unknown' };

  const closeBar = (): void => {
    const reach = lastClose === null ? bar : [...bar, lastClose];
    trueRanges.push(Math.max(...reach) - Math.min(...reach));
    if (trueRanges.length > BARS_IN_RANGE) trueRanges.shift();
    lastClose = bar.at(-1) ?? null;
    bar = [];
    if (trueRanges.length < BARS_IN_RANGE) return;
    averages.push(mean(trueRanges) ?? 0);
    if (averages.length > RANGES_IN_MEDIAN) averages.shift();
    current = volatilityOf(averages);
  };

  return {
    add: (price) => {
      bar.push(price);
      if (bar.length === TICKS_PER_BAR) closeBar();
    },
    read: () => current,
  };
}

function volatilityOf(averages: readonly number[]): Volatility {
  const atrNow = averages.at(-1) ?? null;
  const atrMedian = quantile(averages, 0.5);
  const share = ratio(atrNow, atrMedian);
  return { atrNow, atrMedian, ratio: share, regime: regimeOf(share) };
}

/** Class of the ratio of the current range to its median. */
export function regimeOf(ratio: number | null): AtrRegime {
  if (ratio === null) return 'unknown';
  if (ratio < 0.75) return 'quiet';
  if (ratio < 1.5) return 'normal';
  return ratio < 2.5 ? 'hot' : 'panic';
}
