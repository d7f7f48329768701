import { kebab } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { banner, plainBanner } from '../banner.js';
import { fieldTree } from '../model.js';
import type { FieldNode } from '../model.js';
import type { Output } from '../output.js';
import { schemaTag, workingBundle } from '../source.js';
import type { Frozen, Source, Surface } from '../source.js';

/** The registry: what the contract says of every surface and of each of its fields. */
export function emitRegistry(source: Source): Output {
  const { set, surfaces } = source;
  const output: Output = new Map();
  const files = surfaces.map(({ file }) => file);
  for (const surface of surfaces) {
    const { file, older } = surface;
    const dialects = set.files.filter((each) => each.kind === 'dialect' && dialectOf(each)['surface'] === file.name);
    const sources = [file, ...older.map((each) => each.file), ...dialects];
    output.set(
      `registry/${kebab(file.name)}.js`,
      `${banner(sources)}\nexport default ${JSON.stringify(surfaceEntry(source, surface), null, 1)};\n`,
    );
  }
  const imports = files.map((file, index) => `import surface${index} from './${kebab(file.name)}.js';`);
  const entries = files.map((file, index) => `  ${file.name}: surface${index},`);
  output.set(
    'registry/index.js',
    [plainBanner, ...imports, '', 'export const registry = {', ...entries, '};', ''].join('\n'),
  );
  output.set(
    'registry/index.d.ts',
    `${plainBanner}\nexport declare const registry: Readonly<Record<string, unknown>>;\n`,
  );
  return output;
}

/** What the contract says of a surface, and of each of its fields. */
export function surfaceEntry(source: Source, surface: Surface): Record<string, unknown> {
  const { file, version, major, older } = surface;
  const facts = file.schema['x-surface'] as Record<string, unknown>;
  const root = ownTree(file, workingBundle(source, surface));
  return {
    name: file.name,
    kind: file.kind,
    file: facts['file'],
    title: file.schema['title'],
    description: file.schema['description'],
    status: facts['status'],
    owner: facts['owner'],
    writer: facts['writer'],
    consumers: facts['consumers'],
    cadence: facts['cadence'],
    age: facts['age'],
    staleAfterSeconds: facts['stale_after_s'],
    sensitivity: facts['sensitivity'],
    invariants: facts['invariants'] ?? [],
    version,
    schemaTag: schemaTag(file, major),
    schemaTagged: holdsTag(root),
    shape: distinctShape(file.schema, root, older),
    majors: older.map((each, index) => olderMajor(each, older.slice(index + 1))),
    dialects: dialects(source.set, file.name),
    derived: derivedFields(root),
    root,
  };
}

/** The field tree of a self-contained schema: shared types say of their fields what holds for this surface. */
function ownTree(file: SchemaFile, schema: Schema): FieldNode {
  const own = { ...file, schema };
  return fieldTree({ files: [own], byId: new Map([[own.id, own]]) }, own, schema);
}

function olderMajor({ file, major, version }: Frozen, older: readonly Frozen[]): Record<string, unknown> {
  const root = ownTree(file, file.schema);
  return {
    major,
    version,
    schemaTag: schemaTag(file, major),
    schemaTagged: holdsTag(root),
    shape: distinctShape(file.schema, root, older),
  };
}

/** The shape of a version, which also lacks the root keys that only older major versions have: an untagged document that holds one is of such a version. */
function distinctShape(schema: Schema, root: FieldNode, older: readonly Frozen[]): Record<string, unknown> {
  const said = shape(schema['x-shape'] as Schema);
  const gone = older
    .flatMap(({ file }) => Object.keys(ownTree(file, file.schema).fields ?? {}))
    .filter((key) => root.fields?.[key] === undefined);
  return { ...said, lacks: [...new Set([...(said['lacks'] as string[]), ...gone])] };
}

function dialects(set: SchemaSet, surface: string): unknown[] {
  return set.files
    .filter((each) => each.kind === 'dialect')
    .map(dialectOf)
    .filter((each) => each['surface'] === surface)
    .toSorted((a, b) => Number(a['order']) - Number(b['order']))
    .map((each) => ({ name: each['name'], source: each['source'], ...shape(each) }));
}

function dialectOf(file: SchemaFile): Schema {
  return file.schema['x-dialect'] as Schema;
}

function shape(source: Schema): Record<string, unknown> {
  const { root, has = [], has_any: hasAny = [], lacks = [], equals = {} } = source;
  return { root, has, hasAny, lacks, equals };
}

function holdsTag(root: FieldNode): boolean {
  if (root.kind === 'union') return Object.values(root.branches ?? {}).every(holdsTag);
  return root.fields?.['schema'] !== undefined;
}

function derivedFields(root: FieldNode): unknown[] {
  return Object.entries(root.fields ?? {}).flatMap(([key, node]) =>
    node.derived === undefined ? [] : [{ pointer: `/${key}`, ...(node.derived as object) }],
  );
}
