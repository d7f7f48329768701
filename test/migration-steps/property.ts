import { isDeepStrictEqual } from 'node:util';

import * as fc from 'fast-check';

import { checkerOf } from '../../codegen/src/testing.js';
import { documentsOf } from './documents.js';
import { keeperOf } from './kept.js';
import type { Schema } from './schema-tree.js';

/** A step between two major versions, as its module exports it. */
export interface Step {
  readonly up: (document: never) => unknown;
  readonly down?: (document: never) => unknown;
}

export interface StepOptions {
  /** Self-contained schema of the version that the step starts from. */
  readonly oldSchema: Schema;
  /** Self-contained schema of the version that it leads to. */
  readonly newSchema: Schema;
  readonly step: Step;
  readonly runs: number;
  readonly seed: number;
}

/**
 * Looks for a document that a step treats wrongly: the result must be valid in both views of the other version, what both
 * versions declare keeps its value, the input stays as it was, and the same input gives the same result. Null where none
 * was found; else the report, with the smallest document and the seed.
 */
export function stepFault({ oldSchema, newSchema, step, runs, seed }: StepOptions): string | null {
  const up = direction('up', oldSchema, newSchema, step.up);
  const { down: undo } = step;
  const down = undo === undefined ? null : direction('down', newSchema, oldSchema, undo);
  const upward = fc.property(documentsOf(oldSchema), (document) => {
    const result = up(document);
    if (down !== null) down(result);
  });
  const downward = fc.property(documentsOf(newSchema), (document) => {
    if (down !== null) up(down(document));
  });
  const properties = down === null ? [upward] : [upward, downward];
  for (const property of properties) {
    const details = fc.check(property, { numRuns: runs, seed });
    if (details.failed) return `${String(details.errorInstance)}\n${fc.defaultReportMessage(details)}`;
  }
  return null;
}

/** Runs a step one way on a document of its version and throws where the result is wrong. */
function direction(
  name: string,
  from: Schema,
  to: Schema,
  apply: (document: never) => unknown,
): (document: unknown) => unknown {
  const keeper = keeperOf(from, to);
  const given = checkerOf(from, 'writer');
  const tolerated = checkerOf(from, 'reader');
  const writer = checkerOf(to, 'writer');
  const reader = checkerOf(to, 'reader');
  return (document) => {
    demand(given(document), `the document given to ${name} is not valid`);
    const result = apply(frozen(document) as never);
    demand(writer(result), `the result of ${name} is not valid in the writer view`);
    demand(reader(result), `the result of ${name} is not valid in the reader view`);
    demand(keeper(document, result), `${name} did not keep what both versions declare`);
    if (!isDeepStrictEqual(apply(frozen(document) as never), result))
      throw new Error(`${name} is not a function of its input`);
    const open = isPlainObject(document) ? { ...document, undeclared_key: 1 } : document;
    if (tolerated(open).length === 0)
      demand(
        reader(apply(frozen(open) as never)),
        `the result of ${name} is not valid where the document holds an unknown key`,
      );
    return result;
  };
}

function demand(problems: readonly string[], what: string): void {
  if (problems.length > 0) throw new Error(`${what}: ${problems.join('; ')}`);
}

/** A deeply frozen copy: a step that writes to it throws. */
function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = Array.isArray(value)
    ? value.map(frozen)
    : Object.fromEntries(Object.entries(value).map(([key, each]) => [key, frozen(each)]));
  return Object.freeze(copy);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
