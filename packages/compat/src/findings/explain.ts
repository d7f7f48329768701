import { evaluate } from '../evaluate.js';
import { equal, type Json } from '../json.js';
import type { Node } from '../nodes.js';
import type { Proof, Sides } from '../proof.js';
import { shrink } from '../shrink.js';
import type { Outcome } from '../solver/outcome.js';
import { apply, type Change } from './change.js';
import { changesBetween } from './diff.js';
import { findingOf, type DirectionName, type Finding } from './finding.js';
import { rules } from './rules.js';

/** A finding and the document that it should be confirmed with. */
export interface Explained {
  readonly finding: Finding;
  readonly witness?: Json;
}

type Find = (valid: readonly Node[], invalid: readonly Node[]) => Outcome;
type Broken = Readonly<Record<DirectionName, boolean>>;

const mostProven = 60;
/** The steps that all proofs about single changes may take together, and each of them. */
const allSteps = 24_000;
const eachSteps = 4000;

/**
 * What changed, per direction: each change is made alone in the old schema, and where documents exist that it alone
 * makes invalid (and that the whole new schema refuses, too), it is a cause.
 */
export function explain(proof: Proof, sides: Sides, broken: Broken): Record<DirectionName, Explained[]> {
  const changes = changesBetween(sides.old, sides.new, sides.dialects);
  const explained: Record<DirectionName, Explained[]> = { backward: [], forward: [] };
  const find = finder(proof);
  let proven = 0;
  for (const change of changes) {
    const real = change.edits.length > 0 && (broken.backward || broken.forward) && proven < mostProven;
    const variant = real ? variantOf(proof, sides, change) : undefined;
    if (variant !== undefined) proven += 1;
    for (const direction of ['backward', 'forward'] as const) {
      const witness = variant === undefined || !broken[direction] ? undefined : causes(proof, find, variant, direction);
      const rule = ruleOf(proof, find, change, variant, direction, witness !== undefined);
      const finding = findingOf(change, direction, witness !== undefined, rule);
      explained[direction].push(witness === undefined ? { finding } : { finding, witness });
    }
  }
  return explained;
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
  return breaks(outcome.value) ? shrink(outcome.value, breaks) : undefined;
}

/** Some ids say more than the keywords show; they are settled by proof. */
function ruleOf(
  proof: Proof,
  find: Find,
  { rule, oldPointer }: Change,
  variant: Node | undefined,
  direction: DirectionName,
  breaks: boolean,
): string {
  if (variant === undefined) return rule;
  if (rule === 'pattern-incomparable' || rule === 'one-of-branch-added-overlapping') {
    const narrows = find([proof.old], [variant]).kind !== 'empty';
    if (rule !== 'pattern-incomparable') return narrows ? rule : 'one-of-branch-added-disjoint';
    const widens = find([variant], [proof.old]).kind !== 'empty';
    return narrows === widens ? rule : narrows ? 'pattern-narrowed' : 'pattern-widened';
  }
  const overlaps = breaks && direction === 'backward' && oldPointer.includes('/oneOf/');
  return overlaps && rules[rule]?.effect === 'widens' ? 'one-of-overlap-introduced' : rule;
}
