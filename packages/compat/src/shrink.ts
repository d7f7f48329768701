import { evaluate } from './evaluate.js';
import type { Json } from './json.js';
import type { Node, Props } from './nodes.js';

type Mutable = null | boolean | number | string | Mutable[] | MutableObject;
interface MutableObject {
  [key: string]: Mutable;
}

const mostTrials = 200;

/**
 * A smaller value of which `breaks` still holds: keys and items dropped, values made plain, texts cut. `valid` are
 * nodes that the value has to satisfy; they spare most trials, since a part that breaks them breaks the whole.
 */
export function shrink(value: Json, valid: readonly Node[], breaks: (value: Json) => boolean): Json {
  const holder: { root: Mutable; trials: number } = { root: copy(value), trials: 0 };
  const still = () => {
    holder.trials += 1;
    return holder.trials <= mostTrials && breaks(holder.root);
  };
  const put = (next: Mutable) => void (holder.root = next);
  while (holder.trials < mostTrials && round({ value: holder.root, put, nodes: valid }, still));
  return holder.root;
}

interface Place {
  readonly value: Mutable;
  readonly put: (next: Mutable) => void;
  /** What must hold of whatever stands here. */
  readonly nodes: readonly Node[];
}

/** Tries everything once; whether something smaller did. */
function round({ value, put, nodes }: Place, still: () => boolean): boolean {
  for (const plain of plainer(value)) {
    if (nodes.some((node) => evaluate(node, plain) === false)) continue;
    put(plain);
    if (still()) return true;
  }
  put(value);
  if (typeof value !== 'object' || value === null) return false;
  const known = conjuncts(nodes);
  const dropped = Array.isArray(value) ? dropItems(value, still) : dropKeys(value, known, still);
  const inside = placesIn(value, known).map((place) => round(place, still));
  return dropped || inside.includes(true);
}

function dropItems(items: Mutable[], still: () => boolean): boolean {
  const before = items.length;
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const taken = items.splice(index, 1);
    if (!still()) items.splice(index, 0, ...taken);
  }
  return items.length < before;
}

/** A key that must stay is put back at the end; once all others were tried they are in their order again. */
function dropKeys(value: MutableObject, known: readonly Node[], still: () => boolean): boolean {
  const required = new Set(known.flatMap((node) => (node.kind === 'required' ? [node.key] : [])));
  let dropped = false;
  for (const [key, item] of Object.entries(value)) {
    Reflect.deleteProperty(value, key);
    if (!required.has(key) && still()) dropped = true;
    else setMember(value, key, item);
  }
  return dropped;
}

function placesIn(value: Mutable[] | MutableObject, known: readonly Node[]): Place[] {
  if (Array.isArray(value)) {
    return value.map((item, index) => ({
      value: item,
      put: (next) => void (value[index] = next),
      nodes: known.flatMap((node) => (node.kind === 'items' ? [node.prefix[index] ?? node.rest] : [])),
    }));
  }
  const props = known.filter((node) => node.kind === 'props');
  return Object.entries(value).map(([key, item]) => ({
    value: item,
    put: (next) => setMember(value, key, next),
    nodes: props.flatMap((node) => memberNodes(node, key)),
  }));
}

function memberNodes({ named, patterns, rest }: Props, key: string): readonly Node[] {
  const own = named.get(key);
  if (own !== undefined) return [own];
  return patterns.length === 0 ? [rest] : [];
}

/** The conditions that a conjunction consists of, references followed. */
function conjuncts(nodes: readonly Node[]): readonly Node[] {
  const all = new Set(nodes);
  for (const node of all) {
    if (node.kind === 'and') for (const item of node.items) all.add(item);
    if (node.kind === 'ref') all.add(node.link.resolve());
  }
  return [...all];
}

/** The plainest values that come before `value`; scalars stay of their type. */
function plainer(value: Mutable): readonly Mutable[] {
  if (typeof value === 'string') {
    const cuts = value.length > 1 ? [value.slice(0, Math.floor(value.length / 2)), value.slice(0, -1)] : [];
    return value === '' ? [] : ['', ...cuts];
  }
  if (typeof value === 'number') return value === 0 ? [] : [0];
  if (typeof value === 'boolean' || value === null) return value === true ? [false] : [];
  if (Array.isArray(value)) return value.length === 0 ? [null] : [null, []];
  return Object.keys(value).length === 0 ? [null] : [null, {}];
}

function setMember(value: MutableObject, key: string, item: Mutable): void {
  Object.defineProperty(value, key, { value: item, enumerable: true, configurable: true, writable: true });
}

function copy(value: Json): Mutable {
  return structuredClone(value) as Mutable;
}
