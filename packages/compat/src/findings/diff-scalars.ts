import { canonical, equal, isArray, member, type Json } from '../json.js';
import { fromNumber, isMultiple } from '../rational.js';
import { change, type Change, type Pair } from './change.js';

const bounds: readonly (readonly [string, string])[] = [
  ['minimum', 'minimum'],
  ['maximum', 'maximum'],
  ['exclusiveMinimum', 'exclusive-minimum'],
  ['exclusiveMaximum', 'exclusive-maximum'],
  ['minLength', 'min-length'],
  ['maxLength', 'max-length'],
  ['minItems', 'min-items'],
  ['maxItems', 'max-items'],
  ['minContains', 'min-contains'],
  ['maxContains', 'max-contains'],
  ['minProperties', 'min-properties'],
  ['maxProperties', 'max-properties'],
];

const annotations: readonly (readonly [string, string])[] = [
  ['title', 'title-changed'],
  ['description', 'description-changed'],
  ['examples', 'examples-changed'],
  ['default', 'default-changed'],
  ['x-unit', 'unit-changed'],
  ['$schema', 'dialect-changed'],
  ['$id', 'schema-id-changed'],
];

const mostValues = 24;

/** Changes of what binds values without sub-schemas, and of annotations. */
export function scalarChanges(pair: Pair): Change[] {
  return [
    ...typeChanges(pair),
    ...valueChanges(pair),
    ...bounds.flatMap(([keyword, name]) => boundChanges(pair, keyword, name)),
    ...multipleChanges(pair),
    ...present(pair, 'pattern', 'pattern', 'pattern-incomparable'),
    ...present(pair, 'format', 'format', 'format-changed'),
    ...uniqueChanges(pair),
    ...annotationChanges(pair),
  ];
}

/** A keyword that is added, removed or changed as a whole. */
export function present(pair: Pair, keyword: string, name: string, changed: string): Change[] {
  const [before, after] = [member(pair.old, keyword), member(pair.new, keyword)];
  if (equal(before, after)) return [];
  const rule = before === undefined ? `${name}-added` : after === undefined ? `${name}-removed` : changed;
  return [change(pair, rule, keyword)];
}

function typeChanges(pair: Pair): Change[] {
  const [before, after] = [typesOf(pair.old['type']), typesOf(pair.new['type'])];
  const lost = [...before].filter((type) => !after.has(type));
  const gained = [...after].filter((type) => !before.has(type));
  if (lost.length + gained.length === 0) return [];
  if (gained.length === 0) return [change(pair, lost.join() === 'null' ? 'null-removed' : 'type-narrowed', 'type')];
  if (lost.length === 0) return [change(pair, gained.join() === 'null' ? 'null-added' : 'type-widened', 'type')];
  return [change(pair, 'type-changed', 'type')];
}

function typesOf(type: Json | undefined): Set<string> {
  const names = type === undefined ? ['null', 'boolean', 'number', 'string', 'array', 'object'] : [type].flat();
  const all = new Set(names.map(String));
  if (all.has('number')) all.add('integer');
  return all;
}

function valueChanges(pair: Pair): Change[] {
  const [before, after] = [valuesOf(pair.old), valuesOf(pair.new)];
  if (before === undefined && after === undefined) return [];
  const constant = (values: readonly Json[] | undefined, schema: Pair['old']) =>
    values === undefined || member(schema, 'const') !== undefined;
  if (constant(before, pair.old) && constant(after, pair.new)) return present(pair, 'const', 'const', 'const-changed');
  if (before === undefined) return [change(pair, 'enum-introduced', 'enum')];
  if (after === undefined) return [change(pair, 'enum-dropped', 'enum')];
  return enumChanges(pair, before, after);
}

function enumChanges(pair: Pair, before: readonly Json[], after: readonly Json[]): Change[] {
  const [old, next] = [new Set(before.map(canonical)), new Set(after.map(canonical))];
  const removed = before.filter((value) => !next.has(canonical(value)));
  const added = after.filter((value) => !old.has(canonical(value)));
  const edit = (values: readonly Json[]) => [
    { path: [...pair.oldPath, 'const'], value: undefined },
    { path: [...pair.oldPath, 'enum'], value: values },
  ];
  const without = (value: Json) => edit(before.filter((other) => other !== value));
  if (removed.length + added.length > mostValues) {
    return [change(pair, removed.length > 0 ? 'enum-introduced' : 'enum-dropped', 'enum', { edits: edit(after) })];
  }
  return [
    ...removed.map((value) =>
      change(pair, 'enum-value-removed', 'enum', { before: value, after: undefined, edits: without(value) }),
    ),
    ...added.map((value) =>
      change(pair, 'enum-value-added', 'enum', { before: undefined, after: value, edits: edit([...before, value]) }),
    ),
  ];
}

function valuesOf(schema: Pair['old']): readonly Json[] | undefined {
  const constant = member(schema, 'const');
  const values = member(schema, 'enum');
  return constant === undefined ? (isArray(values) ? values : undefined) : [constant];
}

function boundChanges(pair: Pair, keyword: string, name: string): Change[] {
  const [before, after] = [member(pair.old, keyword), member(pair.new, keyword)];
  const raised = typeof before === 'number' && typeof after === 'number' && after > before;
  return present(pair, keyword, name, raised ? `${name}-raised` : `${name}-lowered`);
}

function multipleChanges(pair: Pair): Change[] {
  const [before, after] = [member(pair.old, 'multipleOf'), member(pair.new, 'multipleOf')];
  if (equal(before, after)) return [];
  if (typeof after !== 'number') return [change(pair, 'multiple-of-widened', 'multipleOf')];
  if (typeof before !== 'number') return [change(pair, 'multiple-of-narrowed', 'multipleOf')];
  const [old, next] = [fromNumber(before), fromNumber(after)];
  const narrower = isMultiple(next, old) ? 'narrowed' : isMultiple(old, next) ? 'widened' : 'incomparable';
  return [change(pair, `multiple-of-${narrower}`, 'multipleOf')];
}

function uniqueChanges(pair: Pair): Change[] {
  const [before, after] = [pair.old['uniqueItems'] === true, pair.new['uniqueItems'] === true];
  return before === after ? [] : [change(pair, after ? 'unique-items-added' : 'unique-items-removed', 'uniqueItems')];
}

/** Changes of what no validator looks at. */
export function annotationChanges(pair: Pair): Change[] {
  const changes = annotations.flatMap(([keyword, rule]) =>
    equal(member(pair.old, keyword), member(pair.new, keyword)) ? [] : [change(pair, rule, keyword, { edits: [] })],
  );
  const deprecated = pair.old['deprecated'] !== true && pair.new['deprecated'] === true;
  return deprecated ? [...changes, change(pair, 'deprecated-added', 'deprecated', { edits: [] })] : changes;
}
