import { isLegacy, type Dialect } from '../dialect.js';
import { at, equal, isArray, isObject, member, tokens, type Json, type JsonObject } from '../json.js';
import { change, pointer, takeOver, type Change, type Descend, type Pair, type Step } from './change.js';
import { arrayChanges } from './diff-arrays.js';
import { combinatorChanges } from './diff-combinators.js';
import { objectChanges } from './diff-objects.js';
import { annotationChanges, scalarChanges } from './diff-scalars.js';

const mostChanges = 200;
const besideReference = new Set(['title', 'description', '$comment', 'examples', 'default', 'deprecated']);
for (const keyword of ['$schema', '$id', '$anchor', '$defs', 'definitions']) besideReference.add(keyword);

/** The changes from one schema to another, each one as small as can be told. */
export function changesBetween(old: Json, next: Json, dialects: readonly [Dialect, Dialect]): Change[] {
  const seen = new Set<string>();
  const descend: Descend = (step) => {
    const [left, right] = [follow(old, step.old, step.oldPath), follow(next, step.new, step.newPath)];
    const beside = left.schema === step.old && right.schema === step.new ? [] : annotationsBeside(step);
    return [...beside, ...compare(step, left, right)];
  };
  const compare = (step: Step, left: Place, right: Place): Change[] => {
    if (left.schema === right.schema || (equal(left.schema, right.schema) && !refers(left.schema))) return [];
    const key = `${pointer(left.path)} ${pointer(right.path)}`;
    if (seen.has(key) || seen.size > 5000) return [];
    seen.add(key);
    const [before, after] = [asObject(left.schema), asObject(right.schema)];
    if (before === undefined || after === undefined) {
      return [whole({ ...step, oldPath: left.path }, left.schema, right.schema)];
    }
    const pair = { old: before, new: after, oldPath: left.path, newPath: right.path, instance: step.instance };
    if (left.schema === true || right.schema === true) {
      return [whole({ ...step, oldPath: left.path }, left.schema, right.schema)];
    }
    if (dialects[0] !== dialects[1] && isLegacy(dialects[0]) !== isLegacy(dialects[1])) return [];
    const [from, to] = [member(before, '$ref'), member(after, '$ref')];
    if (from !== to) return [reference(pair)];
    const target = from === undefined ? [] : descend({ ...step, old: { $ref: from }, new: { $ref: from } });
    return [
      ...target,
      ...scalarChanges(pair),
      ...arrayChanges(pair, descend),
      ...objectChanges(pair, descend),
      ...combinatorChanges(pair, descend),
    ];
  };
  const root = { oldPath: [], newPath: [], instance: '', narrowed: 'type-narrowed', widened: 'type-widened' };
  return descend({ ...root, old, new: next }).slice(0, mostChanges);
}

/** Whether a reference may stand somewhere in the schema: what it leads to can differ although the text does not. */
function refers(schema: Json): boolean {
  if (isArray(schema)) return schema.some(refers);
  if (!isObject(schema)) return false;
  return Object.keys(schema).some(
    (key) => (key.startsWith('$') && key.endsWith('Ref')) || key === '$ref' || refers(schema[key] ?? null),
  );
}

interface Place {
  readonly schema: Json;
  readonly path: readonly string[];
}

/** Follows references that stand alone and point into the document itself. */
function follow(root: Json, schema: Json, path: readonly string[]): Place {
  let [here, at_]: [Json, readonly string[]] = [schema, path];
  for (let hops = 0; hops < 20 && isObject(here); hops += 1) {
    const reference = member(here, '$ref');
    if (typeof reference !== 'string' || !/^#(\/|$)/.test(reference)) break;
    if (Object.keys(here).some((key) => key !== '$ref' && !besideReference.has(key) && !key.startsWith('x-'))) break;
    const next = tokens(reference.slice(1));
    const target = at(root, next);
    if (target === undefined) break;
    [here, at_] = [target, next];
  }
  return { schema: here, path: at_ };
}

function asObject(schema: Json): JsonObject | undefined {
  if (schema === true) return {};
  return isObject(schema) ? schema : undefined;
}

function whole(step: Step, before: Json, after: Json): Change {
  const narrowed = after === false || before === true;
  return {
    rule: narrowed ? step.narrowed : step.widened,
    oldPointer: pointer(step.oldPath),
    newPointer: pointer(step.newPath),
    instancePointer: step.instance,
    key: step.instance.split('/').at(-1) ?? '',
    before,
    after,
    edits: [{ path: step.oldPath, value: after }],
  };
}

/** References that lead to different places, and cannot be followed to them, are compared by what they say. */
function reference(pair: Pair): Change {
  const keywords = new Set([...Object.keys(pair.old), ...Object.keys(pair.new)]);
  return change(pair, 'ref-target-changed', '$ref', { edits: [...keywords].map((key) => takeOver(pair, key)) });
}

/** What is said beside a reference that is followed. */
function annotationsBeside({ old, new: next, oldPath, newPath, instance }: Step): Change[] {
  return isObject(old) && isObject(next) ? annotationChanges({ old, new: next, oldPath, newPath, instance }) : [];
}
