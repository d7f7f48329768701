import { scope, types, type Literal, type Node } from '../nodes.js';
import type { Store } from '../store.js';

/** A conjunction for one type: atoms that hold or fail, and choices of which one alternative must hold. */
export interface Branch {
  readonly literals: readonly Literal[];
  readonly choices: readonly (readonly Literal[])[];
}

/** Spells out goals for one type at a time, without choosing yet. */
export class Expander {
  readonly #store: Store;
  readonly #constant = new Map<number, boolean | undefined>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The branch of `goal` joined to what `base` holds already; undefined where the two contradict each other. */
  expand(goal: readonly Literal[], type: number, base?: Branch): Branch | undefined {
    const signs = new Map<Node, boolean>();
    for (const { node, positive } of base?.literals ?? []) signs.set(node, positive);
    const literals = [...(base?.literals ?? [])];
    let choices = [...(base?.choices ?? [])];
    const seen = new Set<number>();
    const todo = [...goal];
    do {
      for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
        const { node, positive } = next;
        const constant = this.constant(node, type);
        if (constant !== undefined) {
          if (constant === positive) continue;
          return undefined;
        }
        const key = node.id * 2 + Number(positive);
        if (seen.has(key)) continue;
        seen.add(key);
        const alternatives = this.#alternatives(next);
        if (alternatives === 'atom') {
          if (signs.get(node) === !positive) return undefined;
          if (!signs.has(node)) literals.push(next);
          signs.set(node, positive);
        } else if (alternatives.all) todo.push(...alternatives.parts);
        else {
          const open = this.#open(alternatives.parts, type);
          if (open !== undefined) choices.push(open);
        }
      }
      const left = settle(choices, signs, todo);
      if (left === undefined) return undefined;
      choices = left;
    } while (todo.length > 0);
    return { literals, choices };
  }

  /** The types that some value satisfying the literal may have. */
  mask(goal: readonly Literal[]): number {
    let mask = 0;
    for (const type of Object.values(types)) {
      if (goal.every(({ node, positive }) => this.constant(node, type) !== !positive)) mask |= type;
    }
    return mask;
  }

  /** Whether a node is true of every value of a type, or of none, as far as can be seen at once. */
  constant(node: Node, type: number): boolean | undefined {
    const bound = scope(node);
    if (bound !== 0) return bound === type ? undefined : true;
    const key = node.id * 64 + type;
    if (this.#constant.has(key)) return this.#constant.get(key);
    this.#constant.set(key, undefined);
    const constant = this.#judge(node, type);
    this.#constant.set(key, constant);
    return constant;
  }

  #judge(node: Node, type: number): boolean | undefined {
    switch (node.kind) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'type':
        return (node.mask & type) !== 0;
      case 'enum':
        return (node.mask & type) === 0 ? false : undefined;
      case 'not': {
        const inner = this.constant(node.item, type);
        return inner === undefined ? undefined : !inner;
      }
      case 'ref':
        return this.constant(node.link.resolve(), type);
      case 'and':
      case 'or': {
        const absorbing = node.kind === 'or';
        const inner = node.items.map((item) => this.constant(item, type));
        if (inner.includes(absorbing)) return absorbing;
        return inner.includes(undefined) ? undefined : !absorbing;
      }
      default:
        return undefined;
    }
  }

  #open(parts: readonly Literal[], type: number): Literal[] | undefined {
    const open: Literal[] = [];
    for (const part of parts) {
      const constant = this.constant(part.node, type);
      if (constant === part.positive) return undefined;
      if (constant === undefined) open.push(part);
    }
    return open;
  }

  #alternatives({ node, positive }: Literal): 'atom' | { all: boolean; parts: Literal[] } {
    switch (node.kind) {
      case 'and':
        return { all: positive, parts: node.items.map((item) => ({ node: item, positive })) };
      case 'or':
        return { all: !positive, parts: node.items.map((item) => ({ node: item, positive })) };
      case 'not':
        return { all: true, parts: [{ node: node.item, positive: !positive }] };
      case 'ref':
        return { all: true, parts: [{ node: node.link.resolve(), positive }] };
      case 'length':
        return positive ? 'atom' : this.#outside(node, (min, max) => this.#store.length(node.on, min, max));
      case 'contains':
        return positive ? 'atom' : this.#outside(node, (min, max) => this.#store.contains(node.item, min, max));
      default:
        return 'atom';
    }
  }

  /** Below the range of a count, or above it where it has an end. */
  #outside({ min, max }: { min: number; max: number }, range: (min: number, max: number) => Node) {
    const parts = [...(min > 0 ? [range(0, min - 1)] : []), ...(max === Infinity ? [] : [range(max + 1, Infinity)])];
    return { all: false, parts: parts.map((node) => ({ node, positive: true })) };
  }
}

/** The choices still open: what is settled goes, and what has one alternative left is to be done. */
function settle(
  choices: readonly (readonly Literal[])[],
  signs: ReadonlyMap<Node, boolean>,
  todo: Literal[],
): (readonly Literal[])[] | undefined {
  const open: (readonly Literal[])[] = [];
  for (const choice of choices) {
    const verdicts = choice.map((literal) => known(literal, signs));
    if (verdicts.includes(true)) continue;
    const left = verdicts.includes(false) ? choice.filter((_, index) => verdicts[index] !== false) : choice;
    const [only] = left;
    if (only === undefined) return undefined;
    if (left.length === 1) todo.push(only);
    else open.push(left);
  }
  return open;
}

function known({ node, positive }: Literal, signs: ReadonlyMap<Node, boolean>): boolean | undefined {
  if (node.kind === 'not') return known({ node: node.item, positive: !positive }, signs);
  const sign = signs.get(node);
  return sign === undefined ? undefined : sign === positive;
}
