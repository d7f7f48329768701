import { breaks, confirm, isSchema, type Verdict } from './confirm.js';
import { dialectOf, isLegacy, type Dialect } from './dialect.js';
import { evaluate } from './evaluate.js';
import { explain, type Explained } from './findings/explain.js';
import { verdictFinding, type DirectionName, type Finding } from './findings/finding.js';
import { canonical, depthOf, equal, isArray, isObject, type Json } from './json.js';
import { Proof, type Sides } from './proof.js';
import { shrink } from './shrink.js';
import { unknown, type Outcome, type Reason } from './solver/outcome.js';

export interface CompareOptions {
  /** The dialect of schemas that carry no `$schema`; otherwise it is told from the keywords they use. */
  readonly dialect?: Dialect;
  /** How many steps the search may take in each direction; 100,000 unless told. */
  readonly steps?: number;
  /** Whether to find the single changes that are to blame; true unless told. */
  readonly explain?: boolean;
}

export interface Direction {
  readonly answer: 'compatible' | 'incompatible' | 'unknown';
  /** A document valid on the one side and invalid on the other; present exactly where the answer is incompatible. */
  readonly witness?: Json;
  /** Why the answer is unknown. */
  readonly reason?: string;
  readonly findings: readonly Finding[];
}

export interface Comparison {
  /** Is every document valid under the old schema valid under the new one? */
  readonly backward: Direction;
  /** Is every document valid under the new schema valid under the old one? */
  readonly forward: Direction;
}

const defaultSteps = 100_000;
const deepest = 400;
const directions = ['backward', 'forward'] as const;

const reasonRules: Readonly<Record<Reason['kind'], string>> = {
  budget: 'budget-exhausted',
  pattern: 'regex-undecided',
  format: 'regex-undecided',
  unsupported: 'unsupported-keyword',
};

/**
 * Compares two JSON Schemas (draft-04 to 2020-12) as sets of documents. `compatible` is said only after a finished
 * proof, `incompatible` only with a document that ajv and @hyperjump/json-schema both confirm, and everything else is
 * `unknown`. Never throws on what the schemas say; ends within the step budget.
 */
export function compareSchemas(oldSchema: unknown, newSchema: unknown, options: CompareOptions = {}): Comparison {
  if (Math.max(depthOf(oldSchema, deepest), depthOf(newSchema, deepest)) >= deepest) {
    return undecided('budget-exhausted', `nesting deeper than ${deepest} levels`);
  }
  if (!isSchema(oldSchema) || !isSchema(newSchema)) return undecided('unsupported-keyword', 'a schema is no schema');
  if (equal(oldSchema, newSchema)) {
    const same: Direction = { answer: 'compatible', findings: [] };
    return { backward: same, forward: same };
  }
  const dialects = [dialectOf(oldSchema, options.dialect), dialectOf(newSchema, options.dialect)] as const;
  const [before, after] = dialects;
  if (before === undefined || after === undefined) {
    return undecided('unsupported-keyword', '$schema names a dialect that is not known');
  }
  return compareSides({ old: oldSchema, new: newSchema, dialects: [before, after] }, options);
}

function compareSides(sides: Sides, options: CompareOptions): Comparison {
  const steps = options.steps ?? defaultSteps;
  const proof = new Proof(sides, false);
  const outcomes = outcomesOf(proof, sides, steps);
  const witnesses = {
    backward: witnessOf(proof, outcomes.backward, 'backward'),
    forward: witnessOf(proof, outcomes.forward, 'forward'),
  };
  const broken = { backward: witnesses.backward !== undefined, forward: witnesses.forward !== undefined };
  const explained: Record<DirectionName, readonly Explained[]> =
    options.explain === false ? { backward: [], forward: [] } : explain(proof, sides, broken);
  const court = new Court(sides);
  court.hear(directions.flatMap((name) => candidates(witnesses[name], explained[name])));
  const settle = (name: DirectionName): Direction => {
    const outcome = outcomes[name];
    if (outcome.kind === 'empty') return { answer: 'compatible', findings: plain(explained[name]) };
    if (outcome.kind === 'unknown') return doubt(name, outcome.reason, explained[name]);
    return convict(proof, court, name, candidates(witnesses[name], explained[name]), explained[name], steps);
  };
  return { backward: settle('backward'), forward: settle('forward') };
}

/** Drafts before 2019-09 ignore what stands beside `$ref`, but not every validator does: both readings must agree. */
function outcomesOf(proof: Proof, sides: Sides, steps: number): Record<DirectionName, Outcome> {
  const both = (one: Proof) => ({
    backward: one.find([one.old], [one.new], steps),
    forward: one.find([one.new], [one.old], steps),
  });
  const strict = both(proof);
  if (!sides.dialects.some(isLegacy) || !(hasRefSiblings(sides.old) || hasRefSiblings(sides.new))) return strict;
  const lenient = both(new Proof(sides, true));
  const agreed = (name: DirectionName) =>
    strict[name].kind === 'empty' && lenient[name].kind !== 'empty'
      ? unknown('unsupported', 'keywords beside $ref, which not every validator ignores')
      : strict[name];
  return { backward: agreed('backward'), forward: agreed('forward') };
}

const harmless = new Set(['$ref', '$schema', '$id', 'id', '$comment', 'title', 'description', 'default', 'examples']);

function hasRefSiblings(schema: Json): boolean {
  if (isArray(schema)) return schema.some(hasRefSiblings);
  if (!isObject(schema)) return false;
  const keys = Object.keys(schema);
  const own = typeof schema['$ref'] === 'string' && keys.some((key) => !harmless.has(key) && !key.startsWith('x-'));
  return own || keys.some((key) => hasRefSiblings(schema[key] ?? null));
}

/** The witness in its smallest form; undefined where the evaluator does not agree with the solver. */
function witnessOf(proof: Proof, outcome: Outcome, name: DirectionName): Json | undefined {
  if (outcome.kind !== 'witness') return undefined;
  const [valid, invalid] = sidesOf(proof, name);
  const holds = (value: Json) => evaluate(valid, value) === true && evaluate(invalid, value) === false;
  return holds(outcome.value) ? shrink(outcome.value, holds) : undefined;
}

function sidesOf(proof: Proof, name: DirectionName) {
  return name === 'backward' ? ([proof.old, proof.new] as const) : ([proof.new, proof.old] as const);
}

function candidates(witness: Json | undefined, explained: readonly Explained[]): Json[] {
  const found = explained.flatMap((one) => (one.witness === undefined ? [] : [one.witness]));
  return witness === undefined ? found : [witness, ...found];
}

function convict(
  proof: Proof,
  court: Court,
  name: DirectionName,
  found: readonly Json[],
  explained: readonly Explained[],
  steps: number,
): Direction {
  const [valid, invalid] = sidesOf(proof, name);
  let witness = found.find((value) => court.confirms(value, name));
  if (witness === undefined && court.error === undefined) {
    const others = proof.others(valid, invalid, 12, steps);
    court.hear(others);
    witness = others.find((value) => court.confirms(value, name));
  }
  if (witness === undefined) {
    const detail = court.error ?? `they differ on ${canonical(found[0] ?? null).slice(0, 200)}`;
    return {
      ...verdict('validator-disagreement', name, detail),
      findings: failure('validator-disagreement', name, detail, explained),
    };
  }
  const findings = explained.map((one) =>
    one.witness !== undefined && court.confirms(one.witness, name)
      ? { ...one.finding, witness: one.witness }
      : one.finding,
  );
  if (explained.length > 0 && findings.some(({ level }) => level === 'error')) {
    return { answer: 'incompatible', witness, findings };
  }
  const rule = name === 'backward' ? 'narrowed-by-interaction' : 'widened-by-interaction';
  return {
    answer: 'incompatible',
    witness,
    findings: [{ ...verdictFinding(rule, name, '', 'error'), witness }, ...findings],
  };
}

/** The two validators, each document put to them once. */
class Court {
  readonly #sides: Sides;
  readonly #verdicts = new Map<string, Verdict>();
  error: string | undefined;

  constructor(sides: Sides) {
    this.#sides = sides;
  }

  hear(documents: readonly Json[]): void {
    const fresh = new Map(documents.map((document) => [canonical(document), document]));
    for (const key of this.#verdicts.keys()) fresh.delete(key);
    if (fresh.size === 0) return;
    const [old, next] = this.#sides.dialects;
    const verdicts = confirm({ schema: this.#sides.old, dialect: old }, { schema: this.#sides.new, dialect: next }, [
      ...fresh.values(),
    ]);
    if (typeof verdicts === 'string') this.error = verdicts;
    else [...fresh.keys()].forEach((key, index) => this.#keep(key, verdicts[index]));
  }

  confirms(document: Json, direction: DirectionName): boolean {
    return breaks(this.#verdicts.get(canonical(document)), direction);
  }

  #keep(key: string, verdict: Verdict | undefined): void {
    if (verdict !== undefined) this.#verdicts.set(key, verdict);
  }
}

function doubt(name: DirectionName, reason: Reason, explained: readonly Explained[]): Direction {
  const rule = reasonRules[reason.kind];
  return { ...verdict(rule, name, reason.detail), findings: failure(rule, name, reason.detail, explained) };
}

function verdict(rule: string, name: DirectionName, detail: string): Direction {
  return { answer: 'unknown', reason: `${rule}: ${detail}`, findings: [verdictFinding(rule, name, detail, 'error')] };
}

function failure(rule: string, name: DirectionName, detail: string, explained: readonly Explained[]): Finding[] {
  return [verdictFinding(rule, name, detail, 'error'), ...plain(explained)];
}

function plain(explained: readonly Explained[]): Finding[] {
  return explained.map(({ finding }) => finding);
}

function undecided(rule: string, detail: string): Comparison {
  return { backward: verdict(rule, 'backward', detail), forward: verdict(rule, 'forward', detail) };
}
