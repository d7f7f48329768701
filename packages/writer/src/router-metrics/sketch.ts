import { RELATIVE_ERROR } from './limits.js';

/** A value and how often it counts. */
export type Weighted = readonly [value: number, count: number];

/**
 * A summary of any number of values in bounded memory: what a window falls back on once it holds more than can be kept one
 * by one. Any sketch that can give its values with their counts may stand in its place.
 */
export interface Sketch {
  add(value: number): void;
  /** The values, each within RELATIVE_ERROR of those that it stands for, in no particular order. */
  points(): Weighted[];
}

/** |value| below this is taken for 0. */
const SMALLEST = 0.001;
/** |value| beyond this is taken for this: 100 times a price, in bps; 17 minutes, in ms. */
const LARGEST = 1_000_000;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const LOG_GAMMA = Math.log(GAMMA);
const LOWEST_KEY = keyOf(SMALLEST);

/**
 * Counts in buckets whose bounds grow by (1 + e) / (1 - e), e = RELATIVE_ERROR, as in DDSketch (Masson, Rim, Lee: PVLDB
 * 12(12), 2019), for both signs; at most 2,075 buckets, of which only those in use take memory.
 */
export function createSketch(): Sketch {
  const counts = new Map<number, number>();
  return {
    add(value) {
      const bucket = bucketOf(value);
      counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
    },
    points: () => [...counts].map(([bucket, count]) => [middleOf(bucket), count]),
  };
}

/** 0 for what is taken for 0, else ±1, ±2, … outwards. */
function bucketOf(value: number): number {
  const size = Math.abs(value);
  if (size < SMALLEST) return 0;
  return Math.sign(value) * (keyOf(Math.min(size, LARGEST)) - LOWEST_KEY + 1);
}

/** The value that is as far from the lower as from the upper bound of a bucket, in relation to each. */
function middleOf(bucket: number): number {
  if (bucket === 0) return 0;
  return (Math.sign(bucket) * 2 * GAMMA ** (Math.abs(bucket) + LOWEST_KEY - 1)) / (GAMMA + 1);
}

function keyOf(size: number): number {
  return Math.ceil(Math.log(size) / LOG_GAMMA);
}
