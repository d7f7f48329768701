import type { Json } from '../json.js';

/** What is missing for a verdict. */
export type Reason =
  | { readonly kind: 'budget'; readonly detail: string }
  | { readonly kind: 'pattern'; readonly detail: string }
  | { readonly kind: 'format'; readonly detail: string }
  | { readonly kind: 'unsupported'; readonly detail: string };

/** Whether some value satisfies a goal: here is one, there is none, or it cannot be told. */
export type Outcome =
  | { readonly kind: 'witness'; readonly value: Json }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown'; readonly reason: Reason };

export const empty: Outcome = { kind: 'empty' };

export function witness(value: Json): Outcome {
  return { kind: 'witness', value };
}

export function unknown(kind: Reason['kind'], detail: string): Outcome {
  return { kind: 'unknown', reason: { kind, detail } };
}

/** Thrown inside a search whose steps are used up, and caught where the search was begun. */
export class Exhausted extends Error {
  readonly reason: Reason;

  constructor(detail: string) {
    super(detail);
    this.reason = { kind: 'budget', detail };
  }
}
