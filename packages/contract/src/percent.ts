import { finding, show } from './finding.js';
import type { Finding } from './finding.js';

/** A percentage whose unit is stated. */
export interface Percentage {
  readonly percentage: 'percentPoints' | 'fraction';
  readonly value: number;
}

/** States that `value` is in percent points: `percentPoints(0.13)` is 0.13 %. */
export function percentPoints(value: number): Percentage {
  return { percentage: 'percentPoints', value };
}

/** States that `value` is a share of one: `fraction(0.13)` is 13 %. */
export function fraction(value: number): Percentage {
  return { percentage: 'fraction', value };
}

/** True for what `percentPoints` and `fraction` return. */
export function isPercentage(value: unknown): value is Percentage {
  if (typeof value !== 'object' || value === null) return false;
  const { percentage, value: amount } = value as Partial<Percentage>;
  return (percentage === 'percentPoints' || percentage === 'fraction') && typeof amount === 'number';
}

/**
 * A percentage as a fraction in [0, 1]; null for null, NaN and whatever is not a number.
 *
 * A stated unit is obeyed and the result clamped. A bare number, from a caller that does not state its unit yet, follows
 * the semantics of v7: at most 0 is 0, (0, 1] is taken as a fraction, (1, 100] as percent points, more is 1; since
 * (0, 1] may mean either, `report` then receives a `percent-ambiguous` finding.
 */
export function normalizePercentage(input: unknown, report?: (finding: Finding) => void): number | null {
  if (isPercentage(input)) return clamped(input, report);
  if (typeof input !== 'number' || Number.isNaN(input)) return null;
  if (input <= 0) return 0;
  if (input > 100) return 1;
  if (input > 1) return input / 100;
  report?.(finding('percent-ambiguous', { actual: show(input), expected: 'percentPoints(x) or fraction(x)' }));
  return input;
}

/** A percentage in percent points, not clamped; null where it is not a number. A bare number is in percent points. */
export function toPercentPoints(input: unknown): number | null {
  if (!isPercentage(input)) return typeof input === 'number' && Number.isFinite(input) ? input : null;
  if (!Number.isFinite(input.value)) return null;
  return input.percentage === 'percentPoints' ? input.value : shiftDecimal(input.value, 2);
}

/** A percentage as a fraction, not clamped; null where it is not a number. A bare number is a fraction. */
export function toFraction(input: unknown): number | null {
  if (!isPercentage(input)) return typeof input === 'number' && Number.isFinite(input) ? input : null;
  if (!Number.isFinite(input.value)) return null;
  return input.percentage === 'fraction' ? input.value : input.value / 100;
}

function clamped(input: Percentage, report?: (finding: Finding) => void): number | null {
  if (Number.isNaN(input.value)) return null;
  const share = input.percentage === 'fraction' ? input.value : input.value / 100;
  if (share === 0) return 0;
  if (share > 0 && share <= 1) return share;
  report?.(finding('percent-clamped', { actual: show(input.value), expected: 'a percentage from 0 % to 100 %' }));
  return share < 0 ? 0 : 1;
}

/** Shifts the decimal point without binary rounding on the way: 0.07 becomes 7, not 7.000000000000001. */
function shiftDecimal(value: number, places: number): number {
  const [digits, exponent = '0'] = String(value).split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}
