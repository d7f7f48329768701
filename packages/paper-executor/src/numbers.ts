/** Rounds to decimal places; never gives -0. */
export function round(value: number, decimals = 8): number {
  return Number(value.toFixed(decimals)) + 0;
}

/** Cuts to decimal places towards zero. */
export function floorTo(value: number, decimals: number): number {
  const scale = 10 ** decimals;
  return round(Math.trunc(round(value * scale, 4)) / scale, decimals);
}

/** Keeps a value within bounds. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Sum; 0 for no values. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0);
}

/** Arithmetic mean; null for no values. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}

/** Population standard deviation; null for no values. */
export function deviation(values: readonly number[]): number | null {
  const centre = mean(values);
  if (centre === null) return null;
  return Math.sqrt(sum(values.map((each) => (each - centre) ** 2)) / values.length);
}

/** Quantile by linear interpolation between ranks, `share` in [0, 1]; null for no values. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  const rank = (sorted.length - 1) * share;
  const below = sorted[Math.floor(rank)];
  const above = sorted[Math.ceil(rank)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (rank - Math.floor(rank));
}

/** `numerator / denominator`; null where either is not known or the denominator is 0. */
export function ratio(numerator: number | null, denominator: number | null): number | null {
  return numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator;
}

/** Rounds what is known. */
export function rounded(value: number | null, decimals = 8): number | null {
  return value === null ? null : round(value, decimals);
}
