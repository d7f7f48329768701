import type { Dialect } from './dialect.js';
import { at, isArray, isObject, member, tokens, type Json, type JsonObject } from './json.js';

/** One schema document with what its references need. */
export interface Document {
  readonly name: string;
  readonly root: Json;
  readonly dialect: Dialect;
  /** Whether keywords beside `$ref` count; the drafts before 2019-09 say that they do not. */
  readonly refSiblings: boolean;
  /** Made when it is first asked for: schemas without references need none. */
  readonly index: () => Index;
  /** Schemas taken over from another document: their references are resolved there. */
  readonly foreign: ReadonlyMap<JsonObject, Document>;
}

interface Index {
  readonly resources: ReadonlyMap<string, JsonObject>;
  readonly anchors: ReadonlyMap<string, JsonObject>;
  readonly bases: ReadonlyMap<JsonObject, string>;
}

const unnamed = 'https://compat.invalid/schema';
const dataKeywords = new Set(['const', 'enum', 'default', 'examples']);

export interface DocumentOptions {
  readonly refSiblings?: boolean;
  readonly foreign?: ReadonlyMap<JsonObject, Document>;
}

/** A schema document whose `$id`s and anchors are indexed once a reference needs them. */
export function openDocument(name: string, root: Json, dialect: Dialect, options: DocumentOptions = {}): Document {
  const foreign = options.foreign ?? new Map<JsonObject, Document>();
  let made: Index | undefined;
  const index = () => (made ??= indexOf(root, dialect, foreign));
  return { name, root, dialect, refSiblings: options.refSiblings ?? true, index, foreign };
}

function indexOf(root: Json, dialect: Dialect, foreign: ReadonlyMap<JsonObject, Document>): Index {
  const resources = new Map<string, JsonObject>();
  const anchors = new Map<string, JsonObject>();
  const bases = new Map<JsonObject, string>();
  const visit = (value: Json, inherited: string): void => {
    if (isArray(value)) for (const item of value) visit(item, inherited);
    if (!isObject(value) || foreign.has(value) || bases.has(value)) return;
    const base = enter(value, inherited);
    bases.set(value, base);
    for (const key of Object.keys(value)) if (!dataKeywords.has(key)) visit(value[key] ?? null, base);
  };
  const enter = (value: JsonObject, inherited: string): string => {
    const id = member(value, dialect === 'draft-04' ? 'id' : '$id');
    let base = inherited;
    if (typeof id === 'string' && id.startsWith('#')) anchors.set(inherited + id, value);
    else if (typeof id === 'string' && id !== '') {
      base = absolute(id, inherited);
      resources.set(base, value);
    }
    for (const keyword of ['$anchor', '$dynamicAnchor']) {
      const anchor = member(value, keyword);
      if (typeof anchor === 'string') anchors.set(`${base}#${anchor}`, value);
    }
    return base;
  };
  if (isObject(root)) resources.set(unnamed, root);
  visit(root, unnamed);
  return { resources, anchors, bases };
}

/** Whether this very schema object stands in the document. */
export function holdsSchema(document: Document, schema: JsonObject): boolean {
  return document.index().bases.has(schema);
}

export interface Target {
  readonly schema: Json;
  readonly pointer: string;
}

/** What `reference` points at from within `from`; undefined where the document does not hold it. */
export function resolve(document: Document, from: JsonObject, reference: string): Target | undefined {
  const { bases, anchors, resources } = document.index();
  const base = bases.get(from) ?? unnamed;
  const [uri = '', fragment = ''] = split(reference.startsWith('#') ? base + reference : absolute(reference, base));
  const key = `${uri}#${fragment}`;
  const anchored = anchors.get(key);
  if (anchored !== undefined) return { schema: anchored, pointer: key };
  const resource = resources.get(uri);
  if (resource === undefined || (fragment !== '' && !fragment.startsWith('/'))) return undefined;
  const schema = at(resource, tokens(decode(fragment)));
  return schema === undefined ? undefined : { schema, pointer: key };
}

function absolute(reference: string, base: string): string {
  return URL.canParse(reference, base) ? new URL(reference, base).href.replace(/#$/, '') : reference;
}

function split(uri: string): string[] {
  const hash = uri.indexOf('#');
  return hash < 0 ? [uri, ''] : [uri.slice(0, hash), uri.slice(hash + 1)];
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
