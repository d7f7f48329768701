import type { Schema } from '../tree/load.js';
import { definitionOf, nullableRef, properties } from '../tree/resolve.js';
import { escapeSegment } from '../tree/segment.js';

/** A field of a surface, references followed. */
export interface Field {
  /** Where it stands in a document: `*` for any item or key, `<fill>` for the branch with that tag. */
  readonly path: string;
  /** JSON pointer of its own schema, before references are followed. */
  readonly pointer: string;
  /** JSON pointer of the schema that it ends up in when references are followed. */
  readonly target: string;
  /** Path of the object that it is a key of. */
  readonly parent: string;
  /** Its key; `*` for items and values of maps. */
  readonly key: string;
  /** Its own keywords over those of what it refers to. */
  readonly facts: Schema;
  /** The former keys that x-renamed-from names. */
  readonly renamedFrom: readonly string[];
}

/** Every field of a self-contained schema by its path; the root has the path "". A recursive type is followed once. */
export function fieldsOf(schema: Schema): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  collect({ root: schema, fields, open: new Set() }, schema, { path: '', pointer: '', parent: '', key: '' });
  return fields;
}

interface Work {
  readonly root: Schema;
  readonly fields: Map<string, Field>;
  /** Pointers of the schemas around the one at hand. */
  readonly open: Set<string>;
}

type Place = Pick<Field, 'path' | 'pointer' | 'parent' | 'key'>;

function collect(work: Work, schema: Schema, place: Place): void {
  const { schema: facts, pointer: target } = follow(work.root, schema, place.pointer);
  if (!work.fields.has(place.path))
    work.fields.set(place.path, { ...place, target, facts, renamedFrom: renamedFrom(schema) });
  if (work.open.has(target)) return;
  work.open.add(target);
  for (const [segment, key, each, below] of children(work.root, facts)) {
    if (typeof each !== 'object' || each === null) continue;
    const path = `${place.path}/${segment}`;
    collect(work, each as Schema, { path, pointer: `${target}/${below}`, parent: place.path, key });
  }
  work.open.delete(target);
}

type Child = [segment: string, key: string, schema: unknown, below: string];

function* children(root: Schema, facts: Schema): Generator<Child> {
  for (const [key, each] of Object.entries(properties(facts)))
    yield [escapeSegment(key), key, each, `properties/${escapeSegment(key)}`];
  yield ['*', '*', facts['items'], 'items'];
  yield ['*', '*', facts['additionalProperties'], 'additionalProperties'];
  for (const [index, each] of listOf(facts['prefixItems']).entries())
    yield [String(index), String(index), each, `prefixItems/${index}`];
  const tag = facts['x-tag'];
  if (typeof tag !== 'string') return;
  for (const [index, each] of listOf(facts['oneOf']).entries()) {
    const { schema: branch } = follow(root, each as Schema, '');
    const name = `<${escapeSegment(String(properties(branch)[tag]?.['const']))}>`;
    yield [name, name, each, `oneOf/${index}`];
  }
}

/** The schema with what it refers to, nearer keywords over farther ones, and where the last of them stands. */
function follow(root: Schema, schema: Schema, pointer: string): { schema: Schema; pointer: string } {
  const chain = [schema];
  let at = pointer;
  const seen = new Set<string>();
  for (let ref = refOf(schema); ref !== null && !seen.has(ref);) {
    seen.add(ref);
    const target = targetOf(root, ref);
    if (target === undefined) break;
    at = ref.slice(1);
    chain.unshift(target);
    ref = refOf(target);
  }
  return { schema: Object.assign({}, ...chain) as Schema, pointer: at };
}

function refOf(schema: Schema): string | null {
  return typeof schema['$ref'] === 'string' ? schema['$ref'] : nullableRef(schema);
}

function targetOf(root: Schema, ref: string): Schema | undefined {
  if (ref === '#') return root;
  const name = /^#\/\$defs\/([^/]+)$/.exec(ref)?.[1];
  return name === undefined ? undefined : definitionOf(root, name);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function renamedFrom(schema: Schema): string[] {
  return [schema['x-renamed-from']].flat().filter((each) => typeof each === 'string');
}
