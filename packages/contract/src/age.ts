import { finding, show } from './finding.js';
import type { Finding } from './finding.js';
import { epochSeconds } from './migrations/values.js';
import { valuesAt } from './pointer.js';
import type { Freshness } from './readings.js';
import type { SurfaceEntry } from './registry.js';

/** Clocks of one machine may disagree by this much before a timestamp counts as lying in the future, in seconds. */
const CLOCK_TOLERANCE_S = 1;

/** A freshness and the finding that explains it, if it needs one. */
export interface Judged extends Freshness {
  readonly finding: Finding | null;
}

/** The time that a canonical document gives itself, in seconds since 1970; null where it gives none. The newest of several counts. */
export function documentTime(entry: SurfaceEntry, document: unknown): number | null {
  const times = valuesAt(document, entry.age.pointer).flatMap((value) => epochSeconds(value) ?? []);
  return times.length === 0 ? null : times.reduce((newest, each) => Math.max(newest, each));
}

/**
 * Judges a document by its own timestamp against the reader's clock (both in seconds since 1970). The age of the content
 * itself, where the document states one, counts on top: a NAV computed from old balances is stale however recently it
 * was published.
 */
export function judgeAge(entry: SurfaceEntry, document: unknown, time: number | null, now: number): Judged {
  const surface = entry.name;
  const pointer = entry.age.pointer;
  if (time === null)
    return {
      state: 'stale',
      age_s: null,
      finding: finding('age-unknown', { surface, pointer, expected: 'a timestamp' }),
    };
  const age = now - time;
  if (age < -CLOCK_TOLERANCE_S) {
    return {
      state: 'skewed',
      age_s: age,
      finding: finding('timestamp-future', { surface, pointer, expected: `at most ${show(now)}`, actual: show(time) }),
    };
  }
  const limit = entry.staleAfterSeconds;
  const content = contentAge(entry, document);
  if (limit === null || age + content <= limit) return { state: 'fresh', age_s: Math.max(0, age), finding: null };
  const actual =
    content === 0
      ? `${Math.round(age)} s`
      : `${Math.round(age)} s, and content already ${Math.round(content)} s old when written`;
  return {
    state: 'stale',
    age_s: age,
    finding: finding('document-stale', { surface, pointer, expected: `at most ${limit} s old`, actual }),
  };
}

function contentAge(entry: SurfaceEntry, document: unknown): number {
  if (entry.age.content === undefined) return 0;
  const [value] = valuesAt(document, entry.age.content);
  return typeof value === 'number' && value > 0 ? value : 0;
}
