import { finding, show } from './finding.js';
import type { Finding } from './finding.js';
import { epochSeconds } from './migrations/values.js';
import { valuesAt } from './pointer.js';
import type { Freshness } from './readings.js';
import type { SurfaceEntry } from './registry.js';

/** Clocks of one machine may disagree by this much before a timestamp counts as lying in the future, in seconds. */
const CLOCK_TOLERANCE_S = 1;

/** What the age of a document is judged by; times in seconds since 1970, spans in seconds. */
export interface Aging {
  /** When it says that it was made; null where it does not. */
  readonly time: number | null;
  /** How old the content already was by then. */
  readonly contentAge: number;
  /** Null where silence is normal. */
  readonly staleAfter: number | null;
}

/** A freshness and the finding that explains it, if it needs one. */
export interface Judged extends Freshness {
  readonly finding: Finding | null;
}

/** The time that a canonical document gives itself, in seconds since 1970; null where it gives none. The newest of several counts. */
export function documentTime(entry: SurfaceEntry, document: unknown): number | null {
  const times = valuesAt(document, entry.age.pointer).flatMap((value) => epochSeconds(value) ?? []);
  return times.length === 0 ? null : times.reduce((newest, each) => Math.max(newest, each));
}

/** How fresh something of this age is at a time. What does not tell its time is stale: nobody knows how old it is. */
export function freshnessAt({ time, contentAge, staleAfter }: Aging, now: number): Freshness {
  if (time === null) return { state: 'stale', age_s: null };
  const age = now - time;
  if (age < -CLOCK_TOLERANCE_S) return { state: 'skewed', age_s: age };
  if (staleAfter !== null && age + contentAge > staleAfter) return { state: 'stale', age_s: age };
  return { state: 'fresh', age_s: Math.max(0, age) };
}

/** When the state that `freshnessAt` tells will be another one although nothing is written; infinite where it never will. */
export function freshUntil({ time, contentAge, staleAfter }: Aging, now: number): number {
  if (time === null) return Infinity;
  const { state } = freshnessAt({ time, contentAge, staleAfter }, now);
  if (state === 'skewed') return time - CLOCK_TOLERANCE_S;
  return state === 'fresh' && staleAfter !== null ? time + staleAfter - contentAge : Infinity;
}

/**
 * Judges a document by its own timestamp against the reader's clock (both in seconds since 1970). The age of the content
 * itself, where the document states one, counts on top: a NAV computed from old balances is stale however recently it
 * was published.
 */
export function judgeAge(entry: SurfaceEntry, document: unknown, time: number | null, now: number): Judged {
  const surface = entry.name;
  const { pointer } = entry.age;
  const content = contentAge(entry, document);
  const freshness = freshnessAt({ time, contentAge: content, staleAfter: entry.staleAfterSeconds }, now);
  return { ...freshness, finding: explanation() };

  function explanation(): Finding | null {
    const { state, age_s } = freshness;
    if (state === 'fresh') return null;
    if (age_s === null) return finding('age-unknown', { surface, pointer, expected: 'a timestamp' });
    if (state === 'skewed')
      return finding('timestamp-future', {
        surface,
        pointer,
        expected: `at most ${show(now)}`,
        actual: show(time),
      });
    const aged = `${Math.round(age_s)} s`;
    return finding('document-stale', {
      surface,
      pointer,
      expected: `at most ${entry.staleAfterSeconds} s old`,
      actual: content === 0 ? aged : `${aged}, and content already ${Math.round(content)} s old when written`,
    });
  }
}

/** Seconds that the content of a document was already old when it was written; only a positive number counts. */
export function contentAge(entry: SurfaceEntry, document: unknown): number {
  if (entry.age.content === undefined) return 0;
  const [value] = valuesAt(document, entry.age.content);
  return typeof value === 'number' && value > 0 ? value : 0;
}
