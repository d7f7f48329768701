import type { Dialect } from './dialect.js';
import { isArray, isObject, member, type Json, type JsonObject } from './json.js';

/** A value to be judged by a schema, or how often that has to come true of several. */
export type Task = Question | Group;

export interface Question {
  readonly text: string;
  readonly value: Json;
}

export interface Group {
  readonly rule: 'all' | 'any' | 'one';
  readonly tasks: readonly Task[];
}

const shortText = 1500;
const maps = new Set(['properties', 'patternProperties', 'dependentSchemas', 'dependencies', '$defs', 'definitions']);
const data = new Set(['const', 'enum', 'required', 'dependentRequired', 'type']);
const annotations = new Set(['title', 'description', 'examples', 'default', '$comment', 'deprecated', '$schema']);
const choices = [
  ['anyOf', 'any'],
  ['oneOf', 'one'],
] as const;
const holders = ['$defs', 'definitions'];
const ids = new Set(['$id', 'id']);
const naming = /"(?:\$\w*[aA]nchor|\$(?:dynamic|recursive)Ref)":/;
const reference = /"\$ref":"([^"]*)"/g;
const toDefinition = /^#\/(\$defs|definitions)\/([^/%~]+)$/;

/**
 * Takes the question whether a document is valid under a large schema apart: a schema with `properties`, `items` or
 * `allOf` holds exactly where what it says beside them holds and where every member, every item and every branch is
 * valid under its own schema; of `anyOf` and `oneOf` as many branches have to hold as they say. Two schemas that differ in one place have all other tasks in common, and a validator
 * need not compile what no member of the document asks for. Small schemas, and those with names and references that a
 * part could not resolve alone, stay whole.
 */
export class Splitter {
  readonly #root: Json;
  readonly #text: string;
  readonly #whole: boolean;
  readonly #texts = new Map<JsonObject, string>();

  constructor(root: Json, dialect: Dialect) {
    this.#root = root;
    this.#text = JSON.stringify(root);
    this.#whole = this.#text.length < shortText || !isSelfContained(root, this.#text, dialect);
  }

  /** What says whether the document is valid; `apart` is false where the schema must stay whole. */
  task(document: Json, apart: boolean): Task {
    if (this.#whole || !apart) return { text: this.#text, value: document };
    return this.#all(this.#root, document, keysIn(document));
  }

  #all(schema: Json, value: Json, keys: ReadonlySet<string>): Group {
    const tasks: Task[] = [];
    this.#visit(schema, value, keys, tasks);
    return { rule: 'all', tasks };
  }

  #visit(schema: Json, value: Json, keys: ReadonlySet<string>, tasks: Task[]): void {
    if (schema === true) return;
    const here = this.#follow(schema);
    if (!isObject(here)) return void tasks.push({ text: JSON.stringify(here), value });
    const simple = this.#simple(here);
    if (simple !== undefined) return void (simple !== '{}' && tasks.push({ text: simple, value }));
    const shell: Record<string, Json> = { ...here };
    if (!('$ref' in here)) this.#parts(here, value, keys, shell, tasks);
    const text = this.#textOf(shell, keys);
    if (text !== '{}') tasks.push({ text, value });
  }

  /** The text of a schema that holds no others; the same for every document. */
  #simple(schema: JsonObject): string | undefined {
    const known = this.#texts.get(schema);
    if (known !== undefined) return known === '' ? undefined : known;
    const simple = Object.keys(schema).every((key) => isAnnotation(key) || data.has(key) || isScalar(schema[key]));
    const text = simple && !('$ref' in schema) ? JSON.stringify(pruned(schema, new Set())) : '';
    this.#texts.set(schema, text);
    return text === '' ? undefined : text;
  }

  #parts(here: JsonObject, value: Json, keys: ReadonlySet<string>, shell: Record<string, Json>, tasks: Task[]): void {
    const [properties, items, all] = [member(here, 'properties'), member(here, 'items'), member(here, 'allOf')];
    const unevaluated = 'unevaluatedProperties' in here || 'unevaluatedItems' in here;
    if (isObject(properties)) {
      const present = isObject(value) ? Object.keys(value).filter((key) => Object.hasOwn(properties, key)) : [];
      if (unevaluated) shell['properties'] = Object.fromEntries(present.map((key) => [key, {}]));
      else this.#others(here, value, properties, keys, shell, tasks);
      for (const key of present) this.#visit(properties[key] ?? true, at(value, key), keys, tasks);
    }
    if (items !== undefined && !isArray(items) && isArray(value) && !('prefixItems' in here)) {
      shell['items'] = {};
      for (const item of value) this.#visit(items, item, keys, tasks);
    }
    if (isArray(all) && !unevaluated) {
      delete shell['allOf'];
      for (const branch of all) this.#visit(branch, value, keys, tasks);
    }
    for (const [keyword, rule] of choices) {
      const branches = member(here, keyword);
      if (!isArray(branches) || unevaluated) continue;
      delete shell[keyword];
      tasks.push({ rule, tasks: branches.map((branch) => this.#all(branch, value, keys)) });
    }
  }

  /** `additionalProperties` as a task of its own, on the members that `properties` does not name. */
  #others(
    { additionalProperties, patternProperties }: JsonObject,
    value: Json,
    properties: JsonObject,
    keys: ReadonlySet<string>,
    shell: Record<string, Json>,
    tasks: Task[],
  ): void {
    delete shell['properties'];
    delete shell['additionalProperties'];
    if (additionalProperties === undefined || !isObject(value)) return;
    const others = Object.entries(value).filter(([key]) => !Object.hasOwn(properties, key));
    const matched = isObject(patternProperties) ? Object.keys(patternProperties).map((key) => [key, {}]) : [];
    const rest = { patternProperties: Object.fromEntries(matched), additionalProperties };
    tasks.push({ text: this.#textOf(rest, keys), value: Object.fromEntries(others) });
  }

  /** The schema that a reference stands for which stands alone. */
  #follow(schema: Json): Json {
    let here = schema;
    for (let hops = 0; hops < 20 && isObject(here); hops += 1) {
      const path = toDefinition.exec(String(member(here, '$ref') ?? ''));
      const alone = Object.keys(here).every((key) => key === '$ref' || isAnnotation(key) || holders.includes(key));
      if (path === null || !alone) break;
      const [, holder = '', name = ''] = path;
      const definitions: Json | undefined = isObject(this.#root) ? member(this.#root, holder) : undefined;
      const target: Json | undefined = isObject(definitions) ? member(definitions, name) : undefined;
      if (target === undefined) break;
      here = target;
    }
    return here;
  }

  /** The text of a part, with the definitions that it needs and without what says nothing about these documents. */
  #textOf(shell: JsonObject, keys: ReadonlySet<string>): string {
    const own = Object.fromEntries(Object.entries(shell).filter(([key]) => !holders.includes(key) && !ids.has(key)));
    const body = pruned(own, keys);
    const definitions: Record<string, Record<string, Json>> = {};
    const queue = [JSON.stringify(body)];
    for (const text of queue) {
      for (const [, target = ''] of text.matchAll(reference)) {
        const [, holder = '', name = ''] = toDefinition.exec(target) ?? [];
        const known = (definitions[holder] ??= {});
        const held = isObject(this.#root) ? member(this.#root, holder) : undefined;
        const schema = isObject(held) ? member(held, name) : undefined;
        if (schema === undefined || Object.hasOwn(known, name)) continue;
        known[name] = pruned(schema, keys);
        queue.push(JSON.stringify(known[name]));
      }
    }
    return queue.length === 1 ? (queue[0] ?? '') : JSON.stringify({ ...definitions, ...(isObject(body) ? body : {}) });
  }
}

/** Whether all references lead into the root's definitions, and nothing but the root has a name. */
function isSelfContained(root: Json, text: string, dialect: Dialect): boolean {
  const id = dialect === 'draft-04' ? 'id' : '$id';
  const own = isObject(root) && typeof member(root, id) === 'string' ? 1 : 0;
  if (naming.test(text) || text.split(`"${id}":"`).length - 1 > own) return false;
  return [...text.matchAll(reference)].every(([, target = '']) => toDefinition.test(target));
}

/** A copy without annotations and without the properties that no document here has. */
function pruned(schema: Json, keys: ReadonlySet<string>): Json {
  if (isArray(schema)) return schema.map((item) => pruned(item, keys));
  if (!isObject(schema)) return schema;
  const copy: Record<string, Json> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (isAnnotation(keyword)) continue;
    if (data.has(keyword)) copy[keyword] = value;
    else if (maps.has(keyword) && isObject(value)) {
      const members = Object.entries(value).filter(([key]) => keyword !== 'properties' || keys.has(key));
      copy[keyword] = Object.fromEntries(members.map(([key, item]) => [key, pruned(item, keys)]));
    } else copy[keyword] = pruned(value, keys);
  }
  return copy;
}

function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || keyword.startsWith('x-');
}

function isScalar(value: Json | undefined): boolean {
  return typeof value !== 'object' || value === null;
}

function keysIn(document: Json, keys: Set<string> = new Set()): ReadonlySet<string> {
  if (isArray(document)) for (const item of document) keysIn(item, keys);
  if (!isObject(document)) return keys;
  for (const [key, item] of Object.entries(document)) keysIn(item, keys.add(key));
  return keys;
}

function at(value: Json, key: string): Json {
  return isObject(value) ? (member(value, key) ?? null) : null;
}
