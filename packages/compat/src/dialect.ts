import { isArray, isObject, member, type Json } from './json.js';

export type Dialect = 'draft-04' | 'draft-06' | 'draft-07' | '2019-09' | '2020-12';

const declared: readonly (readonly [RegExp, Dialect])[] = [
  [/draft-0?4\b/, 'draft-04'],
  [/draft-0?6\b/, 'draft-06'],
  [/draft-0?7\b/, 'draft-07'],
  [/2019-09/, '2019-09'],
  [/2020-12/, '2020-12'],
];

const maps = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'dependencies']);
const dataKeywords = new Set(['const', 'enum', 'default', 'examples']);

/** The `$schema` of each dialect. */
export const dialectUri: Readonly<Record<Dialect, string>> = {
  'draft-04': 'http://json-schema.org/draft-04/schema#',
  'draft-06': 'http://json-schema.org/draft-06/schema#',
  'draft-07': 'http://json-schema.org/draft-07/schema#',
  '2019-09': 'https://json-schema.org/draft/2019-09/schema',
  '2020-12': 'https://json-schema.org/draft/2020-12/schema',
};

/**
 * The dialect that `$schema` names. Without one it is `otherwise`, and without that what only an older draft says decides (boolean exclusive bounds;
 * tuples under `items`, `additionalItems`, `dependencies`), and otherwise it is 2020-12. Undefined for a `$schema`
 * that names no dialect known here.
 */
export function dialectOf(schema: Json, otherwise?: Dialect): Dialect | undefined {
  if (!isObject(schema)) return otherwise ?? '2020-12';
  const uri = member(schema, '$schema');
  if (uri !== undefined) return declared.find(([name]) => typeof uri === 'string' && name.test(uri))?.[1];
  return otherwise ?? guess(schema);
}

export function isLegacy(dialect: Dialect): boolean {
  return dialect === 'draft-04' || dialect === 'draft-06' || dialect === 'draft-07';
}

function guess(root: Json): Dialect {
  const queue: Json[] = [root];
  let dialect: Dialect = '2020-12';
  for (const value of queue) {
    if (isArray(value)) queue.push(...value);
    if (!isObject(value)) continue;
    for (const [key, item] of Object.entries(value)) {
      if (isObject(item) && maps.has(key)) queue.push(...Object.values(item));
      else if (!dataKeywords.has(key)) queue.push(item);
    }
    if (typeof member(value, 'exclusiveMinimum') === 'boolean') return 'draft-04';
    if (typeof member(value, 'exclusiveMaximum') === 'boolean') return 'draft-04';
    if (isArray(member(value, 'items'))) dialect = 'draft-07';
    if (member(value, 'additionalItems') !== undefined) dialect = 'draft-07';
    if (isObject(member(value, 'dependencies'))) dialect = 'draft-07';
  }
  return dialect;
}
