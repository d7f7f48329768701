/** Exponentially weighted moving average. */
export interface Ewma {
  /** Nullish and non-finite values are left out. */
  add(value: number | null | undefined): void;
  /** In the unit of the values; null before the first one. */
  value(): number | null;
}

/**
 * An average that starts at the first value and moves by alpha = 1 - 0.5^(1 / halfLife) towards each further one, so that
 * the weight of a value halves with every `halfLife` values after it.
 * @param halfLife values, above 0; anything else is a RangeError.
 */
export function createEwma({ halfLife = 50 }: { readonly halfLife?: number } = {}): Ewma {
  if (!(Number.isFinite(halfLife) && halfLife > 0))
    throw new RangeError(`halfLife is ${halfLife}, expected a number above 0`);
  const alpha = 1 - 0.5 ** (1 / halfLife);
  let current: number | null = null;
  return {
    add(value) {
      if (typeof value !== 'number' || !Number.isFinite(value)) return;
      current = current === null ? value : (1 - alpha) * current + alpha * value;
    },
    value: () => current,
  };
}
