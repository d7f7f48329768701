import type { Json } from '../json.js';
import { fails, holds, type Literal, type Node } from '../nodes.js';
import { Exhausted, type Reason } from './outcome.js';
import type { Solver } from './solver.js';

/** One way to fill a place: which sought schemas the value satisfies and which obligations it discharges. */
export interface Option {
  readonly signs: number;
  readonly done: number;
  readonly goal: readonly Literal[];
  /** Undefined where it could not be decided whether such a value exists. */
  readonly value: Json | undefined;
  readonly reason: Reason | undefined;
}

export interface Place {
  /** What every value here must satisfy. */
  readonly base: readonly Literal[];
  /** Schemas whose satisfaction is counted. */
  readonly counted: readonly Node[];
  /** Per obligation, what a value here must satisfy to discharge it; undefined where none can. */
  readonly obligations: readonly (Literal | undefined)[];
}

const widest = 10;

/** All ways to fill a place that are not known to be impossible, those that discharge least first. */
export function optionsOf(solver: Solver, { base, counted, obligations }: Place): Option[] {
  if (counted.length + obligations.length > widest) throw new Exhausted('conditions to be met by different items');
  const options: Option[] = [];
  for (let done = 0; done < 1 << obligations.length; done += 1) {
    const discharged = obligations.filter((_, index) => (done >> index) & 1);
    if (discharged.includes(undefined)) continue;
    for (let signs = 0; signs < 1 << counted.length; signs += 1) {
      const goal = [
        ...base,
        ...discharged.filter((literal) => literal !== undefined),
        ...counted.map((node, index) => ((signs >> index) & 1 ? holds(node) : fails(node))),
      ];
      const outcome = solver.solve(goal);
      if (outcome.kind === 'empty') continue;
      options.push({
        signs,
        done,
        goal,
        value: outcome.kind === 'witness' ? outcome.value : undefined,
        reason: outcome.kind === 'unknown' ? outcome.reason : undefined,
      });
    }
  }
  return options;
}
