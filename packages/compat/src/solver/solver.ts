import { evaluate } from '../evaluate.js';
import type { Json } from '../json.js';
import { fails, types, type Literal, type Node } from '../nodes.js';
import type { Store } from '../store.js';
import { solveArray } from './arrays.js';
import { Expander, type Branch } from './expand.js';
import { solveNumber } from './numbers.js';
import { solveObject } from './objects.js';
import { empty, Exhausted, unknown, witness, type Outcome } from './outcome.js';
import { solveString } from './strings.js';

/** Some values that satisfy a goal; `complete` where there are no others. */
export interface Enumeration {
  readonly values: readonly Json[];
  readonly complete: boolean;
}

const deepest = 120;

/**
 * Decides whether some value satisfies a conjunction of literals. Goals are finite in number, and a smallest witness
 * never contains a value of its own goal, so a goal met again below itself counts as empty there; what was decided on
 * that footing is not remembered.
 */
export class Solver {
  readonly store: Store;
  readonly #expander: Expander;
  readonly #known = new Map<string, Outcome>();
  readonly #open = new Map<string, number>();
  #lowest = Infinity;
  #steps: number;

  constructor(store: Store, steps: number) {
    this.store = store;
    this.#expander = new Expander(store);
    this.#steps = steps;
  }

  /** Counts work against the budget; throws Exhausted when it is used up. */
  readonly spend = (amount: number): boolean => {
    this.#steps -= amount;
    if (this.#steps < 0) throw new Exhausted('steps');
    return true;
  };

  get stepsLeft(): number {
    return this.#steps;
  }

  /** Gives the search `steps` more steps to use. */
  refill(steps: number): void {
    this.#steps = steps;
    this.#open.clear();
    this.#lowest = Infinity;
  }

  /** A value for which every literal comes true, or none, or unknown. */
  solve(goal: readonly Literal[]): Outcome {
    const key = keyOf(goal);
    if (key === undefined) return empty;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const above = this.#open.get(key);
    if (above !== undefined) {
      this.#lowest = Math.min(this.#lowest, above);
      return empty;
    }
    this.spend(1);
    const depth = this.#open.size;
    if (depth > deepest) throw new Exhausted('depth of nested goals');
    const outside = this.#lowest;
    this.#lowest = Infinity;
    this.#open.set(key, depth);
    const outcome = this.#solveTypes(goal);
    this.#open.delete(key);
    if (outcome.kind === 'witness' || this.#lowest >= depth) this.#known.set(key, outcome);
    this.#lowest = Math.min(outside, this.#lowest >= depth ? Infinity : this.#lowest);
    return outcome;
  }

  /** Up to `count` different values that satisfy the goal. */
  enumerate(goal: readonly Literal[], count: number): Enumeration {
    const values: Json[] = [];
    const excluded: Literal[] = [];
    while (values.length < count) {
      const outcome = this.solve([...goal, ...excluded]);
      if (outcome.kind !== 'witness') return { values, complete: outcome.kind === 'empty' };
      values.push(outcome.value);
      excluded.push(fails(this.store.enumeration([outcome.value])));
    }
    return { values, complete: false };
  }

  #solveTypes(goal: readonly Literal[]): Outcome {
    const mask = this.#expander.mask(goal);
    let verdict = empty;
    for (const type of Object.values(types)) {
      if ((mask & type) === 0) continue;
      const branch = this.#expander.expand(goal, type);
      const outcome = branch === undefined ? empty : this.#search(branch, type);
      if (outcome.kind === 'witness') return outcome;
      if (outcome.kind === 'unknown') verdict = outcome;
    }
    return verdict;
  }

  /** Solves the literals, and chooses among alternatives only where the value found violates a choice. */
  #search(branch: Branch, type: number): Outcome {
    this.spend(1);
    const plain = branch.literals.filter(({ node }) => node.kind !== 'opaque');
    const opaque = branch.literals.find(({ node }) => node.kind === 'opaque');
    const model = this.#solveType(plain, type);
    if (model.kind === 'empty') return empty;
    const choice = openChoice(branch.choices, model);
    if (choice === undefined) {
      return opaque === undefined || opaque.node.kind !== 'opaque' ? model : unknown('unsupported', opaque.node.reason);
    }
    const rest = { literals: branch.literals, choices: branch.choices.filter((other) => other !== choice) };
    let verdict = empty;
    for (const alternative of choice) {
      const next = this.#expander.expand([alternative], type, rest);
      const outcome = next === undefined ? empty : this.#search(next, type);
      if (outcome.kind === 'witness') return outcome;
      if (outcome.kind === 'unknown') verdict = outcome;
    }
    return verdict;
  }

  #solveType(literals: readonly Literal[], type: number): Outcome {
    switch (type) {
      case types.null:
        return amongst([null], literals);
      case types.boolean:
        return amongst([false, true], literals);
      case types.number:
        return solveNumber(literals);
      case types.string:
        return solveString(literals, this.spend);
      case types.array:
        return solveArray(this, literals);
      default:
        return solveObject(this, literals);
    }
  }
}

function keyOf(goal: readonly Literal[]): string | undefined {
  const [only] = goal;
  if (goal.length === 1 && only !== undefined) return String(only.node.id * 2 + Number(only.positive));
  const signs = new Map<Node, boolean>();
  for (const { node, positive } of goal) {
    if (signs.get(node) === !positive) return undefined;
    signs.set(node, positive);
  }
  return [...signs]
    .map(([node, positive]) => node.id * 2 + (positive ? 1 : 0))
    .toSorted((a, b) => a - b)
    .join();
}

function amongst(values: readonly Json[], literals: readonly Literal[]): Outcome {
  const value = values.find((value) => literals.every(({ node, positive }) => evaluate(node, value) === positive));
  return value === undefined ? empty : witness(value);
}

/** A choice that the value found does not fulfil, the narrowest first; any, where no value was found. */
function openChoice(choices: readonly (readonly Literal[])[], model: Outcome): readonly Literal[] | undefined {
  let narrowest: readonly Literal[] | undefined;
  for (const choice of choices) {
    if (narrowest !== undefined && narrowest.length <= choice.length) continue;
    const { value } = model.kind === 'witness' ? model : { value: undefined };
    const fulfilled = value !== undefined && choice.some(({ node, positive }) => evaluate(node, value) === positive);
    if (!fulfilled) narrowest = choice;
  }
  return narrowest;
}
