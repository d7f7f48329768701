import { isLegacy, type Dialect } from '../dialect.js';
import { resolve, type Document } from '../document.js';
import { isArray, isObject, member, type Json, type JsonObject } from '../json.js';
import type { Node } from '../nodes.js';
import type { Store } from '../store.js';
import { arrayKeywords } from './arrays.js';
import { combinators } from './combinators.js';
import { objectKeywords } from './objects.js';
import { scalarKeywords } from './scalars.js';
import { unevaluated } from './unevaluated.js';

const deepest = 200;

type Read = (builder: Builder, document: Document, schema: JsonObject) => Node[];

const readers: readonly Read[] = [scalarKeywords, arrayKeywords, objectKeywords, combinators, unevaluated];
/** The keywords without any of which a reader has nothing to read. */
const keywords: readonly string[] = [
  'type enum const minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern format',
  'minItems maxItems items prefixItems additionalItems uniqueItems contains',
  'minProperties maxProperties required properties patternProperties additionalProperties propertyNames ' +
    'dependencies dependentRequired dependentSchemas',
  'allOf anyOf oneOf not if',
  'unevaluatedProperties unevaluatedItems',
];
const readerOf = new Map(keywords.flatMap((names, index) => names.split(' ').map((name) => [name, index])));

/** Turns schemas into nodes, each schema object once per document. */
export class Builder {
  readonly store: Store;
  readonly #built = new Map<Document, Map<JsonObject, Node>>();
  /** Nodes of schemas without references: they mean the same in every document of a dialect. */
  readonly #plain = new Map<Dialect, Map<JsonObject, Node>>();
  /** Nodes of schemas that hold no others, by their text; what is not understood is the same to no other. */
  readonly #leaves = new Map<string, Node>();
  readonly #open = new Set<JsonObject>();
  #references = 0;
  #serial = 0;

  constructor(store: Store) {
    this.store = store;
  }

  /** The node of a schema that stands in `document`. */
  node(document: Document, schema: Json | undefined): Node {
    if (typeof schema === 'boolean') return schema ? this.store.true : this.store.false;
    if (!isObject(schema)) return this.unsupported(document, 'a schema is neither an object nor a boolean');
    const home = document.foreign.get(schema) ?? document;
    const built = this.#cacheOf(home);
    const plain = this.#plain.get(home.dialect);
    const known = plain?.get(schema);
    if (known !== undefined) return known;
    const referring = built.get(schema);
    if (referring !== undefined || this.#open.has(schema)) {
      this.#references += 1;
      return referring ?? this.#link(home, schema);
    }
    if (this.#open.size > deepest) return this.unsupported(home, 'the schema nests too deep');
    const leaf = leafText(schema);
    const alike = leaf === undefined ? undefined : this.#leaves.get(`${home.dialect}${leaf}`);
    if (alike !== undefined) return alike;
    this.#open.add(schema);
    const [references, serial] = [this.#references, this.#serial];
    const node = this.#keywords(home, schema);
    this.#open.delete(schema);
    if (leaf !== undefined && serial === this.#serial) this.#leaves.set(`${home.dialect}${leaf}`, node);
    else if (references !== this.#references) built.set(schema, node);
    else if (plain === undefined) this.#plain.set(home.dialect, new Map([[schema, node]]));
    else plain.set(schema, node);
    return node;
  }

  nodes(document: Document, schemas: Json | undefined): Node[] {
    if (!isArray(schemas)) return [this.unsupported(document, 'a list of schemas is expected')];
    return schemas.map((schema) => this.node(document, schema));
  }

  /** A condition that nothing is known about, different from every other such condition. */
  unsupported(document: Document, reason: string): Node {
    this.#serial += 1;
    return this.store.opaque(`${document.name}${this.#serial}`, reason);
  }

  #keywords(document: Document, schema: JsonObject): Node {
    const reference = member(schema, '$ref');
    if (reference !== undefined && isLegacy(document.dialect) && !document.refSiblings) {
      return this.#reference(document, schema, reference);
    }
    const wanted = new Set(Object.keys(schema).map((key) => readerOf.get(key)));
    const parts = [
      ...(reference === undefined ? [] : [this.#reference(document, schema, reference)]),
      ...this.#dynamic(document, schema),
      ...readers.flatMap((read, index) => (wanted.has(index) ? read(this, document, schema) : [])),
    ];
    return this.store.and(...parts);
  }

  #reference(document: Document, schema: JsonObject, reference: Json): Node {
    this.#references += 1;
    const target = typeof reference === 'string' ? resolve(document, schema, reference) : undefined;
    if (target === undefined) return this.unsupported(document, `the reference ${String(reference)} leads nowhere`);
    return this.node(document, target.schema);
  }

  /** Where one resource is all there is, a dynamic reference can only mean what a plain one means. */
  #dynamic(document: Document, schema: JsonObject): Node[] {
    if (isLegacy(document.dialect)) return [];
    const keyword = document.dialect === '2019-09' ? '$recursiveRef' : '$dynamicRef';
    const reference = member(schema, keyword);
    if (reference === undefined) return [];
    this.#references += 1;
    if (document.index().resources.size > 1) return [this.unsupported(document, `${keyword} across resources`)];
    return [this.#reference(document, schema, reference)];
  }

  #link(document: Document, schema: JsonObject): Node {
    let target: Node | undefined;
    const follow = (): Node => {
      if (target !== undefined) return target;
      const built = this.#cacheOf(document).get(schema) ?? this.store.false;
      target = turnsIn(built, self) ? this.unsupported(document, 'a reference circles without descending') : built;
      return target;
    };
    const self = this.store.ref({ name: `${document.name}${this.#nameOf(schema)}`, resolve: follow });
    return self;
  }

  readonly #names = new Map<JsonObject, number>();
  #nameOf(schema: JsonObject): number {
    const number = this.#names.get(schema) ?? this.#names.size;
    this.#names.set(schema, number);
    return number;
  }

  #cacheOf(document: Document): Map<JsonObject, Node> {
    const known = this.#built.get(document) ?? new Map<JsonObject, Node>();
    this.#built.set(document, known);
    return known;
  }
}

/** Whether `reference` can be reached from `node` without going into a property or an item. */
function turnsIn(node: Node, reference: Node): boolean {
  const seen = new Set([node]);
  for (const here of seen) {
    if (here === reference) return true;
    if (here.kind === 'and' || here.kind === 'or') for (const item of here.items) seen.add(item);
    if (here.kind === 'not') seen.add(here.item);
    if (here.kind === 'ref') seen.add(here.link.resolve());
  }
  return false;
}

/** The text of a schema that holds no other schema and refers to none; undefined for any other. */
function leafText(schema: JsonObject): string | undefined {
  for (const key of Object.keys(schema)) {
    const value = schema[key];
    if (isObject(value) || (key.startsWith('$') && key.endsWith('ef'))) return undefined;
    if (isArray(value) && value.some((item) => typeof item === 'object')) return undefined;
  }
  return JSON.stringify(schema);
}
