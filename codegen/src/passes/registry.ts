import { kebab } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile, SchemaSet } from '@hedge-telemetry/evolution';

import { banner, plainBanner } from '../banner.js';
import { fieldTree } from '../model.js';
import type { FieldNode } from '../model.js';
import type { Output } from '../output.js';

/** A surface that has never been released is at this version. */
const FIRST_VERSION = '1.0.0';

/** The registry: what the contract says of every surface and of each of its fields. */
export function emitRegistry(set: SchemaSet): Output {
  const output: Output = new Map();
  const files = set.files.filter((each) => each.kind === 'state' || each.kind === 'ledger');
  for (const file of files) {
    const sources = [
      file,
      ...set.files.filter((each) => each.kind === 'dialect' && dialectOf(each)['surface'] === file.name),
    ];
    output.set(
      `registry/${kebab(file.name)}.js`,
      `${banner(sources)}\nexport default ${JSON.stringify(entry(set, file), null, 1)};\n`,
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

function entry(set: SchemaSet, file: SchemaFile): Record<string, unknown> {
  const surface = file.schema['x-surface'] as Record<string, unknown>;
  const root = fieldTree(set, file, file.schema);
  return {
    name: file.name,
    kind: file.kind,
    file: surface['file'],
    title: file.schema['title'],
    description: file.schema['description'],
    status: surface['status'],
    owner: surface['owner'],
    writer: surface['writer'],
    consumers: surface['consumers'],
    cadence: surface['cadence'],
    age: surface['age'],
    staleAfterSeconds: surface['stale_after_s'],
    sensitivity: surface['sensitivity'],
    invariants: surface['invariants'] ?? [],
    version: FIRST_VERSION,
    schemaTag: `${file.name}_v${FIRST_VERSION.split('.')[0]}`,
    schemaTagged: holdsTag(root),
    shape: shape(file.schema['x-shape'] as Schema),
    dialects: dialects(set, file.name),
    derived: derivedFields(root),
    root,
  };
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
