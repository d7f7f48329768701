import type { Span } from '../span.js';
import { automatonOf } from './automaton.js';
import { formsOf } from './forms.js';
import { sieveOf } from './skip-table.js';
import type { Sieve } from './skip-table.js';

/** What the automaton holds of a form; the rest is compared where that much was found. */
const PREFIX = 48;
const OF_DIGITS = /^[\dTZ:.+-]+$/;

/** Finds the known values in a text. */
export type KnownValues = (text: string, spans: Span[]) => void;

/** The search for a set of secret values. */
export interface KnownSearch {
  readonly find: KnownValues;
  /** A quick look: false only where `find` finds nothing. */
  readonly mayHold: Sieve;
  /** No form is shorter than this. */
  readonly shortest: number;
  /** True where a form consists of nothing but what times and numbers are written with. */
  readonly inDigits: boolean;
}

/** Builds the search for a set of secret values; see `formsOf` for the forms in which each is found. */
export function knownValues(values: readonly string[]): KnownSearch {
  const forms = values.flatMap(formsOf);
  if (forms.length === 0)
    return { find: () => {}, mayHold: () => false, shortest: Number.POSITIVE_INFINITY, inDigits: false };
  const prefixes = forms.map(({ text }) => text.slice(0, PREFIX));
  const shortest = Math.min(...prefixes.map(({ length }) => length));
  const automaton = automatonOf(prefixes);
  const find: KnownValues = (text, spans) => {
    automaton.search(text, (number, reached) => {
      const form = forms[number];
      if (form === undefined) return;
      const prefix = Math.min(form.text.length, PREFIX);
      const end = reached + common(text, reached, form.text, prefix);
      const start = reached - prefix - form.before;
      spans.push({ start: Math.max(0, start), end: Math.min(text.length, end + form.after), kind: 'env-value' });
    });
  };
  return {
    find,
    mayHold: sieveOf(prefixes, shortest),
    shortest,
    inDigits: prefixes.some((form) => OF_DIGITS.test(form)),
  };
}

/** How far a text goes on as the form does: a value that was cut is hidden as far as it goes. */
function common(text: string, at: number, form: string, from: number): number {
  let count = 0;
  while (from + count < form.length && text.charCodeAt(at + count) === form.charCodeAt(from + count)) count += 1;
  return count;
}
