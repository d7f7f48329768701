import { isLegacy } from '../dialect.js';
import { resolve, type Document } from '../document.js';
import { isArray, isObject, member, type Json, type JsonObject } from '../json.js';
import { types, type Node } from '../nodes.js';
import { itemKeywords } from './arrays.js';
import type { Builder } from './builder.js';
import { entriesOf } from './combinators.js';

/** What is evaluated in one case; the cases of a schema exclude each other and leave nothing out. */
interface Case {
  readonly when: Node;
  readonly names: ReadonlySet<string>;
  readonly patterns: ReadonlySet<string>;
  readonly allProperties: boolean;
  readonly prefix: number;
  readonly allItems: boolean;
  readonly contained: ReadonlySet<Node>;
}

class TooMany extends Error {}

const mostCases = 128;
const deepest = 24;

/** unevaluatedProperties and unevaluatedItems, spelt out per case of what the keywords beside them evaluate. */
export function unevaluated(builder: Builder, document: Document, schema: JsonObject): Node[] {
  if (isLegacy(document.dialect)) return [];
  const properties = member(schema, 'unevaluatedProperties');
  const items = member(schema, 'unevaluatedItems');
  if (properties === undefined && items === undefined) return [];
  try {
    const reader = new Reader(builder, document);
    const cases = reader.merge(reader.read(schema, 0, true));
    const nodes: Node[] = [];
    if (properties !== undefined) nodes.push(propertyCases(builder, cases, builder.node(document, properties)));
    if (items !== undefined) nodes.push(itemCases(builder, cases, builder.node(document, items)));
    return nodes;
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    return [builder.unsupported(document, 'unevaluated keywords over too many cases')];
  }
}

function propertyCases(builder: Builder, cases: readonly Case[], rest: Node): Node {
  const { store } = builder;
  return store.or(
    ...cases.map(({ when, names, patterns, allProperties }) => {
      if (allProperties) return when;
      const named = new Map([...names].map((name) => [name, store.true]));
      const matched = [...patterns].map((source) => ({ pattern: store.pattern(source), node: store.true }));
      return store.and(when, store.props(named, matched, rest));
    }),
  );
}

function itemCases(builder: Builder, cases: readonly Case[], rest: Node): Node {
  const { store } = builder;
  return store.or(
    ...cases.map(({ when, prefix, allItems, contained }) => {
      if (allItems) return when;
      const first = Array.from({ length: prefix }, () => store.true);
      return store.and(when, store.items(first, store.or(...contained, rest)));
    }),
  );
}

class Reader {
  readonly #builder: Builder;
  readonly #document: Document;
  readonly #nothing: Case;

  constructor(builder: Builder, document: Document) {
    this.#builder = builder;
    this.#document = document;
    this.#nothing = {
      when: builder.store.true,
      names: new Set(),
      patterns: new Set(),
      allProperties: false,
      prefix: 0,
      allItems: false,
      contained: new Set(),
    };
  }

  /** The cases of `schema`; `outermost` leaves out its own unevaluated keywords. */
  read(schema: Json | undefined, depth: number, outermost = false): Case[] {
    if (!isObject(schema)) return [this.#nothing];
    if (depth > deepest || this.#document.foreign.has(schema)) throw new TooMany();
    let cases = [this.#own(schema, outermost)];
    for (const part of this.#parts(schema, depth + 1)) cases = this.#product(cases, part);
    return cases;
  }

  /** Joins the cases in which the same is evaluated. */
  merge(cases: readonly Case[]): Case[] {
    const groups = new Map<string, Case>();
    for (const one of cases) {
      const contained = [...one.contained].map((node) => node.id);
      const key = JSON.stringify([
        [...one.names].toSorted(),
        [...one.patterns].toSorted(),
        [one.allProperties, one.prefix, one.allItems],
        contained,
      ]);
      const known = groups.get(key);
      groups.set(key, known === undefined ? one : { ...one, when: this.#builder.store.or(known.when, one.when) });
    }
    return [...groups.values()];
  }

  #own(schema: JsonObject, outermost: boolean): Case {
    const { prefix, rest } = itemKeywords(this.#document, schema);
    const first = prefix === undefined ? undefined : member(schema, prefix);
    const sought = member(schema, 'contains');
    const counted = sought !== undefined && this.#document.dialect === '2020-12';
    return {
      when: this.#builder.store.true,
      names: new Set(entriesOf(member(schema, 'properties')).map(([name]) => name)),
      patterns: new Set(entriesOf(member(schema, 'patternProperties')).map(([source]) => source)),
      allProperties: has(schema, 'additionalProperties') || (!outermost && has(schema, 'unevaluatedProperties')),
      prefix: isArray(first) ? first.length : 0,
      allItems: rest !== undefined || (!outermost && has(schema, 'unevaluatedItems')),
      contained: new Set(counted ? [this.#builder.node(this.#document, sought)] : []),
    };
  }

  #parts(schema: JsonObject, depth: number): Case[][] {
    const { store } = this.#builder;
    const parts: Case[][] = [];
    for (const keyword of ['$ref', '$dynamicRef', '$recursiveRef']) {
      const reference = member(schema, keyword);
      if (typeof reference !== 'string') continue;
      const target = resolve(this.#document, schema, reference);
      if (target !== undefined) parts.push(this.read(target.schema, depth));
    }
    for (const item of list(member(schema, 'allOf'))) parts.push(this.read(item, depth));
    for (const item of [...list(member(schema, 'anyOf')), ...list(member(schema, 'oneOf'))]) {
      parts.push(this.#choice(this.#builder.node(this.#document, item), item, undefined, depth));
    }
    const condition = member(schema, 'if');
    if (condition !== undefined) parts.push(this.#conditional(schema, condition, depth));
    for (const [key, item] of entriesOf(member(schema, 'dependentSchemas'))) {
      const present = store.and(store.type(types.object), store.required(key));
      parts.push(this.#choice(present, item, undefined, depth));
    }
    return parts;
  }

  #conditional(schema: JsonObject, condition: Json, depth: number): Case[] {
    const test = this.#builder.node(this.#document, condition);
    const then = this.#product(this.read(condition, depth), this.read(member(schema, 'then'), depth));
    return this.#split(test, then, this.read(member(schema, 'else'), depth));
  }

  #choice(test: Node, then: Json, otherwise: Json | undefined, depth: number): Case[] {
    return this.#split(test, this.read(then, depth), this.read(otherwise, depth));
  }

  #split(test: Node, then: readonly Case[], otherwise: readonly Case[]): Case[] {
    if ([...then, ...otherwise].every(evaluatesNothing)) return [this.#nothing];
    const { store } = this.#builder;
    const under = (node: Node, cases: readonly Case[]) =>
      cases.map((one) => ({ ...one, when: store.and(node, one.when) }));
    return this.merge([...under(test, then), ...under(store.not(test), otherwise)]);
  }

  #product(left: readonly Case[], right: readonly Case[]): Case[] {
    if (left.length * right.length > mostCases) throw new TooMany();
    const both = left.flatMap((a) =>
      right.map((b) => ({
        when: this.#builder.store.and(a.when, b.when),
        names: new Set([...a.names, ...b.names]),
        patterns: new Set([...a.patterns, ...b.patterns]),
        allProperties: a.allProperties || b.allProperties,
        prefix: Math.max(a.prefix, b.prefix),
        allItems: a.allItems || b.allItems,
        contained: new Set([...a.contained, ...b.contained]),
      })),
    );
    return this.merge(both);
  }
}

function evaluatesNothing(one: Case): boolean {
  const sizes = one.names.size + one.patterns.size + one.contained.size + one.prefix;
  return sizes === 0 && !one.allProperties && !one.allItems;
}

function has(schema: JsonObject, keyword: string): boolean {
  return member(schema, keyword) !== undefined;
}

function list(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}
