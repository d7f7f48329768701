/** A seeded source of integers in [0, limit): the same seed gives the same run. */
export function seeded(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** The seed of a test: SYNC_SEED, else a new one. It is printed, so that a failure can be run again. */
export function testSeed(title: string): number {
  const seed = Number(process.env['SYNC_SEED'] ?? Date.now() % 1_000_000_007);
  console.log(`${title}: SYNC_SEED=${seed}`);
  return seed;
}
