import type { Reading, ReadingState } from '@hedge-telemetry/contract';
import { isKnown } from '@hedge-telemetry/contract';
import type { Ink } from './style.js';

const suffixes: Readonly<Record<string, string>> = {
  USD: ' USD',
  percent: ' %',
  bps: ' bps',
  s: ' s',
  ms: ' ms',
  hours: ' h',
  days: ' d',
  multiplier: 'x',
};
const SHOWN_LENGTH = 120;
const LAST_SECOND = 253_402_300_799;

/** The ink that a state's word is printed in. */
export const stateInks: Readonly<Record<ReadingState, Ink>> = {
  fresh: 'green',
  stale: 'yellow',
  skewed: 'yellow',
  absent: 'dim',
  never: 'dim',
  invalid: 'red',
  unreadable: 'red',
};

/** A value with its unit. Numbers keep all their digits. */
export function valueText(value: unknown, unit: string | undefined): string {
  if (typeof value === 'number') return numberText(value, unit);
  if (typeof value === 'string') return clipped(value);
  return clipped(JSON.stringify(value) ?? 'nothing');
}

/** What a reading holds, or the word for why it holds nothing. */
export function readingText(reading: Reading<unknown>, unit: string | undefined): string {
  return isKnown(reading) ? valueText(reading.value, unit) : reading.state;
}

/** An age in seconds as a person reads it: 4.2 s, 12 min, 3.1 h, 12 d. Negative where the timestamp lies in the future. */
export function ageText(seconds: number | null): string {
  if (seconds === null) return '-';
  const size = Math.abs(seconds);
  if (size < 120) return `${seconds.toFixed(1)} s`;
  if (size < 7_200) return `${Math.round(seconds / 60)} min`;
  if (size < 172_800) return `${(seconds / 3_600).toFixed(1)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

function numberText(value: number, unit: string | undefined): string {
  if (unit !== 'epoch_s' || value < 0 || value > LAST_SECOND) return `${value}${suffixes[unit ?? ''] ?? ''}`;
  return `${value} (${new Date(value * 1000).toISOString()})`;
}

function clipped(text: string): string {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 1)}…` : text;
}
