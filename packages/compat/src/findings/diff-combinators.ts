import { equal, isArray, isObject, member, type Json } from '../json.js';
import { behind, change, takeOver, type Change, type Descend, type Detail, type Pair } from './change.js';
import { present } from './diff-scalars.js';

const families: readonly (readonly [string, string])[] = [
  ['allOf', 'all-of'],
  ['anyOf', 'any-of'],
  ['oneOf', 'one-of'],
];

/** Changes of allOf, anyOf, oneOf, not, and if with then and else. */
export function combinatorChanges(pair: Pair, descend: Descend): Change[] {
  return [
    ...families.flatMap(([keyword, name]) => branchChanges(pair, keyword, name, descend)),
    ...present(pair, 'not', 'not', 'not-changed'),
    ...conditionalChanges(pair),
    ...behind(pair, ['not', 'if', 'then', 'else'], descend),
  ];
}

function branchChanges(pair: Pair, keyword: string, name: string, descend: Descend): Change[] {
  const [old, next] = [member(pair.old, keyword), member(pair.new, keyword)];
  const [before, after] = [listOf(old), listOf(next)];
  const partners = align(before, after);
  const inside = [...partners].flatMap(([index, other]) =>
    descend({
      old: before[index] ?? true,
      new: after[other] ?? true,
      oldPath: [...pair.oldPath, keyword, String(index)],
      newPath: [...pair.newPath, keyword, String(other)],
      instance: pair.instance,
      narrowed: `${name}-branch-removed`,
      widened: `${name}-branch-added`,
    }),
  );
  const taken = new Set(partners.values());
  const removed = before.filter((_, index) => !partners.has(index));
  const added = after.filter((_, index) => !taken.has(index));
  const path = [...pair.oldPath, keyword];
  const edits = (value: readonly Json[]) => [{ path, value: value.length === 0 ? undefined : value }];
  return [
    ...inside,
    ...removed.map((branch) =>
      branchChange(pair, keyword, name, 'removed', branch, {
        before: branch,
        after: undefined,
        edits: edits(before.filter((other) => other !== branch)),
      }),
    ),
    ...added.map((branch) =>
      branchChange(pair, keyword, name, 'added', branch, {
        before: undefined,
        after: branch,
        edits: edits([...before, branch]),
      }),
    ),
  ];
}

function branchChange(pair: Pair, keyword: string, name: string, kind: string, branch: Json, detail: Detail): Change {
  const tag = tagOf(branch);
  if (tag !== undefined && keyword !== 'allOf') {
    return change(pair, `discriminator-value-${kind}`, keyword, { ...detail, key: tag });
  }
  if (name !== 'one-of' || kind !== 'added') return change(pair, `${name}-branch-${kind}`, keyword, detail);
  return change(pair, 'one-of-branch-added-overlapping', keyword, detail);
}

/** Which branch corresponds to which: the equal ones, then those of the same tag, then in order if as many are left. */
function align(before: readonly Json[], after: readonly Json[]): Map<number, number> {
  const partners = new Map<number, number>();
  const taken = new Set<number>();
  const match = (same: (left: Json, right: Json) => boolean) => {
    for (const [index, left] of before.entries()) {
      if (partners.has(index)) continue;
      const other = after.findIndex((right, at) => !taken.has(at) && same(left, right));
      if (other < 0) continue;
      partners.set(index, other);
      taken.add(other);
    }
  };
  match(equal);
  match((left, right) => tagOf(left) !== undefined && tagOf(left) === tagOf(right));
  match((left, right) => reference(left) !== undefined && reference(left) === reference(right));
  if (before.length === after.length) match((left, right) => tagOf(left) === tagOf(right));
  return partners;
}

/** The constants that mark a branch as one variant among others. */
function tagOf(branch: Json): string | undefined {
  const properties = isObject(branch) ? member(branch, 'properties') : undefined;
  if (!isObject(properties)) return undefined;
  const tags = Object.entries(properties).flatMap(([key, schema]) => {
    const value = isObject(schema) ? member(schema, 'const') : undefined;
    return typeof value === 'string' ? [`${key}=${value}`] : [];
  });
  return tags.length === 0 ? undefined : tags.join(', ');
}

function reference(branch: Json): Json | undefined {
  return isObject(branch) ? member(branch, '$ref') : undefined;
}

function conditionalChanges(pair: Pair): Change[] {
  const keywords = ['if', 'then', 'else'];
  if (keywords.every((key) => equal(member(pair.old, key), member(pair.new, key)))) return [];
  const [before, after] = [member(pair.old, 'if'), member(pair.new, 'if')];
  if (before === undefined && after === undefined) return [];
  const rule = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  return [change(pair, `conditional-${rule}`, 'if', { edits: keywords.map((key) => takeOver(pair, key)) })];
}

function listOf(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}
