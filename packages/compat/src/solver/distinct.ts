import { canonical, type Json } from '../json.js';
import type { Literal } from '../nodes.js';
import { empty, witness, type Outcome } from './outcome.js';
import type { Solver } from './solver.js';

const mostPlaces = 64;
const mostValues = 6;

/** A different value for each goal, by augmenting paths; undefined where none was found. */
export function distinct(solver: Solver, goals: readonly (readonly Literal[])[]): Json[] | undefined {
  if (goals.length > mostPlaces) return undefined;
  const domains = goals.map((goal) => solver.enumerate(goal, goals.length).values);
  const owner = new Map<string, number>();
  const chosen: (Json | undefined)[] = goals.map(() => undefined);
  const place = (index: number, tried: Set<string>): boolean => {
    for (const value of domains[index] ?? []) {
      const key = canonical(value);
      if (tried.has(key)) continue;
      tried.add(key);
      const other = owner.get(key);
      if (other !== undefined && !place(other, tried)) continue;
      owner.set(key, index);
      chosen[index] = value;
      return true;
    }
    return false;
  };
  if (!goals.every((_, index) => place(index, new Set()))) return undefined;
  return chosen.map((value) => value ?? null);
}

/**
 * Tries every array of different values where each place has few to choose from. Undefined where some place has many.
 */
export function permutations(
  solver: Solver,
  base: (index: number) => readonly Literal[],
  places: number,
  max: number,
  accept: (candidate: readonly Json[]) => boolean,
): Outcome | undefined {
  const domains: (readonly Json[])[] = [];
  for (let index = 0; index <= Math.min(places, max - 1); index += 1) {
    const { values, complete } = solver.enumerate(base(index), mostValues + 1);
    if (!complete) return undefined;
    domains.push(values);
  }
  const search = (items: readonly Json[], used: ReadonlySet<string>): readonly Json[] | undefined => {
    solver.spend(1);
    if (accept(items)) return items;
    if (items.length >= max) return undefined;
    for (const value of domains[Math.min(items.length, domains.length - 1)] ?? []) {
      const key = canonical(value);
      const found = used.has(key) ? undefined : search([...items, value], new Set([...used, key]));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const found = search([], new Set());
  return found === undefined ? empty : witness(found);
}
