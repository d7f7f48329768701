import type { Rational } from './rational.js';

/** One bit per JSON type; integers are numbers that are multiples of 1. */
export const types = { null: 1, boolean: 2, number: 4, string: 8, array: 16, object: 32 } as const;
export const allTypes = 63;

export type Scalar = null | boolean | number | string;
export type Sized = 'string' | 'array' | 'object';

interface Base {
  readonly id: number;
}

/** A keyword's condition binds only values of its own type; of every other type it is true. */
export type Node = Base &
  (
    | { readonly kind: 'true' }
    | { readonly kind: 'false' }
    | { readonly kind: 'and'; readonly items: readonly Node[] }
    | { readonly kind: 'or'; readonly items: readonly Node[] }
    | { readonly kind: 'not'; readonly item: Node }
    | { readonly kind: 'ref'; readonly link: Link }
    | { readonly kind: 'type'; readonly mask: number }
    | { readonly kind: 'enum'; readonly mask: number; readonly values: ReadonlyMap<string, Scalar> }
    | { readonly kind: 'minimum'; readonly value: Rational; readonly exclusive: boolean }
    | { readonly kind: 'maximum'; readonly value: Rational; readonly exclusive: boolean }
    | { readonly kind: 'multiple'; readonly of: Rational }
    | { readonly kind: 'length'; readonly on: Sized; readonly min: number; readonly max: number }
    | { readonly kind: 'pattern'; readonly source: string }
    | { readonly kind: 'format'; readonly name: string }
    | { readonly kind: 'items'; readonly prefix: readonly Node[]; readonly rest: Node }
    | { readonly kind: 'contains'; readonly item: Node; readonly min: number; readonly max: number }
    | { readonly kind: 'unique' }
    | { readonly kind: 'required'; readonly key: string }
    | Props
    | { readonly kind: 'names'; readonly item: Node }
    | { readonly kind: 'opaque'; readonly reason: string }
  );

/** What the values of an object's keys must satisfy; `rest` binds keys that are neither named nor matched. */
export interface Props {
  readonly kind: 'props';
  readonly named: ReadonlyMap<string, Node>;
  readonly patterns: readonly PatternProp[];
  readonly rest: Node;
}

export interface PatternProp {
  readonly pattern: Node;
  readonly node: Node;
}

/** A reference, resolved when it is first followed, so that schemas may refer to themselves. */
export interface Link {
  readonly name: string;
  readonly resolve: () => Node;
}

/** A node or its negation, as it stands in a goal. */
export interface Literal {
  readonly node: Node;
  readonly positive: boolean;
}

export function holds(node: Node): Literal {
  return { node, positive: true };
}

export function fails(node: Node): Literal {
  return { node, positive: false };
}

/** The types on which an atom can be false; 0 for a connective. */
export function scope(node: Node): number {
  switch (node.kind) {
    case 'minimum':
    case 'maximum':
    case 'multiple':
      return types.number;
    case 'length':
      return types[node.on];
    case 'pattern':
    case 'format':
      return types.string;
    case 'items':
    case 'contains':
    case 'unique':
      return types.array;
    case 'required':
    case 'props':
    case 'names':
      return types.object;
    default:
      return 0;
  }
}

export function typeOf(value: unknown): number {
  if (value === null) return types.null;
  if (Array.isArray(value)) return types.array;
  switch (typeof value) {
    case 'boolean':
      return types.boolean;
    case 'number':
      return types.number;
    case 'string':
      return types.string;
    default:
      return types.object;
  }
}
