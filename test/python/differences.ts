import { isDeepStrictEqual } from 'node:util';

import type { Case, Outcome } from './case.js';
import { pythonOutcomes } from './child.js';
import { compared } from './expected.js';

/** A case of which the two packages do not say the same. */
export interface Difference {
  readonly case: Case;
  readonly expected: unknown;
  readonly found: unknown;
}

const MOST_SHOWN = 5;

/** Where the Python package says something else than is expected: the parts that differ, of the first few cases. */
export async function differences(cases: readonly Case[], expected: readonly Outcome[]): Promise<Difference[]> {
  const outcomes = await pythonOutcomes(cases);
  if (outcomes.length !== cases.length)
    throw new Error(`${cases.length} cases were given, ${outcomes.length} answered`);
  return cases
    .flatMap((each, index) => difference(each, expected[index] ?? {}, compared(outcomes[index] ?? {})))
    .slice(0, MOST_SHOWN);
}

function difference(each: Case, expected: object, found: object): Difference[] {
  const parts = partsThatDiffer(expected, found);
  return parts.length === 0 ? [] : [{ case: each, ...shown(parts, expected, found) }];
}

function shown(parts: readonly string[], expected: object, found: object): { expected: unknown; found: unknown } {
  const only = (outcome: object): unknown =>
    Object.fromEntries(parts.map((part) => [part, Reflect.get(outcome, part)]));
  return { expected: only(expected), found: only(found) };
}

function partsThatDiffer(expected: object, found: object): string[] {
  const parts = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  return parts.filter((part) => !isDeepStrictEqual(Reflect.get(expected, part), Reflect.get(found, part)));
}
