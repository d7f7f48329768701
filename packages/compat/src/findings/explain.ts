import { evaluate } from '../evaluate.js';
import { equal, type Json } from '../json.js';
import type { Node } from '../nodes.js';
import type { Proof, Sides } from '../proof.js';
import { shrink } from '../shrink.js';
import type { Outcome } from '../solver/outcome.js';
import { apply, type Change } from './change.js';
import { changesBetween } from './diff.js';
import { findingOf, type DirectionName, type Finding } from './finding.js';
import { Neighbourhood } from './neighbourhood.js';
import { rules } from './rules.js';

/** A finding and the document that it should be confirmed with. */
export interface Explained {
  readonly finding: Finding;
  readonly witness?: Json;
}

type Find = (valid: readonly Node[], invalid: readonly Node[]) => Outcome;

/** What the keywords alone do not tell apart. */
const namedByProof = new Set(['pattern-incomparable', 'one-of-branch-added-overlapping']);
const mostProven = 60;
/** The steps that all proofs about single changes may take together in a direction, and each of them. */
const allSteps = 24_000;
const eachSteps = 4000;

/**
 * What changed, per direction: each change is made alone in the old schema, and where documents exist that it alone
 * makes invalid (and that the whole new schema refuses, too), it is a cause.
 */
export class Explainer {
  readonly #proof: Proof;
  readonly #sides: Sides;
  readonly #neighbourhood: Neighbourhood;
  readonly #variants = new Map<Change, Node>();
  #changes: readonly Change[] | undefined;

  constructor(proof: Proof, sides: Sides) {
    this.#proof = proof;
    this.#sides = sides;
    this.#neighbourhood = new Neighbourhood(proof, sides);
  }

  /** The findings of one direction; `broken` says whether there is anything to blame on them. */
  explain(direction: DirectionName, broken: boolean): Explained[] {
    this.#changes ??= changesBetween(this.#sides.old, this.#sides.new, this.#sides.dialects);
    const find = finder(this.#proof);
    let proven = 0;
    return this.#changes.map((change) => {
      const real = change.edits.length > 0 && proven < mostProven;
      if (!real || !(broken || namedByProof.has(change.rule))) return { finding: findingOf(change, direction, false) };
      proven += 1;
      const witness = broken ? this.#cause(change, direction, find) : undefined;
      const rule = this.#ruleOf(change, direction, find, witness !== undefined);
      const finding = findingOf(change, direction, witness !== undefined, rule);
      return witness === undefined ? { finding } : { finding, witness };
    });
  }

  #cause(change: Change, direction: DirectionName, find: Find): Json | undefined {
    const nearby = this.#neighbourhood.cause(change, direction, find);
    if (nearby !== undefined) return nearby === 'none' ? undefined : nearby.witness;
    return causes(this.#proof, find, this.#variant(change), direction);
  }

  /** Some ids say more than the keywords show; they are settled by proof. */
  #ruleOf(change: Change, direction: DirectionName, find: Find, breaks: boolean): string {
    const { rule, oldPointer } = change;
    if (namedByProof.has(rule)) {
      const [{ old }, variant] = [this.#proof, this.#variant(change)];
      const narrows = find([old], [variant]).kind !== 'empty';
      if (rule !== 'pattern-incomparable') return narrows ? rule : 'one-of-branch-added-disjoint';
      const widens = find([variant], [old]).kind !== 'empty';
      return narrows === widens ? rule : narrows ? 'pattern-narrowed' : 'pattern-widened';
    }
    const overlaps = breaks && direction === 'backward' && oldPointer.includes('/oneOf/');
    return overlaps && rules[rule]?.effect === 'widens' ? 'one-of-overlap-introduced' : rule;
  }

  #variant(change: Change): Node {
    const known = this.#variants.get(change);
    if (known !== undefined) return known;
    const made = variantOf(this.#proof, this.#sides, change);
    this.#variants.set(change, made);
    return made;
  }
}

function finder(proof: Proof): Find {
  let left = allSteps;
  return (valid, invalid) => {
    const granted = Math.min(left, eachSteps);
    const outcome = proof.find(valid, invalid, granted);
    left -= granted - Math.max(0, proof.stepsLeft);
    return outcome;
  };
}

function variantOf(proof: Proof, sides: Sides, change: Change): Node {
  const root = apply(sides.old, change.edits);
  if (equal(root, sides.new) && sides.dialects[0] === sides.dialects[1]) return proof.new;
  return proof.variant(
    root,
    change.edits.map(({ value }) => value),
  );
}

function causes(proof: Proof, find: Find, variant: Node, direction: DirectionName): Json | undefined {
  const [valid, invalid] =
    direction === 'backward' ? [[proof.old], [variant, proof.new]] : [[proof.new, variant], [proof.old]];
  const outcome = find(valid, invalid);
  if (outcome.kind !== 'witness') return undefined;
  const breaks = (value: Json) =>
    valid.every((node) => evaluate(node, value) === true) && invalid.every((node) => evaluate(node, value) === false);
  return breaks(outcome.value) ? shrink(outcome.value, valid, breaks) : undefined;
}
