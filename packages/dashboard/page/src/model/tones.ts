import type { Tone } from './states.js';

/** What the words of the contract's enumerations amount to. A word that is not among them is as bad as the worst. */
const tones: Readonly<Record<string, Tone>> = {
  OK: 'good',
  WARN: 'warn',
  DEFENSIVE: 'bad',
  HALTED: 'bad',
  normal: 'good',
  cautious: 'warn',
  defensive: 'bad',
  good: 'good',
  ok: 'good',
  degraded: 'warn',
  poor: 'warn',
  broken: 'bad',
  quiet: 'good',
  hot: 'warn',
  panic: 'bad',
  strong: 'good',
  neutral: 'good',
  unknown: 'mute',
};

/** The tone of a word of an enumeration. */
export function wordTone(value: unknown): Tone {
  return typeof value === 'string' && Object.hasOwn(tones, value) ? (tones[value] ?? 'bad') : 'bad';
}

/** Whether something is as it should be: yes is good, no is bad. */
export function yesIsGood(value: unknown): Tone {
  return value === true ? 'good' : 'bad';
}

/** Whether something has gone wrong: yes is bad. */
export function yesIsBad(value: unknown): Tone {
  return value === false ? 'good' : 'bad';
}
