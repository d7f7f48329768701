import { NFA } from 'refa';

import { endMark, lastCodePoint, NotRegular, readExpression, startMark } from './expression.js';

/** Where the characters from `from` on, up to the next arc's, lead to. */
export interface Arc {
  readonly from: number;
  readonly to: number;
}

/** A complete deterministic automaton over code points; state 0 is the initial one. */
export interface Automaton {
  readonly arcs: readonly (readonly Arc[])[];
  readonly accepts: readonly boolean[];
  /** Whether some continuation is accepted, and whether some is rejected. */
  readonly canAccept: readonly boolean[];
  readonly canReject: readonly boolean[];
}

const nodeLimit = 4000;
const stateLimit = 2000;
const cacheLimit = 2000;
const cache = new Map<string, Automaton | string>();

/** The automaton of an ECMA-262 pattern searched for in a string, or the reason why there is none. */
export function automatonOf(source: string): Automaton | string {
  const known = cache.get(source);
  if (known !== undefined) return known;
  if (cache.size >= cacheLimit) cache.clear();
  const made = make(source);
  cache.set(source, made);
  return made;
}

/** The state that follows `state` on the code point `character`. */
export function step(automaton: Automaton, state: number, character: number): number {
  const arcs = automaton.arcs[state] ?? [];
  let low = 0;
  let high = arcs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((arcs[middle]?.from ?? 0) <= character) low = middle;
    else high = middle - 1;
  }
  return arcs[low]?.to ?? 0;
}

/** Whether the automaton accepts the whole of `text`. */
export function matches(automaton: Automaton, text: string): boolean {
  let state = 0;
  for (const character of text) state = step(automaton, state, character.codePointAt(0) ?? 0);
  return automaton.accepts[state] ?? false;
}

/** A complete automaton from arcs and accepting states. */
export function finish(arcs: readonly (readonly Arc[])[], accepts: readonly boolean[]): Automaton {
  return {
    arcs,
    accepts,
    canAccept: reaching(arcs, (state) => accepts[state] ?? false),
    canReject: reaching(arcs, (state) => !accepts[state]),
  };
}

function make(source: string): Automaton | string {
  try {
    const factory = new NFA.LimitedNodeFactory(nodeLimit);
    const nfa = NFA.fromRegex(
      readExpression(source),
      { maxCharacter: endMark },
      { assertions: 'throw', infinityThreshold: Infinity },
      factory,
    );
    return determinise(nfa);
  } catch (error) {
    if (error instanceof NotRegular) return error.message;
    return error instanceof SyntaxError ? 'the pattern is not valid with flag u' : 'the pattern is too large';
  }
}

function determinise(nfa: NFA): Automaton {
  const numbers = new Map<NFA.ReadonlyNode, number>();
  const numberOf = (node: NFA.ReadonlyNode) => {
    const known = numbers.get(node) ?? numbers.size;
    numbers.set(node, known);
    return known;
  };
  const key = (nodes: ReadonlySet<NFA.ReadonlyNode>) =>
    [...nodes]
      .map(numberOf)
      .toSorted((a, b) => a - b)
      .join();
  const first = closure(new Set<NFA.ReadonlyNode>([nfa.initial]), startMark);
  const states = new Map([[key(first), 0]]);
  const sets = [first];
  const arcs: Arc[][] = [];
  for (let at = 0; at < sets.length; at += 1) {
    if (sets.length > stateLimit) throw new RangeError('too many states');
    arcs.push(
      successors(sets[at] ?? new Set()).map(({ from, nodes }) => {
        const name = key(nodes);
        const to = states.get(name) ?? sets.push(nodes) - 1;
        states.set(name, to);
        return { from, to };
      }),
    );
  }
  const accepts = sets.map((set) => [...closure(set, endMark)].some((node) => nfa.finals.has(node as NFA.Node)));
  return finish(
    arcs.map((row) => row.filter((arc, index) => arc.to !== row[index - 1]?.to)),
    accepts,
  );
}

/** The nodes reached by reading any number of one mark. */
function closure(nodes: ReadonlySet<NFA.ReadonlyNode>, mark: number): Set<NFA.ReadonlyNode> {
  const all = new Set(nodes);
  for (const node of all) for (const [to, via] of node.out) if (via.has(mark)) all.add(to);
  return all;
}

function successors(nodes: ReadonlySet<NFA.ReadonlyNode>): { from: number; nodes: Set<NFA.ReadonlyNode> }[] {
  const edges = [...nodes].flatMap((node) =>
    [...node.out].flatMap(([to, via]) => via.ranges.map(({ min, max }) => ({ min, max, to }))),
  );
  const cuts = new Set([0]);
  for (const { min, max } of edges) {
    if (min <= lastCodePoint) cuts.add(min);
    if (max < lastCodePoint) cuts.add(max + 1);
  }
  return [...cuts]
    .toSorted((a, b) => a - b)
    .map((from) => ({
      from,
      nodes: new Set(edges.filter(({ min, max }) => min <= from && from <= max).map(({ to }) => to)),
    }));
}

function reaching(arcs: readonly (readonly Arc[])[], goal: (state: number) => boolean): boolean[] {
  const before = arcs.map((): number[] => []);
  arcs.forEach((row, from) => row.forEach(({ to }) => before[to]?.push(from)));
  const reached = arcs.map((_, state) => goal(state));
  const queue = reached.flatMap((yes, state) => (yes ? [state] : []));
  for (const state of queue) {
    for (const from of before[state] ?? []) {
      if (reached[from]) continue;
      reached[from] = true;
      queue.push(from);
    }
  }
  return reached;
}
