import { canonical, isArray, isObject, type Json } from './json.js';
import { allTypes, typeOf, types, type Link, type Node, type PatternProp, type Scalar, type Sized } from './nodes.js';
import { splitLookaheads } from './pattern/lookahead.js';
import type { Rational } from './rational.js';

type Body<T> = T extends unknown ? Omit<T, 'id'> : never;

/**
 * Makes nodes and shares equal ones, so that equal sub-schemas are one object and a goal that holds a node and its
 * negation is seen to be contradictory without looking inside.
 */
export class Store {
  readonly #nodes = new Map<string, Node>();
  readonly true: Node = this.#intern('T', { kind: 'true' });
  readonly false: Node = this.#intern('F', { kind: 'false' });
  readonly unique: Node = this.#intern('U', { kind: 'unique' });

  type(mask: number): Node {
    if (mask === 0) return this.false;
    return mask === allTypes ? this.true : this.#intern(`t${mask}`, { kind: 'type', mask });
  }

  not(node: Node): Node {
    if (node.kind === 'true') return this.false;
    if (node.kind === 'false') return this.true;
    if (node.kind === 'type') return this.type(allTypes & ~node.mask);
    return node.kind === 'not' ? node.item : this.#intern(`!${node.id}`, { kind: 'not', item: node });
  }

  and(...nodes: readonly Node[]): Node {
    return this.#join('and', nodes, this.true, this.false);
  }

  or(...nodes: readonly Node[]): Node {
    return this.#join('or', nodes, this.false, this.true);
  }

  minimum(value: Rational, exclusive: boolean): Node {
    return this.#intern(`>${value.n}/${value.d}${exclusive}`, { kind: 'minimum', value, exclusive });
  }

  maximum(value: Rational, exclusive: boolean): Node {
    return this.#intern(`<${value.n}/${value.d}${exclusive}`, { kind: 'maximum', value, exclusive });
  }

  multiple(of: Rational): Node {
    return this.#intern(`%${of.n}/${of.d}`, { kind: 'multiple', of });
  }

  length(on: Sized, min: number, max: number): Node {
    if (min <= 0 && max === Infinity) return this.true;
    if (min > max) return this.not(this.type(types[on]));
    return this.#intern(`#${on}${min}:${max}`, { kind: 'length', on, min, max });
  }

  pattern(source: string): Node {
    const parts = splitLookaheads(source);
    if (parts === undefined) return this.#intern(`~${source}`, { kind: 'pattern', source });
    const ahead = parts.lookaheads.map(({ body, negate }) =>
      negate ? this.or(this.not(this.type(types.string)), this.not(this.pattern(body))) : this.pattern(body),
    );
    return this.and(this.pattern(parts.rest), ...ahead);
  }

  format(name: string): Node {
    return this.#intern(`f${name}`, { kind: 'format', name });
  }

  items(prefix: readonly Node[], rest: Node): Node {
    let length = prefix.length;
    while (length > 0 && prefix[length - 1] === rest) length -= 1;
    if (length === 0 && rest === this.true) return this.true;
    const shown = prefix.slice(0, length);
    return this.#intern(`i${ids(shown)};${rest.id}`, { kind: 'items', prefix: shown, rest });
  }

  contains(item: Node, min: number, max: number): Node {
    if (min <= 0 && max === Infinity) return this.true;
    if (min > max) return this.not(this.type(types.array));
    if (item.kind === 'true') return this.length('array', min, max);
    if (item.kind === 'false') return min > 0 ? this.not(this.type(types.array)) : this.true;
    return this.#intern(`c${item.id};${min};${max}`, { kind: 'contains', item, min, max });
  }

  required(key: string): Node {
    return this.#intern(`r${key}`, { kind: 'required', key });
  }

  props(named: ReadonlyMap<string, Node>, patterns: readonly PatternProp[], rest: Node): Node {
    const kept = patterns.length === 0 ? [...named].filter(([, node]) => node !== rest) : [...named];
    if (kept.length === 0 && patterns.length === 0 && rest === this.true) return this.true;
    const sorted = kept.toSorted(([a], [b]) => (a < b ? -1 : 1));
    const key = sorted.map(([name, node]) => `${JSON.stringify(name)}:${node.id}`).join(',');
    const matched = patterns.map(({ pattern, node }) => `${pattern.id}:${node.id}`).toSorted();
    return this.#intern(`p${key};${matched.join()};${rest.id}`, {
      kind: 'props',
      named: new Map(sorted),
      patterns,
      rest,
    });
  }

  names(item: Node): Node {
    return item.kind === 'true' ? item : this.#intern(`n${item.id}`, { kind: 'names', item });
  }

  ref(link: Link): Node {
    return this.#intern(`@${link.name}`, { kind: 'ref', link });
  }

  opaque(key: string, reason: string): Node {
    return this.#intern(`?${key}`, { kind: 'opaque', reason });
  }

  /** The schema that admits exactly the values given; arrays and objects are spelt out structurally. */
  enumeration(values: readonly Json[]): Node {
    const scalars = new Map<string, Scalar>();
    const structured: Node[] = [];
    for (const value of values) {
      if (isArray(value) || isObject(value)) structured.push(this.#structure(value));
      else scalars.set(canonical(value), Object.is(value, -0) ? 0 : value);
    }
    return this.or(this.#scalars(scalars), ...structured);
  }

  #scalars(values: ReadonlyMap<string, Scalar>): Node {
    if (values.size === 0) return this.false;
    const mask = [...values.values()].reduce<number>((all, value) => all | typeOf(value), 0);
    if (mask === types.null) return this.type(types.null);
    if (mask === types.boolean && values.size === 2) return this.type(types.boolean);
    const key = [...values.keys()].toSorted().join(',');
    return this.#intern(`e${key}`, { kind: 'enum', mask, values });
  }

  #structure(value: Json): Node {
    if (isArray(value)) {
      const prefix = value.map((item) => this.enumeration([item]));
      const size = this.length('array', value.length, value.length);
      return this.and(this.type(types.array), this.items(prefix, this.true), size);
    }
    const entries = isObject(value) ? Object.entries(value) : [];
    const named = new Map(entries.map(([key, item]) => [key, this.enumeration([item])]));
    const required = entries.map(([key]) => this.required(key));
    return this.and(this.type(types.object), this.props(named, [], this.false), ...required);
  }

  #join(kind: 'and' | 'or', nodes: readonly Node[], neutral: Node, absorbing: Node): Node {
    const parts = new Map<number, Node>();
    for (const node of nodes) {
      for (const part of node.kind === kind ? node.items : [node]) {
        if (part === absorbing) return absorbing;
        if (part !== neutral) parts.set(part.id, part);
      }
    }
    if (parts.size === 0) return neutral;
    const items = [...parts.values()];
    const [only] = items;
    if (items.length === 1 && only !== undefined) return only;
    for (const node of items) if (node.kind === 'not' && parts.has(node.item.id)) return absorbing;
    items.sort((a, b) => a.id - b.id);
    return this.#intern(`${kind}${ids(items)}`, { kind, items });
  }

  #intern(key: string, body: Body<Node>): Node {
    const known = this.#nodes.get(key);
    if (known !== undefined) return known;
    const node = { ...body, id: this.#nodes.size } as Node;
    this.#nodes.set(key, node);
    return node;
  }
}

function ids(nodes: readonly Node[]): string {
  return nodes.map((node) => node.id).join(',');
}
