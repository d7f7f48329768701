import type { Scalar, Literal } from '../nodes.js';
import {
  add,
  ceil,
  compare,
  divide,
  floor,
  fromNumber,
  isMultiple,
  lcm,
  leastCommonMultiple,
  multiply,
  one,
  toNumber,
  zero,
  type Rational,
} from '../rational.js';
import { empty, unknown, witness, type Outcome } from './outcome.js';

interface Bound {
  readonly value: Rational;
  readonly exclusive: boolean;
}

interface Range {
  low: Bound | undefined;
  high: Bound | undefined;
  step: Rational | undefined;
  readonly avoided: Rational[];
  readonly excluded: Rational[];
}

const half: Rational = { n: 1n, d: 2n };
const window = 2000n;

/** A number that satisfies the literals; exact, and as plain as it comes. */
export function solveNumber(literals: readonly Literal[]): Outcome {
  const range = rangeOf(literals);
  if (range === undefined) return empty;
  const finite = finiteChoice(literals);
  const tried = finite ?? candidates(range);
  if (tried === 'none') return empty;
  let admitted = false;
  for (const value of tried) {
    if (!admits(range, value)) continue;
    admitted = true;
    const number = toNumber(value);
    if (number !== undefined) return witness(number);
  }
  if (!admitted && (finite !== undefined || provenEmpty(range))) return empty;
  return unknown('budget', 'no number that a document can spell was found within the limits');
}

function rangeOf(literals: readonly Literal[]): Range | undefined {
  const range: Range = { low: undefined, high: undefined, step: undefined, avoided: [], excluded: [] };
  for (const { node, positive } of literals) {
    if (node.kind === 'minimum' || node.kind === 'maximum') {
      const bound = { value: node.value, exclusive: positive ? node.exclusive : !node.exclusive };
      if ((node.kind === 'minimum') === positive) range.low = tighter(range.low, bound, 1);
      else range.high = tighter(range.high, bound, -1);
    } else if (node.kind === 'multiple') {
      if (!positive) range.avoided.push(node.of);
      else range.step = range.step === undefined ? node.of : leastCommonMultiple(range.step, node.of);
    } else if (node.kind === 'enum' && !positive) range.excluded.push(...numbers(node.values));
  }
  return range;
}

function tighter(known: Bound | undefined, bound: Bound, direction: number): Bound {
  if (known === undefined) return bound;
  const order = compare(bound.value, known.value) * direction;
  return order > 0 || (order === 0 && bound.exclusive) ? bound : known;
}

function finiteChoice(literals: readonly Literal[]): Rational[] | undefined {
  const lists = literals.flatMap(({ node, positive }) =>
    positive && node.kind === 'enum' ? [numbers(node.values)] : [],
  );
  const [first, ...others] = lists;
  return first?.filter((value) => others.every((list) => list.some((other) => compare(other, value) === 0)));
}

function numbers(values: ReadonlyMap<string, Scalar>): Rational[] {
  return [...values.values()].flatMap((value) => (typeof value === 'number' ? [fromNumber(value)] : []));
}

function admits({ low, high, step, avoided, excluded }: Range, value: Rational): boolean {
  return (
    above(low, value) &&
    (high === undefined || orderBelow(high, value)) &&
    (step === undefined || isMultiple(value, step)) &&
    !avoided.some((of) => isMultiple(value, of)) &&
    !excluded.some((other) => compare(other, value) === 0)
  );
}

function above(low: Bound | undefined, value: Rational): boolean {
  if (low === undefined) return true;
  const order = compare(value, low.value);
  return low.exclusive ? order > 0 : order >= 0;
}

function orderBelow(high: Bound, value: Rational): boolean {
  const order = compare(value, high.value);
  return high.exclusive ? order < 0 : order <= 0;
}

function candidates(range: Range): Iterable<Rational> | 'none' {
  const { low, high, step } = range;
  if (low !== undefined && high !== undefined) {
    const order = compare(low.value, high.value);
    if (order > 0 || (order === 0 && (low.exclusive || high.exclusive))) return 'none';
  }
  return step === undefined ? dense(range) : stepped(range, step);
}

/** Plain numbers, the ends of the range, and points between them. */
function* dense({ low, high, avoided, excluded }: Range): Generator<Rational> {
  yield* [zero, one, { n: -1n, d: 1n }, half];
  const around = [low?.value, high?.value].flatMap((value) => {
    if (value === undefined) return [];
    const whole = [floor(value), ceil(value)].map((n) => ({ n, d: 1n }));
    return [
      value,
      ...whole,
      ...whole.map((n) => add(n, half)),
      ...whole.map((n) => add(n, { n: -1n, d: 2n })),
      ...whole.flatMap((n) => [add(n, one), add(n, { n: -1n, d: 1n })]),
    ];
  });
  yield* around;
  const rounds = 4 + avoided.length + excluded.length;
  for (let index = 0; index < rounds; index += 1) yield { n: BigInt(index), d: 1n };
  const from = low?.value ?? (high === undefined ? zero : add(high.value, { n: -1n, d: 1n }));
  const to = high?.value ?? add(from, one);
  const between = shares(rounds).map((share) => add(from, multiply(share, add(to, { n: -from.n, d: from.d }))));
  yield* between.map(rounded);
  yield* between;
}

function shares(count: number): Rational[] {
  return Array.from({ length: count + 8 }, (_, index) => ({ n: BigInt(2 * index + 1), d: 2n * BigInt(count + 8) }));
}

/** The value cut to a few significant digits, so that a double can spell it. */
function rounded(value: Rational): Rational {
  const near = Number((Number(value.n) / Number(value.d)).toPrecision(6));
  return Number.isFinite(near) ? fromNumber(near) : value;
}

/** Multiples of the step in the range: a window from the plainest on, then those that avoid every other divisor. */
function stepped(range: Range, step: Rational): Rational[] | 'none' {
  const [first, last] = multiples(range, step);
  if (first !== undefined && last !== undefined && first > last) return 'none';
  const found: Rational[] = [];
  const start = first !== undefined && first > 0n ? first : last !== undefined && last < 0n ? last : 0n;
  for (let offset = 0n; offset <= window; offset += 1n) {
    for (const k of offset === 0n ? [start] : [start + offset, start - offset]) {
      if ((first !== undefined && k < first) || (last !== undefined && k > last)) continue;
      const value = multiply({ n: k, d: 1n }, step);
      if (admits(range, value)) return [value];
    }
  }
  const period = periodOf(range, step);
  const next = ((start - 1n) / period) * period + 1n;
  for (let turn = -1n; turn <= BigInt(range.excluded.length + 2); turn += 1n) {
    for (const k of [next + turn * period, next - turn * period]) found.push(multiply({ n: k, d: 1n }, step));
  }
  return found;
}

function multiples({ low, high }: Range, step: Rational): [bigint | undefined, bigint | undefined] {
  const first = low === undefined ? undefined : ceil(divide(low.value, step));
  const last = high === undefined ? undefined : floor(divide(high.value, step));
  const open = (bound: Bound | undefined, k: bigint | undefined) =>
    bound?.exclusive === true && k !== undefined && compare(multiply({ n: k, d: 1n }, step), bound.value) === 0;
  return [
    first !== undefined && open(low, first) ? first + 1n : first,
    last !== undefined && open(high, last) ? last - 1n : last,
  ];
}

/** k × step is a multiple of m exactly where the divisor found here divides k; the period is common to all m. */
function periodOf({ avoided }: Range, step: Rational): bigint {
  return avoided.map((of) => divide(step, of).d).reduce(lcm, 1n);
}

/** Whether failing to find a number proves that there is none. */
function provenEmpty(range: Range): boolean {
  const { low, high, step } = range;
  if (step === undefined) return low !== undefined && high !== undefined && compare(low.value, high.value) === 0;
  if (range.avoided.some((of) => isMultiple(step, of))) return true;
  const [first, last] = multiples(range, step);
  return first !== undefined && last !== undefined && last - first <= window;
}
