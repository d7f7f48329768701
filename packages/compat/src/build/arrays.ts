import { isLegacy } from '../dialect.js';
import type { Document } from '../document.js';
import { isArray, member, type JsonObject } from '../json.js';
import type { Node } from '../nodes.js';
import type { Builder } from './builder.js';
import { lengths } from './scalars.js';

/** What binds arrays, save unevaluatedItems. */
export function arrayKeywords(builder: Builder, document: Document, schema: JsonObject): Node[] {
  const nodes = [...lengths(builder, document, schema, 'array', 'Items'), ...items(builder, document, schema)];
  if (member(schema, 'uniqueItems') === true) nodes.push(builder.store.unique);
  return [...nodes, ...contains(builder, document, schema)];
}

/** The list of schemas for the first items and the keyword that binds those behind, by dialect. */
export function itemKeywords(document: Document, schema: JsonObject): { prefix?: string; rest?: string } {
  if (document.dialect === '2020-12') {
    return { ...has(schema, 'prefix', 'prefixItems'), ...has(schema, 'rest', 'items') };
  }
  if (!isArray(member(schema, 'items'))) return has(schema, 'rest', 'items');
  return { prefix: 'items', ...has(schema, 'rest', 'additionalItems') };
}

function has(schema: JsonObject, role: string, keyword: string): Record<string, string> {
  return member(schema, keyword) === undefined ? {} : { [role]: keyword };
}

function items(builder: Builder, document: Document, schema: JsonObject): Node[] {
  const { prefix, rest } = itemKeywords(document, schema);
  if (prefix === undefined && rest === undefined) return [];
  const first = prefix === undefined ? [] : builder.nodes(document, member(schema, prefix));
  const behind = rest === undefined ? builder.store.true : builder.node(document, member(schema, rest));
  return [builder.store.items(first, behind)];
}

function contains(builder: Builder, document: Document, schema: JsonObject): Node[] {
  const sought = member(schema, 'contains');
  if (sought === undefined || document.dialect === 'draft-04') return [];
  const item = builder.node(document, sought);
  if (isLegacy(document.dialect)) return [builder.store.contains(item, 1, Infinity)];
  const min = member(schema, 'minContains') ?? 1;
  const max = member(schema, 'maxContains') ?? Infinity;
  if (typeof min !== 'number' || typeof max !== 'number') {
    return [builder.unsupported(document, 'minContains or maxContains is not a number')];
  }
  return [builder.store.contains(item, Math.max(0, Math.ceil(min)), Math.floor(max))];
}
