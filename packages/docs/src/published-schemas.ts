import { bundle, resolveSince, transform } from '@hedge-telemetry/evolution';
import type { Schema, SchemaFile } from '@hedge-telemetry/evolution';

import type { DocsSource, SurfaceDocs } from './source.js';

const BASE = 'https://hedge-telemetry.dev/schemas/';

/**
 * The schemas as they are published: self-contained, without private keywords, by path below docs/schemas. The working
 * schema and those of reports stand under the path of their `$id`; each release under NAME/VERSION.json.
 */
export function publishedSchemas({ tree, surfaces }: DocsSource): Map<string, string> {
  const files = new Map<string, string>();
  const add = (path: string, schema: Schema): void => {
    files.set(`docs/schemas/${path}`, `${JSON.stringify(published(schema, path), null, 2)}\n`);
  };
  for (const { file, entry, releases } of surfaces) {
    const frozen = releases.map((each) => each.schema).toReversed();
    add(file.path, resolveSince(bundle(tree.set, file).schema, frozen, entry.version));
    for (const each of releases) add(`${entry.name}/${each.version}.json`, each.schema);
  }
  for (const file of recordFiles(tree.set.files)) add(file.path, bundle(tree.set, file).schema);
  files.set('docs/schemas/catalog.json', `${JSON.stringify(catalog(surfaces), null, 2)}\n`);
  return files;
}

function recordFiles(files: readonly SchemaFile[]): SchemaFile[] {
  return files.filter(({ path }) => path.startsWith('records/'));
}

function published(schema: Schema, path: string): Schema {
  const bare = transform(schema, (each) =>
    Object.fromEntries(Object.entries(each).filter(([keyword]) => !keyword.startsWith('x-'))),
  );
  return { ...bare, $id: `${BASE}${path}` };
}

/** A catalogue in the form of SchemaStore: which file is checked against which schema. */
function catalog(surfaces: readonly SurfaceDocs[]): Record<string, unknown> {
  return {
    $schema: 'https://json.schemastore.org/schema-catalog.json',
    version: 1,
    schemas: surfaces.map(({ entry, file, releases }) => ({
      name: entry.name,
      description: entry.description,
      fileMatch: [`**/${entry.file}`],
      url: `${BASE}${file.path}`,
      versions: Object.fromEntries(releases.map(({ version }) => [version, `${BASE}${entry.name}/${version}.json`])),
    })),
  };
}

/** Settings of the editor: state files are checked and completed by the published schemas, by file name. */
export function editorSettings(surfaces: readonly SurfaceDocs[]): string {
  const states = surfaces.filter(({ entry }) => entry.kind === 'state');
  const associations = states.map(({ entry, file }) => ({
    fileMatch: [`/**/${entry.file}`],
    url: `./docs/schemas/${file.path}`,
  }));
  return `${JSON.stringify({ 'json.schemas': associations }, null, 2)}\n`;
}
