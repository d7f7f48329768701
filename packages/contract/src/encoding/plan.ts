import type { FieldNode, SurfaceEntry } from '../registry.js';
import { above, below } from './bounds.js';
import * as kinds from './site.js';
import type { Detail, Site, Stamps, TextRule } from './site.js';
import { isFilledIn, stampsOf } from './stamps.js';
import type { TextForm } from './text.js';

type Fields = Readonly<Record<string, FieldNode>>;

const MOST_KEYS = 250;
const MOST_CHOICES = 250;
const NO_BRANCHES: Detail['branches'] = new Map();
const ANY_TEXT: TextRule = { shortest: 0, longest: Infinity, pattern: null, form: 'free' };

/** A site whose only field is the root of a surface. */
export function planRoot(entry: SurfaceEntry): Site {
  return siteOf({ root: entry.root }, [], entry);
}

/** The site of an object's fields. */
function siteOf(
  fields: Fields,
  needed: readonly string[],
  within: SurfaceEntry | null,
  stamps: Stamps | null = null,
): Site {
  const entries = Object.entries(fields).slice(0, MOST_KEYS);
  const nodes = entries.map(([, node]) => node);
  const keys = entries.map(([key]) => key);
  const required = needed.filter((key) => !isFilledIn(stamps, keys.indexOf(key)));
  return {
    keys,
    codes: Uint8Array.from(
      entries,
      ([key, node]) =>
        codeOf(node) | (required.includes(key) || isFilledIn(stamps, keys.indexOf(key)) ? kinds.REQUIRED : 0),
    ),
    least: Float64Array.from(nodes, leastOf),
    most: Float64Array.from(nodes, mostOf),
    details: nodes.map((node) => detailOf(node, within)),
    required: required.length,
    stamps,
  };
}

function codeOf(node: FieldNode): number {
  return kindOf(node) | (node.nullable ? kinds.NULLABLE : 0) | (node.type === 'integer' ? kinds.WHOLE : 0);
}

function kindOf(node: FieldNode): number {
  if (node.unchecked === true) return kinds.UNKNOWN;
  switch (node.kind) {
    case 'object':
      return Object.keys(node.fields ?? {}).length > MOST_KEYS ? kinds.UNKNOWN : kinds.OBJECT;
    case 'array':
      return node.range === undefined ? kinds.ARRAY : kinds.UNKNOWN;
    case 'map':
      return kinds.MAP;
    case 'open':
      return kinds.OPEN;
    case 'union':
      return kinds.UNION;
    case 'scalar':
      return scalarKind(node);
  }
}

function scalarKind(node: FieldNode): number {
  if (node.const !== undefined || node.enum !== undefined)
    return choicesOf(node).length > MOST_CHOICES ? kinds.UNKNOWN : kinds.CHOICE;
  switch (node.type) {
    case 'number':
    case 'integer':
      return kinds.NUMBER;
    case 'boolean':
      return kinds.BOOLEAN;
    case 'mixed':
      return node.types === undefined ? kinds.UNKNOWN : kinds.MIXED;
    default:
      return kinds.TEXT;
  }
}

function leastOf({ range = {} }: FieldNode): number {
  const { minimum = -Number.MAX_VALUE, exclusiveMinimum } = range;
  return exclusiveMinimum === undefined ? minimum : Math.max(minimum, above(exclusiveMinimum));
}

function mostOf({ range = {} }: FieldNode): number {
  const { maximum = Number.MAX_VALUE, exclusiveMaximum } = range;
  return exclusiveMaximum === undefined ? maximum : Math.min(maximum, below(exclusiveMaximum));
}

/** `within` is the surface where the node is its root or a row of it, else null. */
function detailOf(node: FieldNode, within: SurfaceEntry | null): Detail {
  const inner = node.items ?? node.values;
  return {
    node,
    text: textRule(node),
    choices: new Map(choicesOf(node).map((value, index) => [value, index + 1])),
    site: innerSite(node, inner, within),
    branches:
      node.branches === undefined
        ? NO_BRANCHES
        : new Map(
            Object.entries(node.branches).map(([value, branch], index) => [
              value,
              { index, site: objectSite(branch, within), place: 0 },
            ]),
          ),
  };
}

function innerSite(node: FieldNode, inner: FieldNode | undefined, within: SurfaceEntry | null): Site | null {
  if (inner !== undefined)
    return siteOf({ '': inner }, [], node.kind === 'array' && node === within?.root ? within : null);
  return node.kind === 'object' ? objectSite(node, within) : null;
}

function objectSite(node: FieldNode, within: SurfaceEntry | null): Site {
  return siteOf(node.fields ?? {}, node.required ?? [], null, within === null ? null : stampsOf(within, node));
}

/** The values of a choice in the order in which bytes stand for them. */
export function choicesOf(node: FieldNode): readonly unknown[] {
  return node.const === undefined ? (node.enum ?? []) : [node.const];
}

function textRule({ range, pattern, unit, typeName }: FieldNode): TextRule {
  const { minLength = 0, maxLength = Infinity } = range ?? {};
  if (range === undefined && pattern === undefined && unit === undefined && typeName === undefined) return ANY_TEXT;
  return {
    // The contract counts code points: a text that surrogate pairs may make too short is left to the general way.
    shortest: minLength > 1 ? 2 * minLength : minLength,
    longest: maxLength,
    pattern: pattern === undefined ? null : { pattern: new RegExp(pattern, 'u'), last: null },
    form: formOf({ range, pattern, unit, typeName }),
  };
}

function formOf({
  range,
  pattern,
  unit,
  typeName,
}: { [K in 'range' | 'pattern' | 'unit' | 'typeName']: FieldNode[K] }): TextForm {
  if (typeName === 'OrderId') return 'id';
  if (unit === 'iso8601') return 'time';
  return unit === 'epoch_s' || pattern !== undefined || range !== undefined ? 'other' : 'free';
}
