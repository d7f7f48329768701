import { isPercentage, toFraction, toPercentPoints } from '../percent.js';

/**
 * The number that the contract makes of a value that is none, for a field of a unit: a Date in seconds, a bigint that
 * is exact, a stated percentage. NaN for everything else.
 */
export function numberOf(value: unknown, unit: string | undefined): number {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : NaN;
  if (value instanceof Date) return unit === 'epoch_s' ? value.getTime() / 1000 : NaN;
  if (!isPercentage(value)) return NaN;
  return (unit === 'percent' ? toPercentPoints(value) : toFraction(value)) ?? NaN;
}

const PERCENT = 100;

/**
 * The share of one that a source in percent points gives, from the sources of a document in order of precedence; NaN
 * where none is known, Infinity where there is something to be said about it: they contradict each other or are out of range.
 */
export function shareOf(sources: readonly unknown[]): number {
  let points = NaN;
  for (const source of sources) {
    if (source === null || source === undefined) continue;
    const value = typeof source === 'number' ? source : numberOf(source, 'percent');
    if (!(value >= 0 && value <= PERCENT)) return Infinity;
    if (Number.isNaN(points)) points = value;
    else if (points !== value) return Infinity;
  }
  return points === 0 ? 0 : points / PERCENT;
}
