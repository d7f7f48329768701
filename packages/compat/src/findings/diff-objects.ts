import { entriesOf } from '../build/combinators.js';
import { child, equal, isArray, isObject, member, type Json } from '../json.js';
import { behind, change, restStep, takeOver, type Change, type Descend, type Pair } from './change.js';
import { present } from './diff-scalars.js';

/** Changes of what binds the properties of an object. */
export function objectChanges(pair: Pair, descend: Descend): Change[] {
  return [
    ...propertyChanges(pair, descend),
    ...requiredChanges(pair),
    ...restChanges(pair, descend),
    ...patternChanges(pair, descend),
    ...present(pair, 'propertyNames', 'property-names', 'property-names-changed'),
    ...dependencyChanges(pair, 'dependentRequired', 'dependent-required'),
    ...dependencyChanges(pair, 'dependentSchemas', 'dependent-schema'),
    ...dependencyChanges(pair, 'dependencies', 'dependent-schema'),
    ...present(pair, 'unevaluatedProperties', 'unevaluated-properties', 'unevaluated-properties-changed'),
    ...behind(pair, ['propertyNames', 'unevaluatedProperties'], descend),
  ];
}

function propertyChanges(pair: Pair, descend: Descend): Change[] {
  const old = new Map(entriesOf(member(pair.old, 'properties')));
  const next = new Map(entriesOf(member(pair.new, 'properties')));
  const removed = [...old.keys()].filter((key) => !next.has(key));
  const added = [...next.keys()].filter((key) => !old.has(key));
  const inside = [...old].flatMap(([key, schema]) =>
    next.has(key)
      ? descend({
          old: schema,
          new: next.get(key) ?? true,
          oldPath: [...pair.oldPath, 'properties', key],
          newPath: [...pair.newPath, 'properties', key],
          instance: child(pair.instance, key),
          narrowed: 'type-narrowed',
          widened: 'type-widened',
        })
      : [],
  );
  return [
    ...inside,
    ...removed.map((key) =>
      propertyChange(pair, key, isClosed(pair.new) ? 'removed-from-closed' : 'removed-from-open'),
    ),
    ...added.map((key) => propertyChange(pair, key, isClosed(pair.old) ? 'added-to-closed' : 'added-to-open')),
    ...renames(pair, removed, added, old, next),
  ];
}

function propertyChange(pair: Pair, key: string, kind: string): Change {
  const detail = {
    key,
    instance: child(pair.instance, key),
    before: at(pair.old, key),
    after: at(pair.new, key),
    edits: [takeOver(pair, 'properties', key)],
  };
  const made = change(pair, `property-${kind}`, 'properties', detail);
  return { ...made, oldPointer: child(made.oldPointer, key), newPointer: child(made.newPointer, key) };
}

function at(schema: Pair['old'], key: string): Json | undefined {
  const properties = member(schema, 'properties');
  return isObject(properties) ? member(properties, key) : undefined;
}

/** A property gone and another of the same schema come in its place. */
function renames(
  pair: Pair,
  removed: readonly string[],
  added: readonly string[],
  old: ReadonlyMap<string, Json>,
  next: ReadonlyMap<string, Json>,
): Change[] {
  return removed.flatMap((before) => {
    const matches = added.filter((key) => equal(old.get(before), next.get(key)));
    const [after] = matches;
    if (after === undefined || matches.length > 1) return [];
    const instance = child(pair.instance, before);
    return [change(pair, 'property-renamed-suspected', 'properties', { before, after, instance, edits: [] })];
  });
}

function requiredChanges(pair: Pair): Change[] {
  const [before, after] = [keysOf(pair.old), keysOf(pair.new)];
  const path = [...pair.oldPath, 'required'];
  const detail = (key: string, value: readonly Json[]) => ({
    key,
    instance: child(pair.instance, key),
    before: undefined,
    after: undefined,
    edits: [{ path, value: value.length === 0 ? undefined : value }],
  });
  const added = after.filter((key) => !before.includes(key));
  const removed = before.filter((key) => !after.includes(key));
  return [
    ...added.map((key) => {
      const schema = at(pair.new, key);
      const rule = isObject(schema) && 'default' in schema ? 'required-added-with-default' : 'required-added';
      return change(pair, rule, 'required', detail(key, [...before, key]));
    }),
    ...removed.map((key) =>
      change(
        pair,
        'required-removed',
        'required',
        detail(
          key,
          before.filter((other) => other !== key),
        ),
      ),
    ),
  ];
}

function keysOf(schema: Pair['old']): readonly string[] {
  const keys = member(schema, 'required');
  return isArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
}

function restChanges(pair: Pair, descend: Descend): Change[] {
  const keyword = 'additionalProperties';
  const [before, after] = [member(pair.old, keyword) ?? true, member(pair.new, keyword) ?? true];
  if (equal(before, after)) return behind(pair, [keyword], descend);
  if (after === false) return [change(pair, 'object-closed', keyword)];
  if (before === false) return [change(pair, 'object-opened', keyword)];
  return descend(
    restStep(pair, keyword, {
      old: before,
      new: after,
      narrowed: 'additional-properties-narrowed',
      widened: 'additional-properties-widened',
    }),
  );
}

function patternChanges(pair: Pair, descend: Descend): Change[] {
  const keyword = 'patternProperties';
  const old = new Map(entriesOf(member(pair.old, keyword)));
  const next = new Map(entriesOf(member(pair.new, keyword)));
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((key) => {
    const [before, after] = [old.get(key), next.get(key)];
    const instance = child(pair.instance, key);
    if (before !== undefined && after !== undefined) {
      return descend({
        old: before,
        new: after,
        oldPath: [...pair.oldPath, keyword, key],
        newPath: [...pair.newPath, keyword, key],
        instance,
        narrowed: 'pattern-property-narrowed',
        widened: 'pattern-property-widened',
      });
    }
    const rule = before === undefined ? 'pattern-property-added' : 'pattern-property-removed';
    return [change(pair, rule, keyword, { key, before, after, instance, edits: [takeOver(pair, keyword, key)] })];
  });
}

function dependencyChanges(pair: Pair, keyword: string, name: string): Change[] {
  const old = new Map(entriesOf(member(pair.old, keyword)));
  const next = new Map(entriesOf(member(pair.new, keyword)));
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((key) => {
    const [before, after] = [old.get(key), next.get(key)];
    if (equal(before, after)) return [];
    const rule = before === undefined ? `${name}-added` : after === undefined ? `${name}-removed` : `${name}-changed`;
    const instance = child(pair.instance, key);
    return [change(pair, rule, keyword, { key, before, after, instance, edits: [takeOver(pair, keyword, key)] })];
  });
}

function isClosed(schema: Pair['old']): boolean {
  return member(schema, 'additionalProperties') === false || member(schema, 'unevaluatedProperties') === false;
}
