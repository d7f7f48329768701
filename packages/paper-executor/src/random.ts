/** A seeded source of randomness. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A number in [low, high). */
  between(low: number, high: number): number;
  /** True with probability `share`. */
  chance(share: number): boolean;
  /** About normally distributed, mean 0 and deviation 1, within ±6: plain sums give the same bits on every engine. */
  normal(): number;
  /** Lower-case hexadecimal digits. */
  hex(length: number): string;
}

/** The mulberry32 generator; the same seed gives the same sequence. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    chance: (share) => next() < share,
    normal: () => Array.from({ length: 12 }, next).reduce((sum, each) => sum + each, -6),
    hex: (length) => Array.from({ length }, () => Math.floor(next() * 16).toString(16)).join(''),
  };
}
