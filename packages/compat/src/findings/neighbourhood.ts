import { evaluate } from '../evaluate.js';
import { at, isArray, isObject, type Json } from '../json.js';
import type { Node } from '../nodes.js';
import type { Proof, Sides } from '../proof.js';
import { shrink } from '../shrink.js';
import type { Outcome } from '../solver/outcome.js';
import { apply, type Change } from './change.js';
import type { DirectionName } from './finding.js';

type Find = (valid: readonly Node[], invalid: readonly Node[]) => Outcome;

/** The innermost properties or items that hold all of a change, in both schemas and in the old one with the change. */
interface Site {
  readonly path: readonly string[];
  readonly old: Node;
  readonly new: Node;
  readonly changed: Node;
}

/**
 * Looks for what a change breaks without looking at the whole schemas. A change inside of `properties` or `items`
 * breaks a document exactly where it breaks the value there, so a value is sought that it breaks, and put into a
 * document that is otherwise valid.
 */
export class Neighbourhood {
  readonly #proof: Proof;
  readonly #sides: Sides;
  readonly #sites = new Map<Change, Site | undefined>();

  constructor(proof: Proof, sides: Sides) {
    this.#proof = proof;
    this.#sides = sides;
  }

  /** A document that the change breaks; `none` where there is none; undefined where that takes the whole schemas. */
  cause(change: Change, direction: DirectionName, find: Find): { readonly witness: Json } | 'none' | undefined {
    const site = this.#site(change);
    if (site === undefined) return undefined;
    const [valid, invalid] =
      direction === 'backward' ? [[site.old], [site.changed, site.new]] : [[site.new, site.changed], [site.old]];
    const outcome = find(valid, invalid);
    if (outcome.kind !== 'witness') return outcome.kind === 'empty' ? 'none' : undefined;
    const breaks = (value: Json) => judged(value, valid, invalid);
    if (!breaks(outcome.value)) return undefined;
    const witness = this.#surround(site.path, shrink(outcome.value, valid, breaks), direction, find);
    return witness === undefined ? undefined : { witness };
  }

  #site(change: Change): Site | undefined {
    if (this.#sites.has(change)) return this.#sites.get(change);
    const site = this.#siteOf(change);
    this.#sites.set(change, site);
    return site;
  }

  #siteOf({ edits }: Change): Site | undefined {
    const path = commonPath(this.#sides, edits[0]?.path ?? []);
    const inside = edits.every((edit) => path.every((token, index) => edit.path[index] === token));
    const [old, next] = [at(this.#sides.old, path), at(this.#sides.new, path)];
    if (path.length === 0 || !inside || old === undefined || next === undefined) return undefined;
    const root = apply(this.#sides.old, edits);
    const parts = edits.map(({ value }) => value);
    return {
      path,
      old: this.#proof.part('old', old),
      new: this.#proof.part('new', next),
      changed: this.#proof.variant(root, parts, path),
    };
  }

  /** The value put where it belongs in a document that is valid but for it. */
  #surround(path: readonly string[], value: Json, direction: DirectionName, find: Find): Json | undefined {
    const put = (length: number): Json | undefined => {
      if (length === path.length) return value;
      const valid = this.#base(path.slice(0, length), direction);
      const around = find(valid, []);
      const inner = put(length + 2 - Number(path[length] === 'items'));
      if (around.kind !== 'witness' || inner === undefined) return undefined;
      return inserted(around.value, path, length, inner);
    };
    const whole = put(0);
    if (whole === undefined) return undefined;
    const { old, new: next } = this.#proof;
    const [valid, invalid] = direction === 'backward' ? [old, next] : [next, old];
    return judged(whole, [valid], [invalid]) ? whole : undefined;
  }

  #base(path: readonly string[], direction: DirectionName): Node[] {
    const [old, next] = [at(this.#sides.old, path) ?? true, at(this.#sides.new, path) ?? true];
    const base = this.#proof.part('old', old);
    return direction === 'backward' ? [base] : [this.#proof.part('new', next), base];
  }
}

/** How far both schemas go down by properties and items alone, which bind a value whatever stands beside them. */
function commonPath({ old, new: next }: Sides, edited: readonly string[]): readonly string[] {
  let length = 0;
  let here: readonly (Json | undefined)[] = [old, next];
  for (;;) {
    const step = edited[length] === 'items' ? 1 : 2;
    const plain = here.every((schema) => isObject(schema) && !('$ref' in schema) && !('prefixItems' in schema));
    const named = edited[length] === 'properties' || edited[length] === 'items';
    if (!plain || !named || edited.length <= length + step) return edited.slice(0, length);
    const path = edited.slice(length, length + step);
    here = here.map((schema) => (schema === undefined ? undefined : at(schema, path)));
    if (here.some((schema) => schema === undefined || isArray(schema))) return edited.slice(0, length);
    length += step;
  }
}

function inserted(around: Json, path: readonly string[], length: number, inner: Json): Json | undefined {
  if (path[length] === 'items') return isArray(around) ? [inner, ...around.slice(1)] : undefined;
  const key = path[length + 1] ?? '';
  if (!isObject(around)) return undefined;
  return Object.fromEntries([...Object.entries(around).filter(([other]) => other !== key), [key, inner]]);
}

function judged(value: Json, valid: readonly Node[], invalid: readonly Node[]): boolean {
  return (
    valid.every((node) => evaluate(node, value) === true) && invalid.every((node) => evaluate(node, value) === false)
  );
}
