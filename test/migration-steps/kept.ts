import { isDeepStrictEqual } from 'node:util';

import { checkerOf } from '../../codegen/src/testing.js';
import { branchesOf, followed, isSchema, propertiesOf } from './schema-tree.js';
import type { Schema } from './schema-tree.js';

/** Tells what a migrated document did not keep of the fields that both versions declare with one meaning: a line each. */
export type Keeper = (before: unknown, after: unknown) => string[];

/** Compares documents of one version with what became of them in another. */
export function keeperOf(from: Schema, to: Schema): Keeper {
  const admits = admission(to);
  const compare = (a: Schema, b: Schema, before: unknown, after: unknown, path: string): string[] => {
    const [source, target] = [followed(from, a), followed(to, b)];
    if (source['x-unit'] !== target['x-unit']) return [];
    const branches = [branchesOf(from, source), branchesOf(to, target)] as const;
    if (branches[0] !== null && branches[1] !== null) {
      const tag = String(source['x-tag']);
      const name = String(valueOf(before, tag));
      const [left, right] = [branches[0].get(name), branches[1].get(name)];
      const same = source['x-tag'] === target['x-tag'] && left !== undefined && right !== undefined;
      return same ? compare(left, right, before, after, path) : [];
    }
    if (areObjects(source, target) && isRecord(before) && isRecord(after))
      return compareFields(source, target, before, after, path);
    const [items, itemsAfter] = [source['items'], target['items']];
    if (isSchema(items) && isSchema(itemsAfter) && Array.isArray(before) && Array.isArray(after)) {
      if (before.length !== after.length) return [`${path} had ${before.length} rows and has ${after.length}`];
      return before.flatMap((each, index) => compare(items, itemsAfter, each, after[index], `${path}/${index}`));
    }
    return isDeepStrictEqual(before, after) || !admits(b, before)
      ? []
      : [`${path} was ${JSON.stringify(before)} and is ${JSON.stringify(after)}`];
  };
  const compareFields = (
    source: Schema,
    target: Schema,
    before: Readonly<Record<string, unknown>>,
    after: Readonly<Record<string, unknown>>,
    path: string,
  ): string[] => {
    const required = (target['required'] ?? []) as string[];
    return commonKeys(source, target, before, after).flatMap(([key, left, right]) => {
      const at = `${path}/${key}`;
      const [was, is] = [Object.hasOwn(before, key), Object.hasOwn(after, key)];
      if (was && !is) return [`${at} is gone`];
      if (isTag(left, right)) return [];
      if (!was) return is && !required.includes(key) ? [`${at} was not there and is now`] : [];
      return compare(left, right, before[key], after[key], at);
    });
  };
  return (before, after) => compare(from, to, before, after, '');
}

/** The keys that both declare, or that maps on both sides hold, with their schemas; renamed ones are not the same key. */
function commonKeys(
  source: Schema,
  target: Schema,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): [string, Schema, Schema][] {
  const [rest, restAfter] = [source['additionalProperties'], target['additionalProperties']];
  if (isSchema(rest) && isSchema(restAfter))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((key) => [key, rest, restAfter]);
  const others = propertiesOf(target);
  return Object.entries(propertiesOf(source)).flatMap(([key, left]): [string, Schema, Schema][] => {
    const right = Object.hasOwn(others, key) ? others[key] : undefined;
    const renamed = left['x-renamed-from'] !== undefined || right?.['x-renamed-from'] !== undefined;
    return right === undefined || renamed ? [] : [[key, left, right]];
  });
}

/** A value that the other version does not admit cannot be kept. */
function admission(root: Schema): (schema: Schema, value: unknown) => boolean {
  const checkers = new Map<Schema, ReturnType<typeof checkerOf>>();
  return (schema, value) => {
    const known = checkers.get(schema) ?? checkerOf({ ...schema, $defs: root['$defs'] ?? {} }, 'writer');
    checkers.set(schema, known);
    return known(value).length === 0;
  };
}

/** The key that names the version. */
/** The schema tag names the version, so that a step changes it, and may stamp it. */
function isTag(source: Schema, target: Schema): boolean {
  const [before, after] = [source['const'], target['const']];
  return [before, after].every((each) => typeof each === 'string' && /_v[1-9]\d*$/.test(each)) && before !== after;
}

function areObjects(source: Schema, target: Schema): boolean {
  const declares = (schema: Schema): boolean =>
    schema['properties'] !== undefined || isSchema(schema['additionalProperties']);
  return declares(source) && declares(target);
}

function valueOf(document: unknown, key: string): unknown {
  return isRecord(document) ? document[key] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
