import { hasFormat } from './formats.js';
import { canonical, isArray, isObject, type Json, type JsonObject } from './json.js';
import { scope, typeOf, type Node, type Props } from './nodes.js';
import { automatonOf, matches } from './pattern/automaton.js';
import { compare, fromNumber, isMultiple } from './rational.js';

/** True, false, or undefined where the answer hangs on something that is not modelled. */
export type Verdict = boolean | undefined;

/** Whether `value` satisfies `node`. Patterns are run as automata, so that no pattern can run for long. */
export function evaluate(node: Node, value: Json): Verdict {
  const bound = scope(node);
  if (bound !== 0 && bound !== typeOf(value)) return true;
  switch (node.kind) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'and':
      return every(node.items, value, true);
    case 'or':
      return negate(every(node.items, value, false));
    case 'not':
      return negate(evaluate(node.item, value));
    case 'ref':
      return evaluate(node.link.resolve(), value);
    case 'type':
      return (node.mask & typeOf(value)) !== 0;
    case 'enum':
      return (node.mask & typeOf(value)) !== 0 && node.values.has(canonical(value));
    case 'opaque':
      return undefined;
    default:
      return evaluateBound(node, value);
  }
}

function evaluateBound(node: Node, value: Json): Verdict {
  if (typeof value === 'number') return evaluateNumber(node, value);
  if (typeof value === 'string') return evaluateString(node, value);
  if (isArray(value)) return evaluateArray(node, value);
  return isObject(value) ? evaluateObject(node, value) : undefined;
}

function evaluateNumber(node: Node, value: number): Verdict {
  const exact = fromNumber(value);
  switch (node.kind) {
    case 'minimum': {
      const order = compare(exact, node.value);
      return node.exclusive ? order > 0 : order >= 0;
    }
    case 'maximum': {
      const order = compare(exact, node.value);
      return node.exclusive ? order < 0 : order <= 0;
    }
    case 'multiple':
      return isMultiple(exact, node.of);
    default:
      return undefined;
  }
}

function evaluateString(node: Node, value: string): Verdict {
  switch (node.kind) {
    case 'length':
      return within(lengthOf(value), node.min, node.max);
    case 'pattern': {
      const automaton = automatonOf(node.source);
      return typeof automaton === 'string' ? undefined : matches(automaton, value);
    }
    case 'format':
      return hasFormat(node.name, value);
    default:
      return undefined;
  }
}

/** The length of a string as JSON Schema counts it, in code points. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}

function evaluateArray(node: Node, value: readonly Json[]): Verdict {
  switch (node.kind) {
    case 'length':
      return within(value.length, node.min, node.max);
    case 'items':
      return all(
        value.map((item, index) => ({ item, index })),
        ({ item, index }) => evaluate(node.prefix[index] ?? node.rest, item),
      );
    case 'contains': {
      const verdicts = value.map((item) => evaluate(node.item, item));
      const sure = verdicts.filter((verdict) => verdict === true).length;
      const possible = verdicts.filter((verdict) => verdict !== false).length;
      if (sure >= node.min && possible <= node.max) return true;
      return possible < node.min || sure > node.max ? false : undefined;
    }
    case 'unique':
      return new Set(value.map(canonical)).size === value.length;
    default:
      return undefined;
  }
}

function evaluateObject(node: Node, value: JsonObject): Verdict {
  switch (node.kind) {
    case 'length':
      return within(Object.keys(value).length, node.min, node.max);
    case 'required':
      return Object.hasOwn(value, node.key);
    case 'names':
      return all(Object.keys(value), (key) => evaluate(node.item, key));
    case 'props':
      return all(Object.keys(value), (key) => evaluateProperty(node, key, value[key] ?? null));
    default:
      return undefined;
  }
}

function evaluateProperty(node: Props, key: string, item: Json): Verdict {
  const named = node.named.get(key);
  if (node.patterns.length === 0) return evaluate(named ?? node.rest, item);
  const matched = node.patterns.map(({ pattern, node }) => ({ matches: evaluate(pattern, key), node }));
  const own = named === undefined ? true : evaluate(named, item);
  const patterns = all(matched, ({ matches, node }) => either(negate(matches), () => evaluate(node, item)));
  if (named !== undefined || matched.some(({ matches }) => matches === true)) return both(own, patterns);
  const unmatched = matched.some(({ matches }) => matches === undefined) ? undefined : true;
  const rest = evaluate(node.rest, item);
  return both(patterns, rest === true ? true : unmatched === undefined ? undefined : rest);
}

export function negate(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}

function both(left: Verdict, right: Verdict): Verdict {
  if (left === false || right === false) return false;
  return left === undefined || right === undefined ? undefined : true;
}

function either(left: Verdict, right: () => Verdict): Verdict {
  return left === true ? true : negate(both(negate(left), negate(right())));
}

/** Whether every node holds of the value, or fails where `positive` is false. */
function every(nodes: readonly Node[], value: Json, positive: boolean): Verdict {
  let verdict: Verdict = true;
  for (const node of nodes) {
    const one = evaluate(node, value);
    if (one === !positive) return false;
    if (one === undefined) verdict = undefined;
  }
  return verdict;
}

function all<T>(items: readonly T[], judge: (item: T) => Verdict): Verdict {
  let verdict: Verdict = true;
  for (const item of items) {
    const one = judge(item);
    if (one === false) return false;
    if (one === undefined) verdict = undefined;
  }
  return verdict;
}

function within(count: number, min: number, max: number): boolean {
  return count >= min && count <= max;
}
