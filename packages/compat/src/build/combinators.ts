import type { Document } from '../document.js';
import { isObject, member, type Json, type JsonObject } from '../json.js';
import { types, type Node } from '../nodes.js';
import type { Store } from '../store.js';
import type { Builder } from './builder.js';

const widestOneOf = 100;

/** allOf, anyOf, oneOf, not, and if with then and else. */
export function combinators(builder: Builder, document: Document, schema: JsonObject): Node[] {
  const { store } = builder;
  const nodes: Node[] = [];
  const all = member(schema, 'allOf');
  const any = member(schema, 'anyOf');
  const one = member(schema, 'oneOf');
  const not = member(schema, 'not');
  if (all !== undefined) nodes.push(...builder.nodes(document, all));
  if (any !== undefined) nodes.push(store.or(...builder.nodes(document, any)));
  if (one !== undefined) nodes.push(exactlyOne(builder, document, one));
  if (not !== undefined) nodes.push(store.not(builder.node(document, not)));
  return [...nodes, ...conditional(builder, document, schema)];
}

function exactlyOne(builder: Builder, document: Document, schemas: Json): Node {
  const { store } = builder;
  const nodes = builder.nodes(document, schemas);
  if (nodes.length > widestOneOf) return builder.unsupported(document, 'oneOf has too many branches');
  const pairs = nodes.flatMap((left, index) =>
    nodes
      .slice(index + 1)
      .filter((right) => !apart(store, left, right))
      .map((right) => store.or(store.not(left), store.not(right))),
  );
  return store.and(store.or(...nodes), ...pairs);
}

/** Whether two branches are plainly disjoint: by type, or by the constant that a required key must have. */
function apart(store: Store, left: Node, right: Node): boolean {
  if (store.and(left, right).kind === 'false') return true;
  const [a, b] = [conjuncts(left), conjuncts(right)];
  const [maskA, maskB] = [maskOf(a), maskOf(b)];
  if ((maskA & maskB) === 0) return true;
  if ((maskA & maskB) !== types.object) return false;
  return a.some((node) => node.kind === 'required' && b.includes(node) && disjoint(tag(a, node.key), tag(b, node.key)));
}

function conjuncts(node: Node): readonly Node[] {
  return node.kind === 'and' ? node.items : [node];
}

function maskOf(nodes: readonly Node[]): number {
  return nodes.reduce((mask, node) => (node.kind === 'type' || node.kind === 'enum' ? mask & node.mask : mask), 63);
}

function tag(nodes: readonly Node[], key: string): readonly string[] | undefined {
  for (const node of nodes) {
    const named = node.kind === 'props' ? node.named.get(key) : undefined;
    for (const part of named === undefined ? [] : conjuncts(named)) {
      if (part.kind === 'enum') return [...part.values.keys()];
    }
  }
  return undefined;
}

function disjoint(left: readonly string[] | undefined, right: readonly string[] | undefined): boolean {
  return left !== undefined && right !== undefined && !left.some((value) => right.includes(value));
}

function conditional(builder: Builder, document: Document, schema: JsonObject): Node[] {
  const condition = member(schema, 'if');
  if (condition === undefined || ['draft-04', 'draft-06'].includes(document.dialect)) return [];
  const { store } = builder;
  const test = builder.node(document, condition);
  const then = member(schema, 'then') ?? true;
  const otherwise = member(schema, 'else') ?? true;
  return [store.or(store.not(test), builder.node(document, then)), store.or(test, builder.node(document, otherwise))];
}

/** The members of a map of schemas, in order; nothing where it is none. */
export function entriesOf(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}
