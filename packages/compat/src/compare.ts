import { Court } from './court.js';
import { dialectOf, isLegacy, type Dialect } from './dialect.js';
import { evaluate } from './evaluate.js';
import { Explainer, type Explained } from './findings/explain.js';
import { verdictFinding, type DirectionName, type Finding } from './findings/finding.js';
import { vacuity } from './findings/vacuity.js';
import { canonical, equal, isArray, isDeeper, isObject, type Json } from './json.js';
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
  const begin = open(oldSchema, newSchema, options);
  const [backward, forward] = [begin('backward'), begin('forward')];
  return { backward: backward(), forward: forward() };
}

/** Decides and explains one direction only: the same answer and findings as `compareSchemas` gives, for half the work. */
export function compareDirection(
  oldSchema: unknown,
  newSchema: unknown,
  direction: DirectionName,
  options: CompareOptions = {},
): Direction {
  return open(oldSchema, newSchema, options)(direction)();
}

/** Begins on a direction; the function returned waits for the validators, which work meanwhile. */
type Begin = (name: DirectionName) => () => Direction;

function open(oldSchema: unknown, newSchema: unknown, options: CompareOptions): Begin {
  if (isDeeper(oldSchema, deepest) || isDeeper(newSchema, deepest)) {
    return undecided('budget-exhausted', `nesting deeper than ${deepest} levels`);
  }
  if (!isSchema(oldSchema) || !isSchema(newSchema)) return undecided('unsupported-keyword', 'a schema is no schema');
  if (equal(oldSchema, newSchema)) return () => () => ({ answer: 'compatible', findings: [] });
  const dialects = [dialectOf(oldSchema, options.dialect), dialectOf(newSchema, options.dialect)] as const;
  const [before, after] = dialects;
  if (before === undefined || after === undefined) {
    return undecided('unsupported-keyword', '$schema names a dialect that is not known');
  }
  return openSides({ old: oldSchema, new: newSchema, dialects: [before, after] }, options);
}

function openSides(sides: Sides, options: CompareOptions): Begin {
  const steps = options.steps ?? defaultSteps;
  const proof = new Proof(sides, false);
  let opened: Court | undefined;
  const court = () => (opened ??= new Court(sides));
  const search = searching(proof, sides, steps);
  const explainer = options.explain === false ? undefined : new Explainer(proof, sides);
  return (name) => {
    const outcome = search(name);
    const witness = witnessOf(proof, outcome, name);
    if (witness !== undefined) court().ask([witness]);
    const explained = explainer?.explain(name, witness !== undefined) ?? [];
    const empty = explainer === undefined ? [] : vacuity(proof, name);
    if (outcome.kind === 'empty') return () => ({ answer: 'compatible', findings: [...plain(explained), ...empty] });
    if (outcome.kind === 'unknown') return () => also(doubt(name, outcome.reason, explained), empty);
    const found = candidates(witness, explained);
    court().ask(found);
    return () => {
      const convicted = convict(proof, court(), name, found, explained, steps);
      const blamed = explainer === undefined ? { ...convicted, findings: [] } : convicted;
      return convicted.answer === 'unknown' ? also(convicted, empty) : also(blamed, empty);
    };
  };
}

function also(direction: Direction, empty: readonly Finding[]): Direction {
  const { witness } = direction;
  const shown = empty.map((one) => (one.level === 'error' && witness !== undefined ? { ...one, witness } : one));
  return { ...direction, findings: [...direction.findings, ...shown] };
}

/** Drafts before 2019-09 ignore what stands beside `$ref`, but not every validator does: both readings must agree. */
function searching(proof: Proof, sides: Sides, steps: number): (name: DirectionName) => Outcome {
  const find = (one: Proof, name: DirectionName) => {
    const [valid, invalid] = sidesOf(one, name);
    return one.find([valid], [invalid], steps);
  };
  if (!sides.dialects.some(isLegacy) || !(hasRefSiblings(sides.old) || hasRefSiblings(sides.new))) {
    return (name) => find(proof, name);
  }
  const lenient = new Proof(sides, true);
  return (name) => {
    const strict = find(proof, name);
    return strict.kind === 'empty' && find(lenient, name).kind !== 'empty'
      ? unknown('unsupported', 'keywords beside $ref, which not every validator ignores')
      : strict;
  };
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
  return holds(outcome.value) ? shrink(outcome.value, [valid], holds) : undefined;
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
    court.ask(others);
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

function undecided(rule: string, detail: string): Begin {
  return (name) => () => verdict(rule, name, detail);
}

/** Whether a schema can be handed to a validator at all. */
function isSchema(schema: unknown): schema is Json {
  return typeof schema === 'boolean' || isObject(schema);
}
