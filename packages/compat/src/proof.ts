import { Builder } from './build/builder.js';
import type { Dialect } from './dialect.js';
import { holdsSchema, openDocument, type Document } from './document.js';
import { at, isArray, isObject, type Json, type JsonObject } from './json.js';
import { fails, holds, type Literal, type Node } from './nodes.js';
import { Exhausted, unknown, type Outcome } from './solver/outcome.js';
import { Solver } from './solver/solver.js';
import { Store } from './store.js';

export interface Sides {
  readonly old: Json;
  readonly new: Json;
  readonly dialects: readonly [Dialect, Dialect];
}

/** Both schemas as nodes of one store, and what is asked about them; what was proven once is kept. */
export class Proof {
  readonly old: Node;
  readonly new: Node;
  readonly #store = new Store();
  readonly #builder: Builder;
  readonly #solver: Solver;
  readonly #sides: Sides;
  readonly #oldDocument: Document;
  readonly #newDocument: Document;
  readonly #refSiblings: boolean;
  #variants = 0;

  constructor(sides: Sides, refSiblings: boolean) {
    this.#sides = sides;
    this.#refSiblings = refSiblings;
    this.#builder = new Builder(this.#store);
    this.#solver = new Solver(this.#store, 0);
    this.#newDocument = openDocument('new', sides.new, sides.dialects[1], { refSiblings });
    this.#oldDocument = openDocument('old', sides.old, sides.dialects[0], { refSiblings });
    this.old = this.#builder.node(this.#oldDocument, sides.old);
    this.new = this.#builder.node(this.#newDocument, sides.new);
  }

  /** A document valid under every node of the first list and under none of the second. */
  find(valid: readonly Node[], invalid: readonly Node[], steps: number): Outcome {
    this.#solver.refill(steps);
    return guarded(() => this.#solver.solve([...valid.map(holds), ...invalid.map(fails)]));
  }

  /** What the last search left of its steps. */
  get stepsLeft(): number {
    return this.#solver.stepsLeft;
  }

  /** Other documents of the same kind. */
  others(valid: Node, invalid: Node, count: number, steps: number): readonly Json[] {
    this.#solver.refill(steps);
    const goal: Literal[] = [holds(valid), fails(invalid)];
    try {
      return this.#solver.enumerate(goal, count).values;
    } catch {
      return [];
    }
  }

  /** A sub-schema of one side. */
  part(side: 'old' | 'new', schema: Json): Node {
    return this.#builder.node(side === 'old' ? this.#oldDocument : this.#newDocument, schema);
  }

  /**
   * What stands at `path` in the old schema with parts taken over from the new one, whose references go on meaning what
   * they meant there.
   */
  variant(root: Json, parts: readonly (Json | undefined)[], path: readonly string[] = []): Node {
    this.#variants += 1;
    const foreign = new Map<JsonObject, Document>();
    for (const part of parts) {
      for (const schema of isArray(part) ? part : [part]) {
        if (isObject(schema)) foreign.set(schema, this.#newDocument);
      }
    }
    const [dialect] = this.#sides.dialects;
    const options = { foreign: this.#withoutOwn(foreign), refSiblings: this.#refSiblings };
    return this.#builder.node(openDocument(`old${this.#variants}:`, root, dialect, options), at(root, path));
  }

  /** Sub-schemas of the old document itself stay its own. */
  #withoutOwn(foreign: Map<JsonObject, Document>): ReadonlyMap<JsonObject, Document> {
    for (const schema of foreign.keys()) if (!holdsSchema(this.#newDocument, schema)) foreign.delete(schema);
    return foreign;
  }
}

function guarded(solve: () => Outcome): Outcome {
  try {
    return solve();
  } catch (error) {
    if (error instanceof Exhausted) return { kind: 'unknown', reason: error.reason };
    if (error instanceof RangeError) return unknown('budget', 'depth of nested values');
    throw error;
  }
}
