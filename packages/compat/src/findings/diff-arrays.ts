import { child, equal, isArray, member, type Json } from '../json.js';
import { behind, change, restStep, type Change, type Descend, type Pair } from './change.js';
import { present } from './diff-scalars.js';

/** Changes of what binds the items of an array. */
export function arrayChanges(pair: Pair, descend: Descend): Change[] {
  return [
    ...itemChanges(pair, descend),
    ...present(pair, 'contains', 'contains', 'contains-changed'),
    ...present(pair, 'unevaluatedItems', 'unevaluated-items', 'unevaluated-items-changed'),
    ...behind(pair, ['contains', 'unevaluatedItems'], descend),
  ];
}

function itemChanges(pair: Pair, descend: Descend): Change[] {
  const [listOld, listNew] = [isArray(pair.old['items']), isArray(pair.new['items'])];
  if (listOld !== listNew) {
    if (pair.old['items'] === undefined) return [change(pair, 'tuple-item-added', 'items')];
    return [change(pair, listOld ? 'tuple-item-removed' : 'tuple-item-added', 'items')];
  }
  const prefix = listOld ? 'items' : 'prefixItems';
  const rest = listOld ? 'additionalItems' : 'items';
  return [...tupleChanges(pair, prefix, descend), ...restChanges(pair, rest, prefix, descend)];
}

function tupleChanges(pair: Pair, keyword: string, descend: Descend): Change[] {
  const [before, after] = [listOf(pair.old, keyword), listOf(pair.new, keyword)];
  const shared = Math.min(before.length, after.length);
  const inside = before.slice(0, shared).flatMap((item, index) =>
    descend({
      old: item,
      new: after[index] ?? true,
      oldPath: [...pair.oldPath, keyword, String(index)],
      newPath: [...pair.newPath, keyword, String(index)],
      instance: child(pair.instance, index),
      narrowed: 'items-narrowed',
      widened: 'items-widened',
    }),
  );
  if (before.length === after.length) return inside;
  const path = [...pair.oldPath, keyword];
  const value = [...before.slice(0, shared), ...after.slice(shared)];
  const detail = {
    key: String(shared),
    instance: child(pair.instance, shared),
    before: before[shared],
    after: after[shared],
    edits: [{ path, value: value.length === 0 ? undefined : value }],
  };
  const rule = after.length > before.length ? 'tuple-item-added' : 'tuple-item-removed';
  return [...inside, change(pair, rule, keyword, detail)];
}

function restChanges(pair: Pair, keyword: string, prefix: string, descend: Descend): Change[] {
  const [before, after] = [member(pair.old, keyword) ?? true, member(pair.new, keyword) ?? true];
  if (equal(before, after)) return behind(pair, [keyword], descend);
  const tuple = listOf(pair.old, prefix).length + listOf(pair.new, prefix).length > 0;
  if (tuple && after === false) return [change(pair, 'tuple-rest-closed', keyword)];
  if (tuple && before === false) return [change(pair, 'tuple-rest-opened', keyword)];
  return descend(
    restStep(pair, keyword, { old: before, new: after, narrowed: 'items-narrowed', widened: 'items-widened' }),
  );
}

function listOf(schema: Pair['old'], keyword: string): readonly Json[] {
  const value = member(schema, keyword);
  return isArray(value) ? value : [];
}
