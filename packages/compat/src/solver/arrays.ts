import { evaluate } from '../evaluate.js';
import type { Json } from '../json.js';
import { fails, holds, type Literal, type Node } from '../nodes.js';
import { distinct, permutations } from './distinct.js';
import { optionsOf, type Option } from './options.js';
import { empty, unknown, witness, type Outcome } from './outcome.js';
import type { Solver } from './solver.js';

interface Items {
  readonly prefix: readonly Node[];
  readonly rest: Node;
}

interface Problem {
  min: number;
  max: number;
  /** How many places have a schema of their own; all behind are alike. */
  places: number;
  readonly items: Items[];
  readonly violated: Items[];
  readonly counted: { readonly node: Node; min: number; max: number }[];
  readonly unique: boolean | undefined;
}

/** The options of one place, of which the last stands for all behind it. */
type Table = readonly (readonly Option[])[];

interface State {
  readonly counts: readonly number[];
  readonly done: number;
  readonly from: State | undefined;
  readonly option: Option | undefined;
}

/** A shortest array that satisfies the literals. */
export function solveArray(solver: Solver, literals: readonly Literal[]): Outcome {
  const problem = problemOf(literals);
  if (problem === undefined || problem.min > problem.max) return empty;
  if (problem.unique === false) return solveRepeated(solver, problem);
  const table = tableOf(solver, problem);
  const outcome = solveTable(solver, problem, table);
  if (problem.unique !== true || typeof outcome === 'string' || outcome.kind !== 'witness') return settle(outcome);
  return solveDistinct(solver, problem, literals, outcome);
}

interface Path {
  readonly kind: 'witness';
  readonly options: readonly Option[];
}

type Solution = Path | Exclude<Outcome, { kind: 'witness' }>;

function settle(solution: Solution): Outcome {
  return solution.kind === 'witness' ? witness(solution.options.map(({ value }) => value ?? null)) : solution;
}

function problemOf(literals: readonly Literal[]): Problem | undefined {
  let unique: boolean | undefined;
  for (const { node, positive } of literals) if (node.kind === 'unique') unique = positive;
  const problem: Problem = { min: 0, max: Infinity, places: 0, items: [], violated: [], counted: [], unique };
  for (const { node, positive } of literals) {
    if (node.kind === 'length') {
      problem.min = Math.max(problem.min, node.min);
      problem.max = Math.min(problem.max, node.max);
    } else if (node.kind === 'items') {
      problem.places = Math.max(problem.places, node.prefix.length);
      (positive ? problem.items : problem.violated).push(node);
    } else if (node.kind === 'contains') {
      const known = problem.counted.find((other) => other.node === node.item);
      if (known === undefined) problem.counted.push({ node: node.item, min: node.min, max: node.max });
      else Object.assign(known, { min: Math.max(known.min, node.min), max: Math.min(known.max, node.max) });
    }
  }
  return problem.counted.some(({ min, max }) => min > max) ? undefined : problem;
}

function at({ prefix, rest }: Items, index: number): Node {
  return prefix[index] ?? rest;
}

function placeOf({ items, violated, counted }: Problem, index: number) {
  return {
    base: items.map((list) => holds(at(list, index))).filter(({ node }) => node.kind !== 'true'),
    counted: counted.map(({ node }) => node),
    obligations: violated.map((list) => {
      const node = at(list, index);
      return node.kind === 'true' ? undefined : fails(node);
    }),
  };
}

function tableOf(solver: Solver, problem: Problem): Table {
  const last = Math.min(problem.places, problem.max);
  return Array.from({ length: last + 1 }, (_, index) =>
    index < problem.max ? optionsOf(solver, placeOf(problem, index)) : [],
  );
}

/** Looks for a shortest sequence of options that meets the counts and the obligations; first of sure ones only. */
function solveTable(solver: Solver, problem: Problem, table: Table): Solution {
  const wanted = (1 << problem.violated.length) - 1;
  const reachable = table.flat().reduce((done, option) => done | option.done, 0);
  if (reachable !== wanted) return { kind: 'empty' };
  const sure = table.map((options) => options.filter(({ value }) => value !== undefined));
  const found = walk(solver, problem, sure, wanted);
  if (found !== undefined) return { kind: 'witness', options: found };
  const maybe = table.flat().find(({ value }) => value === undefined);
  if (maybe?.reason === undefined || walk(solver, problem, table, wanted) === undefined) return { kind: 'empty' };
  return { kind: 'unknown', reason: maybe.reason };
}

function walk(solver: Solver, problem: Problem, table: Table, wanted: number): Option[] | undefined {
  let layer: State[] = [{ counts: problem.counted.map(() => 0), done: 0, from: undefined, option: undefined }];
  const settled = Math.max(problem.min, table.length - 1);
  const passed = new Set<string>();
  for (let length = 0; layer.length > 0 && length <= problem.max; length += 1) {
    const goal = layer.find(({ counts, done }) => {
      const counted = problem.counted.every(({ min }, index) => (counts[index] ?? 0) >= min);
      return length >= problem.min && done === wanted && counted;
    });
    if (goal !== undefined) return pathTo(goal);
    const next = new Map<string, State>();
    const options = table[Math.min(length, table.length - 1)] ?? [];
    for (const state of layer) {
      solver.spend(options.length);
      for (const option of options) {
        const counts = counted(problem, state.counts, option.signs);
        if (counts === undefined) continue;
        const done = state.done | option.done;
        const key = `${counts.join()};${done}`;
        if (next.has(key) || (length + 1 >= settled && passed.has(key))) continue;
        if (length + 1 >= settled) passed.add(key);
        next.set(key, { counts, done, from: state, option });
      }
    }
    layer = [...next.values()];
  }
  return undefined;
}

/** The counts with one more item; above what is needed they are not told apart. Undefined past a maximum. */
function counted(problem: Problem, counts: readonly number[], signs: number): number[] | undefined {
  const next = counts.map((count, index) => {
    const { min, max } = problem.counted[index] ?? { min: 0, max: 0 };
    const more = count + ((signs >> index) & 1);
    return max === Infinity ? Math.min(more, min) : more;
  });
  return next.some((count, index) => count > (problem.counted[index]?.max ?? 0)) ? undefined : next;
}

function pathTo(goal: State): Option[] {
  const options: Option[] = [];
  for (let state: State | undefined = goal; state !== undefined; state = state.from) {
    if (state.option !== undefined) options.push(state.option);
  }
  return options.toReversed();
}

function solveDistinct(solver: Solver, problem: Problem, literals: readonly Literal[], { options }: Path): Outcome {
  const values = distinct(
    solver,
    options.map(({ goal }) => goal),
  );
  if (values !== undefined) return witness(values);
  const base = (index: number) => placeOf(problem, index).base;
  const exact = permutations(solver, base, problem.places, problem.max, (candidate: readonly Json[]) =>
    literals.every(({ node, positive }) => evaluate(node, candidate) === positive),
  );
  return exact ?? unknown('budget', 'different items under uniqueItems');
}

/** Some two places must hold the same value, so one value is sought that fits both. */
function solveRepeated(solver: Solver, problem: Problem): Outcome {
  let verdict = empty;
  for (let second = 1; second <= problem.places + 1 && second < problem.max; second += 1) {
    for (let first = 0; first < second; first += 1) {
      const outcome = solvePair(solver, problem, first, second);
      if (outcome.kind === 'witness') return outcome;
      if (outcome.kind === 'unknown') verdict = outcome;
    }
  }
  return verdict;
}

function solvePair(solver: Solver, problem: Problem, first: number, second: number): Outcome {
  const [left, right] = [placeOf(problem, first), placeOf(problem, second)];
  const shared = optionsOf(solver, {
    base: [...left.base, ...right.base],
    counted: left.counted,
    obligations: [...left.obligations, ...right.obligations],
  });
  const bits = problem.violated.length;
  const longer = { ...problem, min: Math.max(problem.min, second + 1) };
  const filled = Array.from({ length: Math.max(problem.places, second + 1) + 1 }, (_, index) => index);
  const own = tableOf(solver, { ...longer, places: filled.length - 1 });
  let verdict = empty;
  for (const option of shared) {
    const table = filled.map((index) => {
      if (index === first) return [{ ...option, done: option.done & ((1 << bits) - 1) }];
      if (index === second) return [{ ...option, done: option.done >> bits }];
      return own[index] ?? [];
    });
    const outcome = settle(solveTable(solver, longer, table));
    if (outcome.kind === 'witness') return outcome;
    if (outcome.kind === 'unknown') verdict = outcome;
  }
  return verdict;
}
