import { bundle, loadTree, resolveSince, surfaceFiles, tagOf, workingVersions } from '@hedge-telemetry/evolution';
import type { Release, Schema, SchemaFile, SchemaSet, Tree } from '@hedge-telemetry/evolution';

/** What everything is generated from. */
export interface Source {
  readonly set: SchemaSet;
  /** State surfaces and ledgers, sorted by path. */
  readonly surfaces: readonly Surface[];
}

/** A surface: its working schema and what was released of it. */
export interface Surface {
  readonly file: SchemaFile;
  /** MAJOR.MINOR.PATCH of the working schema. */
  readonly version: string;
  readonly major: number;
  /** Every frozen schema, oldest first. */
  readonly released: readonly Schema[];
  /** The latest release of each older major version, newest first. */
  readonly older: readonly Frozen[];
  /** Major versions from which a migration leads to the next, oldest first. */
  readonly steps: readonly number[];
}

/** The latest release of a major version, as a schema set of its own. */
export interface Frozen {
  readonly major: number;
  readonly version: string;
  readonly file: SchemaFile;
  readonly set: SchemaSet;
}

const BASE = 'https://hedge-telemetry.dev/schemas/';

/** Reads the schemas, releases and migrations below a root. */
export async function loadSource(root: string): Promise<Source> {
  const [tree, versions] = await Promise.all([loadTree(root), workingVersions(root)]);
  return { set: tree.set, surfaces: surfaceFiles(tree.set).map((file) => surfaceOf(tree, file, versions)) };
}

/** The schema tag of a major version. */
export function schemaTag({ name }: SchemaFile, major: number): string {
  return `${name}_v${major}`;
}

/** A step between two major versions and the self-contained schemas on both sides of it. */
export interface StepSchemas {
  readonly surface: string;
  readonly from: number;
  readonly oldSchema: Schema;
  readonly newSchema: Schema;
}

/** The steps that lead to the working version of a surface, oldest first. */
export function stepsOf(source: Source, surface: Surface): StepSchemas[] {
  const schemas = new Map(surface.older.map(({ major, file }) => [major, file.schema]));
  schemas.set(surface.major, workingBundle(source, surface));
  return surface.steps.flatMap((from) => {
    const [oldSchema, newSchema] = [schemas.get(from), schemas.get(from + 1)];
    return oldSchema === undefined || newSchema === undefined
      ? []
      : [{ surface: surface.file.name, from, oldSchema, newSchema }];
  });
}

/** The working schema of a surface as one that stands on its own. */
export function workingBundle({ set }: Source, { file, released, version }: Surface): Schema {
  return resolveSince(bundle(set, file).schema, released, version);
}

function surfaceOf(tree: Tree, file: SchemaFile, versions: ReadonlyMap<string, string>): Surface {
  const version = versions.get(file.name);
  if (version === undefined) throw new Error(`schemas/${file.path}: no version can be derived`);
  const major = Number(version.split('.')[0]);
  const releases = tree.releases.of(file.name);
  checkTag(file, tree.working.get(file.name)?.schema, major);
  const steps = tree.steps.filter(({ surface, from }) => surface === file.name && from < major);
  return {
    file,
    version,
    major,
    released: releases.map(({ schema }) => schema),
    older: olderMajors(file, major, releases),
    steps: steps.map(({ from }) => from).toSorted((a, b) => a - b),
  };
}

/** The tag in the schema must be that of its major version: a migration without it would be stamped as the old one. */
function checkTag(file: SchemaFile, working: Schema | undefined, major: number): void {
  const tag = working === undefined ? null : tagOf(working);
  if (tag !== null && tag !== schemaTag(file, major))
    throw new Error(
      `schemas/${file.path}: the tag is ${tag}, but the migrations make it ${schemaTag(file, major)}; correct the const of "schema", or the migration`,
    );
}

function olderMajors(file: SchemaFile, major: number, releases: readonly Release[]): Frozen[] {
  const latest = new Map(releases.map((each) => [each.major, each]));
  return [...latest.values()]
    .filter((each) => each.major < major)
    .toSorted((a, b) => b.major - a.major)
    .map((each) => frozen(file, each));
}

/** A frozen schema still says the `$id` of the working one; here it goes by an id of its own. */
function frozen({ kind, name }: SchemaFile, { file, major, version, schema, sha256 }: Release): Frozen {
  const id = `${BASE}${file}`;
  const own: SchemaFile = { path: file, id, kind, name, schema: { ...schema, $id: id }, hash: sha256.slice(0, 16) };
  return { major, version, file: own, set: { files: [own], byId: new Map([[id, own]]) } };
}
