import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import type { SurfaceEntry } from '@hedge-telemetry/contract';
import { loadTree } from '@hedge-telemetry/evolution';
import type { Release, SchemaFile, Tree } from '@hedge-telemetry/evolution';

import { changelogEntries } from './model/changelog.js';
import type { ChangelogEntry } from './model/changelog.js';
import { loadExamples } from './model/examples.js';
import type { Examples } from './model/examples.js';
import { oldNames, renames } from './model/renames.js';
import type { Rename } from './model/renames.js';

/** What the pages are made from. */
export interface DocsSource {
  readonly tree: Tree;
  /** State surfaces, then ledgers, each by name. */
  readonly surfaces: readonly SurfaceDocs[];
  /** Entries of CHANGELOG.md, newest first. */
  readonly changelog: readonly ChangelogEntry[];
}

/** What the contract says of a surface, with its examples and releases. */
export interface SurfaceDocs {
  readonly entry: SurfaceEntry;
  /** The working schema. */
  readonly file: SchemaFile;
  readonly examples: Examples;
  /** Frozen versions, newest first. */
  readonly releases: readonly Release[];
  /** Dialect to what becomes of its keys. */
  readonly renames: ReadonlyMap<string, readonly Rename[]>;
  /** Path of a field to its names in the dialects, where they differ. */
  readonly oldNames: ReadonlyMap<string, readonly string[]>;
}

/** Reads schemas, releases, examples, changelog and the generated registry below a root. */
export async function loadDocsSource(root: string): Promise<DocsSource> {
  const [tree, registry, changelog] = await Promise.all([
    loadTree(root),
    loadRegistry(root),
    readFile(path.join(root, 'CHANGELOG.md'), 'utf8').catch(() => ''),
  ]);
  const surfaces = await Promise.all(Object.values(registry).map((entry) => surfaceDocs(root, tree, entry)));
  return { tree, surfaces: surfaces.toSorted(byKindAndName), changelog: changelogEntries(changelog) };
}

async function surfaceDocs(root: string, tree: Tree, entry: SurfaceEntry): Promise<SurfaceDocs> {
  const file = tree.set.files.find(({ kind, name }) => kind === entry.kind && name === entry.name);
  if (file === undefined) throw new Error(`the registry names ${entry.name}, schemas/ does not: npm run generate`);
  const examples = await loadExamples(root, entry.name);
  const releases = tree.releases.of(entry.name).toReversed();
  const legacy = entry.dialects.map(({ name }) => {
    const own = examples.legacy.filter(({ dialect }) => dialect === name);
    return [name, renames(entry.name, own)] as const;
  });
  const byDialect = new Map(legacy);
  return { entry, file, examples, releases, renames: byDialect, oldNames: oldNames(byDialect.values()) };
}

/** The registry below the root itself, which may declare other surfaces than the contract that is installed. */
async function loadRegistry(root: string): Promise<Readonly<Record<string, SurfaceEntry>>> {
  const file = path.resolve(root, 'packages/contract/generated/registry/index.js');
  const { registry } = (await import(pathToFileURL(file).href)) as { registry: Record<string, SurfaceEntry> };
  return registry;
}

function byKindAndName({ entry: a }: SurfaceDocs, { entry: b }: SurfaceDocs): number {
  if (a.kind !== b.kind) return a.kind === 'state' ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}

/** Path of the page of a surface below docs/. */
export function surfacePage({ kind, name }: Pick<SurfaceEntry, 'kind' | 'name'>): string {
  return `${kind === 'state' ? 'surfaces' : 'ledgers'}/${name}.md`;
}
