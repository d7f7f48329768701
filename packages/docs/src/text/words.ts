import { code } from './markdown.js';

/** Seconds as a person says them, beside the number: 300 s (5 min). */
export function durationText(seconds: number): string {
  if (seconds >= 86_400 && seconds % 86_400 === 0) return `${seconds} s (${seconds / 86_400} d)`;
  if (seconds >= 3_600 && seconds % 3_600 === 0) return `${seconds} s (${seconds / 3_600} h)`;
  if (seconds >= 120 && seconds % 60 === 0) return `${seconds} s (${seconds / 60} min)`;
  return `${seconds} s`;
}

const UNITS: Readonly<Record<string, string>> = {
  none: 'no unit: a name, a flag, a text or an identifier',
  USD: 'US dollars',
  price: 'price in the quote currency of the symbol',
  base: 'quantity in the base currency of the symbol',
  fraction: 'share of a whole, from 0 to 1; 0.05 is 5 %',
  percent: 'percent points; 5 is 5 %',
  ratio: 'quotient of two quantities of the same kind',
  multiplier: 'factor by which something else is multiplied',
  score: 'score on a scale that the field names',
  bps: 'basis points; 100 bps are 1 %',
  count: 'whole number of things',
  s: 'seconds',
  ms: 'milliseconds',
  hours: 'hours',
  days: 'days',
  epoch_s: 'seconds since 1970-01-01 UTC',
  iso8601: 'time as ISO 8601 text with its offset from UTC',
};

/** What a unit stands for. */
export function unitMeaning(unit: string): string {
  return UNITS[unit] ?? unit;
}

/** A JSON value as inline code, cut where it is long. */
export function shownValue(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return code(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}
