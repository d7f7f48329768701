import type { KeyTable } from '../keys.js';
import { PLAIN } from '../names/classify.js';
import type { NameClass } from '../names/classify.js';
import { inheritedName } from '../names/inherit.js';
import type { Judge, Judges } from './verdicts.js';

/** Where a value stands in a document, as far as it matters for what may be written there. The items of an array stand where it does. */
export interface Place {
  /** True where redaction would leave this text as it is, without a finding. */
  readonly text: Judge;
  /** The same of a finite number. */
  readonly number: (value: number) => boolean;
  /** Where the value of a key stands; null for a key that is itself to be redacted, reported or cut. */
  readonly child: (key: string) => Place | null;
}

const MOST_KEPT = 4096;
const LONGEST_KEPT = 64;
const LEAST_PASSWORD = 1000;

/**
 * The place of a whole document. Places are made as they are asked for, one for each thing that a name can say, so that
 * to go from a place to that of a key is one look into a table.
 */
export function rootPlace(judges: Judges, keys: KeyTable): Place {
  const places = new Map<string, Place>();
  const placeOf = (name: NameClass): Place => {
    const said = `${name.role} ${name.kind} ${name.several === true}`;
    const known = places.get(said);
    if (known !== undefined) return known;
    const children = new Map<string, Place | null>();
    const place: Place = {
      text: judges(name),
      number: numberJudge(name),
      child: (key) => {
        const seen = children.get(key);
        if (seen !== undefined) return seen;
        const found = childOf(key, name);
        if (key.length > LONGEST_KEPT) return found;
        if (children.size >= MOST_KEPT) children.clear();
        children.set(key, found);
        return found;
      },
    };
    places.set(said, place);
    return place;
  };
  const childOf = (key: string, container: NameClass): Place | null => {
    const { text, found, indexed, name } = keys(key);
    if (text !== key || found.length > 0) return null;
    if (key === 'value') return guarded(placeOf(inheritedName(key, name, container)));
    return placeOf(indexed ? container : inheritedName(key, name, container));
  };
  return placeOf(PLAIN);
}

/** What stands beside a `value` may name it as a secret. */
function guarded({ child }: Place): Place {
  return { text: (text) => text === '', number: isNoPassword, child: (key) => guardedChild(child(key)) };
}

function guardedChild(place: Place | null): Place | null {
  return place === null ? null : guarded(place);
}

function numberJudge({ role, kind }: NameClass): (value: number) => boolean {
  return role === 'secret' && kind === 'password' ? isNoPassword : Number.isFinite;
}

function isNoPassword(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Math.abs(value) < LEAST_PASSWORD);
}
