import { isLegacy } from '../dialect.js';
import type { Document } from '../document.js';
import { isArray, isObject, member, type Json, type JsonObject } from '../json.js';
import { types, type Node } from '../nodes.js';
import type { Builder } from './builder.js';
import { lengths } from './scalars.js';

/** What binds objects, save unevaluatedProperties. */
export function objectKeywords(builder: Builder, document: Document, schema: JsonObject): Node[] {
  return [
    ...lengths(builder, document, schema, 'object', 'Properties'),
    ...required(builder, document, member(schema, 'required')),
    ...properties(builder, document, schema),
    ...names(builder, document, schema),
    ...dependencies(builder, document, schema),
  ];
}

function required(builder: Builder, document: Document, keys: Json | undefined): Node[] {
  if (keys === undefined) return [];
  if (!isArray(keys)) return [builder.unsupported(document, 'a list of keys is expected')];
  return keys.map((key) =>
    typeof key === 'string' ? builder.store.required(key) : builder.unsupported(document, 'a key is not a string'),
  );
}

function properties(builder: Builder, document: Document, schema: JsonObject): Node[] {
  const named = member(schema, 'properties') ?? {};
  const matched = member(schema, 'patternProperties') ?? {};
  const rest = member(schema, 'additionalProperties') ?? true;
  if (!isObject(named) || !isObject(matched)) {
    return [builder.unsupported(document, 'properties or patternProperties is not an object')];
  }
  const nodes = new Map(Object.entries(named).map(([key, item]) => [key, builder.node(document, item)]));
  const patterns = Object.entries(matched).map(([source, item]) => ({
    pattern: builder.store.pattern(source),
    node: builder.node(document, item),
  }));
  return [builder.store.props(nodes, patterns, builder.node(document, rest))];
}

function names(builder: Builder, document: Document, schema: JsonObject): Node[] {
  const keys = member(schema, 'propertyNames');
  if (keys === undefined || document.dialect === 'draft-04') return [];
  return [builder.store.names(builder.node(document, keys))];
}

function dependencies(builder: Builder, document: Document, schema: JsonObject): Node[] {
  const keywords = isLegacy(document.dialect) ? ['dependencies'] : ['dependentRequired', 'dependentSchemas'];
  return keywords.flatMap((keyword) => {
    const value = member(schema, keyword);
    if (value === undefined) return [];
    if (!isObject(value)) return [builder.unsupported(document, `${keyword} is not an object`)];
    return Object.entries(value).map(([key, needs]) => dependency(builder, document, key, needs));
  });
}

function dependency(builder: Builder, document: Document, key: string, needs: Json): Node {
  const { store } = builder;
  const needed = isArray(needs) ? store.and(...required(builder, document, needs)) : builder.node(document, needs);
  return store.or(store.not(store.type(types.object)), store.not(store.required(key)), needed);
}
