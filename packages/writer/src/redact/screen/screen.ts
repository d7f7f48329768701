import type { KeyTable } from '../keys.js';
import { bip39Words } from '../detectors/bip39-english.js';
import type { Limits } from '../limits.js';
import type { ScrubContext } from '../scrub.js';
import { isHarmless } from './document.js';
import { rootPlace } from './places.js';
import type { Place } from './places.js';
import { alwaysHarmless } from './typed.js';
import type { Scalar } from './typed.js';
import type { Judge, Judges } from './verdicts.js';

/**
 * Tells quickly, value by value, what redaction would leave as it is. It never says so where redaction would change or
 * report anything; where it does not say so, the redactor decides. Meant for who has the values of a document one by
 * one: he asks `root.child(key)` once for every field that he knows, and only `text` for every value.
 *
 * Beyond single values three things count, which the caller keeps to: the limits of a record; that no list of 12 to 24
 * strings is made of `isSeedWord` alone; and that an `undefined` or `null` needs no judge.
 */
export interface Screen {
  /** Where a whole document stands. */
  readonly root: Place;
  /** The judge of a field's texts; null where no valid value of it can be a secret, so that none needs to be judged. */
  readonly field: (place: Place, node: Scalar) => Judge | null;
  /** True for a word of the list that seed phrases are made of. */
  readonly isSeedWord: (text: string) => boolean;
  /** True where redaction would give back plain JSON data as it is, and without a finding. */
  readonly document: (value: unknown) => boolean;
  readonly limits: Limits;
}

/** The screen of what a redactor would find. */
export function screenOf(context: ScrubContext, judges: Judges, keys: KeyTable, limits: Limits): Screen {
  const root = rootPlace(judges, keys);
  return {
    root,
    field: (place, node) => (alwaysHarmless(node, place, context) ? null : place.text),
    isSeedWord: (text) => bip39Words.has(text.toLowerCase()),
    document: (value) => isHarmless(value, root, limits),
    limits,
  };
}
