import { evaluate } from '../evaluate.js';
import type { Json } from '../json.js';
import { fails, holds, types, type Literal, type Node, type Props } from '../nodes.js';
import { optionsOf, type Option } from './options.js';
import { empty, witness, Exhausted, type Outcome, type Reason } from './outcome.js';
import type { Solver } from './solver.js';

interface Problem {
  min: number;
  max: number;
  readonly required: Set<string>;
  readonly absent: Set<string>;
  readonly props: Props[];
  readonly violated: Props[];
  readonly names: Node[];
  readonly violatedNames: Node[];
  /** All that is said of keys themselves. */
  readonly judges: Node[];
}

/** A key, or all keys that the same patterns match and the same names schemas admit. */
interface Slot {
  readonly keys: readonly string[];
  readonly required: boolean;
  readonly options: readonly Option[];
}

interface State {
  readonly count: number;
  readonly done: number;
  readonly from: State | undefined;
  readonly key: string;
  readonly option: Option | undefined;
}

const mostKeys = 64;
const mostCells = 64;

/** An object with as few keys as possible that satisfies the literals. */
export function solveObject(solver: Solver, literals: readonly Literal[]): Outcome {
  const problem = problemOf(literals);
  for (const key of problem.required) if (problem.absent.has(key)) return empty;
  if (Math.max(problem.min, problem.required.size) > problem.max) return empty;
  const slots = namedSlots(solver, problem);
  if (slots === undefined) return empty;
  const wanted = (1 << (problem.violated.length + problem.violatedNames.length)) - 1;
  const sure = walk(solver, problem, slots.map(certain), wanted);
  if (sure !== undefined) return witness(sure);
  const cells = [...slots, ...cellSlots(solver, problem)];
  const found = walk(solver, problem, cells.map(certain), wanted);
  if (found !== undefined) return witness(found);
  const doubt = cells.flatMap(({ options }) => options).find(({ value }) => value === undefined)?.reason;
  if (doubt === undefined || walk(solver, problem, cells, wanted) === undefined) return empty;
  return { kind: 'unknown', reason: doubt };
}

function certain(slot: Slot): Slot {
  return { ...slot, options: slot.options.filter(({ value }) => value !== undefined) };
}

function problemOf(literals: readonly Literal[]): Problem {
  const problem: Problem = {
    min: 0,
    max: Infinity,
    required: new Set(),
    absent: new Set(),
    props: [],
    violated: [],
    names: [],
    violatedNames: [],
    judges: [],
  };
  for (const { node, positive } of literals) {
    if (node.kind === 'length') {
      problem.min = Math.max(problem.min, node.min);
      problem.max = Math.min(problem.max, node.max);
    } else if (node.kind === 'required') (positive ? problem.required : problem.absent).add(node.key);
    else if (node.kind === 'props') (positive ? problem.props : problem.violated).push(node);
    else if (node.kind === 'names') (positive ? problem.names : problem.violatedNames).push(node.item);
    if (node.kind === 'names') problem.judges.push(node.item);
    if (node.kind === 'props') problem.judges.push(...node.patterns.map(({ pattern }) => pattern));
  }
  return problem;
}

function namedKeys({ required, props, violated }: Problem): ReadonlySet<string> {
  const keys = new Set(required);
  for (const { named } of props) for (const key of named.keys()) keys.add(key);
  for (const { named } of violated) for (const key of named.keys()) keys.add(key);
  return keys;
}

/** The slots of all keys that some literal names; undefined where one that is required cannot be filled. */
function namedSlots(solver: Solver, problem: Problem): Slot[] | undefined {
  const slots: Slot[] = [];
  for (const key of namedKeys(problem)) {
    const required = problem.required.has(key);
    if (problem.absent.has(key) || (!required && isIdle(problem, key))) continue;
    const options = keyOptions(solver, problem, key, required);
    if (options.length === 0 && required) return undefined;
    if (options.length > 0) slots.push({ keys: [key], required, options });
  }
  return slots;
}

/** Whether a key, or any key that is not named, can do nothing that is wanted, told without looking into its schemas. */
function isIdle({ min, judges, props, violated, violatedNames }: Problem, key: string | undefined): boolean {
  if (min > 0 || judges.length > 0 || violatedNames.length > 0) return false;
  const at = ({ named, rest }: Props) => (key === undefined ? rest : (named.get(key) ?? rest));
  return violated.every((one) => at(one).kind === 'true' || props.some((other) => at(other) === at(one)));
}

function keyOptions(solver: Solver, problem: Problem, key: string, required: boolean): Option[] {
  const judged = new Map<Node, boolean | undefined>();
  const says = (node: Node) => {
    if (!judged.has(node)) judged.set(node, evaluate(node, key));
    return judged.get(node);
  };
  const undecided = problem.judges.some((node) => says(node) === undefined);
  if (undecided) return [doubtful(problem, `whether the key ${JSON.stringify(key)} matches`)];
  if (problem.names.some((node) => says(node) === false)) return [];
  const place = placeOf(solver, problem, key, (node) => says(node) === true);
  const idle = place.obligations.every((literal) => literal === undefined);
  return idle && !required && problem.min === 0 ? [] : optionsOf(solver, place);
}

/** The one option of a slot about which nothing can be said: anything goes. */
function doubtful({ violated, violatedNames }: Problem, detail: string): Option {
  const reason: Reason = { kind: 'pattern', detail };
  return { signs: 0, done: (1 << (violated.length + violatedNames.length)) - 1, goal: [], value: undefined, reason };
}

function placeOf(solver: Solver, problem: Problem, key: string | undefined, says: (node: Node) => boolean) {
  const schemas = (props: Props): Node[] => {
    const named = key === undefined ? undefined : props.named.get(key);
    const matched = props.patterns.filter(({ pattern }) => says(pattern)).map(({ node }) => node);
    const own = named === undefined ? matched : [named, ...matched];
    return own.length === 0 ? [props.rest] : own;
  };
  const held = problem.props.flatMap(schemas).filter(({ kind }) => kind !== 'true');
  const violation = (nodes: readonly Node[]): Literal | undefined => {
    const all = solver.store.and(...nodes);
    return all.kind === 'true' || held.includes(all) ? undefined : fails(all);
  };
  return {
    base: held.map(holds),
    counted: [],
    obligations: [
      ...problem.violated.map((props) => violation(schemas(props))),
      ...problem.violatedNames.map((node) => (says(node) ? undefined : holds(solver.store.true))),
    ],
  };
}

/** Slots for keys that no literal names, by the patterns that they match. */
function cellSlots(solver: Solver, problem: Problem): Slot[] {
  const obligations = problem.violated.length + problem.violatedNames.length;
  const need = Math.min(problem.min + obligations, mostKeys);
  if (need === 0 || (problem.min === 0 && isIdle(problem, undefined))) return [];
  const taken = [...namedKeys(problem), ...problem.absent];
  const base = [
    holds(solver.store.type(types.string)),
    ...(taken.length === 0 ? [] : [fails(solver.store.enumeration(taken))]),
    ...problem.names.map(holds),
  ];
  const splitters = new Set([
    ...[...problem.props, ...problem.violated].flatMap(({ patterns }) => patterns.map(({ pattern }) => pattern)),
    ...problem.violatedNames,
  ]);
  return cellsOf(solver, base, [...splitters]).flatMap((cell) => cellSlot(solver, problem, cell, need));
}

interface Cell {
  readonly goal: readonly Literal[];
  readonly matched: ReadonlySet<Node>;
}

function cellsOf(solver: Solver, base: readonly Literal[], splitters: readonly Node[]): Cell[] {
  let cells: Cell[] = [{ goal: base, matched: new Set() }];
  for (const node of splitters) {
    cells = cells.flatMap((cell) => [
      { goal: [...cell.goal, fails(node)], matched: cell.matched },
      { goal: [...cell.goal, holds(node)], matched: new Set([...cell.matched, node]) },
    ]);
    cells = cells.filter(({ goal }) => solver.solve(goal).kind !== 'empty');
    if (cells.length > mostCells) throw new Exhausted('classes of keys');
  }
  return cells;
}

function cellSlot(solver: Solver, problem: Problem, { goal, matched }: Cell, need: number): Slot[] {
  const { values, complete } = solver.enumerate(goal, need);
  const keys = values.filter((value) => typeof value === 'string');
  const options = optionsOf(
    solver,
    placeOf(solver, problem, undefined, (node) => matched.has(node)),
  );
  if (options.length === 0) return [];
  if (complete || keys.length === need) return [{ keys, required: false, options }];
  const doubts = Array.from({ length: need - keys.length }, () => doubtful(problem, 'which keys match'));
  return [
    { keys, required: false, options },
    ...doubts.map((option) => ({ keys: [''], required: false, options: [option] })),
  ];
}

/** Fills the slots in order; states that need no telling apart are joined, the one with fewer keys kept. */
function walk(solver: Solver, problem: Problem, slots: readonly Slot[], wanted: number): Json | undefined {
  let states = new Map<string, State>([['0;0', { count: 0, done: 0, from: undefined, key: '', option: undefined }]]);
  for (const slot of slots) {
    for (const key of slot.keys) {
      const next = new Map<string, State>();
      const keep = (state: State) => {
        const name = `${Math.min(state.count, problem.min)};${state.done}`;
        const known = next.get(name);
        if (known === undefined || state.count < known.count) next.set(name, state);
      };
      solver.spend(states.size);
      for (const state of states.values()) {
        if (!slot.required) keep(state);
        if (state.count >= problem.max) continue;
        for (const option of slot.options) {
          keep({ count: state.count + 1, done: state.done | option.done, from: state, key, option });
        }
      }
      states = next;
    }
  }
  const goals = [...states.values()].filter(({ count, done }) => done === wanted && count >= problem.min);
  const goal = goals.toSorted((a, b) => a.count - b.count)[0];
  return goal === undefined ? undefined : spell(goal);
}

function spell(goal: State): Json {
  const entries: [string, Json][] = [];
  for (let state: State | undefined = goal; state !== undefined; state = state.from) {
    if (state.option !== undefined) entries.push([state.key, state.option.value ?? null]);
  }
  return Object.fromEntries(entries.toReversed());
}
