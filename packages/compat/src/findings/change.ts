import { child, equal, isArray, isObject, member, type Json, type JsonObject } from '../json.js';

/** A pair of sub-schemas that stand for each other in the two documents. */
export interface Pair {
  readonly old: JsonObject;
  readonly new: JsonObject;
  readonly oldPath: readonly string[];
  readonly newPath: readonly string[];
  /** Where in a document the pair binds; `*` and patterns stand for any key or item. */
  readonly instance: string;
}

/** One thing that differs, and how to make it alone in the old schema. */
export interface Change {
  readonly rule: string;
  readonly oldPointer: string;
  readonly newPointer: string;
  readonly instancePointer: string;
  readonly key: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** Empty for a change of annotations only. */
  readonly edits: readonly Edit[];
}

/** Sets what stands at `path`, or takes it away. */
export interface Edit {
  readonly path: readonly string[];
  readonly value: Json | undefined;
}

export interface Detail {
  readonly key?: string;
  readonly before?: Json | undefined;
  readonly after?: Json | undefined;
  readonly instance?: string;
  readonly edits?: readonly Edit[];
}

/** Two schemas to be compared, and the rules that name a change of the whole. */
export interface Step {
  readonly old: Json;
  readonly new: Json;
  readonly oldPath: readonly string[];
  readonly newPath: readonly string[];
  readonly instance: string;
  readonly narrowed: string;
  readonly widened: string;
}

export type Descend = (step: Step) => Change[];

/** The step into the schema of everything that no other keyword names, under `keyword`. */
export function restStep(pair: Pair, keyword: string, rest: Pick<Step, 'old' | 'new' | 'narrowed' | 'widened'>): Step {
  const oldPath = [...pair.oldPath, keyword];
  return { ...rest, oldPath, newPath: [...pair.newPath, keyword], instance: child(pair.instance, '*') };
}

/** What changes behind the references in keywords that read the same in both schemas. */
export function behind(pair: Pair, keywords: readonly string[], descend: Descend): Change[] {
  return keywords.flatMap((keyword) => {
    const [before, after] = [member(pair.old, keyword), member(pair.new, keyword)];
    if (before === undefined || after === undefined || isArray(before) || !equal(before, after)) return [];
    const narrowed = { narrowed: 'type-narrowed', widened: 'type-widened' };
    return descend(restStep(pair, keyword, { old: before, new: after, ...narrowed }));
  });
}

/** A change of `keyword`; unless told otherwise, the whole keyword is taken over from the new schema. */
export function change(pair: Pair, rule: string, keyword: string, detail: Detail = {}): Change {
  const before = 'before' in detail ? detail.before : member(pair.old, keyword);
  const after = 'after' in detail ? detail.after : member(pair.new, keyword);
  return {
    rule,
    oldPointer: pointer([...pair.oldPath, keyword]),
    newPointer: pointer([...pair.newPath, keyword]),
    instancePointer: detail.instance ?? pair.instance,
    key: detail.key ?? '',
    before,
    after,
    edits: detail.edits ?? [takeOver(pair, keyword)],
  };
}

export function takeOver(pair: Pair, ...path: string[]): Edit {
  let value: Json | undefined = pair.new;
  for (const token of path) value = isObject(value) ? member(value, token) : undefined;
  return { path: [...pair.oldPath, ...path], value };
}

export function pointer(path: readonly string[]): string {
  return path.reduce(child, '');
}

/** A copy of `root` with the edits made; what they do not touch is shared, not copied. */
export function apply(root: Json, edits: readonly Edit[]): Json {
  return edits.reduce((value, { path, value: next }) => set(value, path, next) ?? {}, root);
}

function set(here: Json | undefined, path: readonly string[], value: Json | undefined): Json | undefined {
  const [token, ...rest] = path;
  if (token === undefined) return value;
  if (isArray(here)) {
    const next = set(here[Number(token)], rest, value);
    return next === undefined ? here.toSpliced(Number(token), 1) : here.with(Number(token), next);
  }
  const entries = isObject(here) ? Object.entries(here) : [];
  const next = set(isObject(here) ? member(here, token) : undefined, rest, value);
  const others = entries.filter(([key]) => key !== token);
  return Object.fromEntries(next === undefined ? others : [...others, [token, next]]);
}
