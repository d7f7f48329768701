import { compareDirection } from '@hedge-telemetry/compat';
import type { Json } from '@hedge-telemetry/compat';

import type { Schema } from '../tree/load.js';
import { properties } from '../tree/resolve.js';
import { unescapeSegment } from '../tree/segment.js';
import { transform } from '../tree/walk.js';
import { writerView } from '../views/views.js';
import type { Field } from './fields.js';
import type { Subject } from './subject.js';

/** The smallest document that a writer of this version may have written and that holds the field. */
export function documentWith(base: Subject, path: string): Json | undefined {
  return smallest(base, demand(base, path, {}));
}

/** The smallest document that a writer of this version may have written without the field. */
export function documentWithout(base: Subject, { parent, key }: Pick<Field, 'parent' | 'key'>): Json | undefined {
  return smallest(base, demand(base, parent, { not: { required: [key] } }));
}

/** Name of the definition that holds the root, to which a reference to the root must lead below allOf too. */
const ROOT = 'document';

function smallest(base: Subject, wanted: Schema): Json | undefined {
  const local = transform(writerView(base.schema), (each) =>
    each['$ref'] === '#' ? { ...each, $ref: `#/$defs/${ROOT}` } : each,
  );
  const { $schema, $defs, ...root } = local;
  const schema: Schema = {
    allOf: [{ $ref: `#/$defs/${ROOT}` }, wanted],
    $defs: { ...($defs as Schema | undefined), [ROOT]: root },
  };
  if ($schema !== undefined) schema['$schema'] = $schema;
  return compareDirection(schema, false, 'backward', { explain: false }).witness;
}

/** A schema of the documents in which what stands at the path satisfies `last`. */
function demand(base: Subject, path: string, last: Schema): Schema {
  const segments = path.split('/').slice(1);
  let wanted = last;
  for (let index = segments.length - 1; index >= 0; index--) {
    const at = ['', ...segments.slice(0, index)].join('/');
    wanted = demandOf(base, at, segments[index] ?? '', wanted);
  }
  return wanted;
}

function demandOf(base: Subject, parent: string, segment: string, below: Schema): Schema {
  const facts = base.fields.get(parent)?.facts ?? {};
  const key = unescapeSegment(segment);
  if (Object.hasOwn(properties(facts), key)) return withKey(key, below);
  const tag = facts['x-tag'];
  if (typeof tag === 'string') return branch(tag, base.fields.get(`${parent}/${segment}`), below);
  if (segment === '*') return { anyOf: [anItem(below), aValue(below)] };
  if (/^\d+$/.test(segment)) return tupleItem(Number(segment), below);
  return withKey(key, below);
}

function withKey(key: string, below: Schema): Schema {
  return { type: 'object', required: [key], properties: { [key]: below } };
}

function branch(tag: string, field: Field | undefined, below: Schema): Schema {
  const value = properties(field?.facts ?? {})[tag]?.['const'];
  return { allOf: [withKey(tag, value === undefined ? {} : { const: value }), below] };
}

function anItem(below: Schema): Schema {
  return { type: 'array', minItems: 1, items: below };
}

function aValue(below: Schema): Schema {
  return { type: 'object', minProperties: 1, additionalProperties: below };
}

function tupleItem(index: number, below: Schema): Schema {
  const before = Array.from({ length: index }, () => ({}));
  return { type: 'array', minItems: index + 1, prefixItems: [...before, below] };
}
