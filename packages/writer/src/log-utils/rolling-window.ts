/** How far a window reaches back. */
export interface RollingWindowOptions {
  /** Items held at most; the oldest goes first. An integer in [1, 1,000,000], else a RangeError. */
  readonly maxCount: number;
  /** Seconds that an item counts for, above 0; null or left out: for ever. */
  readonly seconds?: number | null | undefined;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** The newest items. Holds `maxCount` of them at most, whatever is added. */
export interface RollingWindow<T> {
  /** Adds an item of now, or of `at` seconds since 1970; one from before the window is left out at once. */
  add(item: T, at?: number): void;
  /** The items within the window, in the order in which they were added. */
  items(): T[];
  /** True when an item that would still be within `seconds` had to make room: the window then covers less time than that. */
  isCutShort(): boolean;
}

const MAX_COUNT = 1_000_000;

/** An empty window. An item is within it while it is less than `seconds` old; one of the future is. */
export function createRollingWindow<T>({ maxCount, seconds = null, now }: RollingWindowOptions): RollingWindow<T> {
  if (!(Number.isInteger(maxCount) && maxCount >= 1 && maxCount <= MAX_COUNT))
    throw new RangeError(`maxCount is ${maxCount}, expected an integer in [1, ${MAX_COUNT}]`);
  if (seconds !== null && !(seconds > 0)) throw new RangeError(`seconds is ${seconds}, expected a number above 0`);
  const ring: { readonly item: T; readonly at: number }[] = [];
  let next = 0;
  let newestEvicted = -Infinity;
  const horizon = (): number => (seconds === null ? -Infinity : now() - seconds);
  return {
    add(item, given) {
      const at = given !== undefined && Number.isFinite(given) ? given : now();
      if (at <= horizon()) return;
      const evicted = ring[next];
      if (evicted !== undefined) newestEvicted = Math.max(newestEvicted, evicted.at);
      ring[next] = { item, at };
      next = (next + 1) % maxCount;
    },
    items() {
      const from = horizon();
      const inOrder = ring.length < maxCount ? ring : [...ring.slice(next), ...ring.slice(0, next)];
      return inOrder.filter(({ at }) => at > from).map(({ item }) => item);
    },
    isCutShort: () => newestEvicted > horizon(),
  };
}
