import { bundle } from '../tree/bundle.js';
import { UnreadableRef } from '../tree/git.js';
import type { GitTree } from '../tree/git.js';
import { isContractSchema, parseSchemas, surfaceFiles } from '../tree/load.js';
import type { SchemaSet } from '../tree/load.js';
import { NEXT, resolveSince } from '../tree/annotations.js';
import { MIGRATIONS } from '../paths.js';
import { parseReleases } from '../releases/releases.js';
import type { ReleaseIndex, Releases } from '../releases/releases.js';
import { stepOf, workingMajor } from '../releases/steps.js';
import type { MigrationStep } from '../releases/steps.js';
import { subject } from './subject.js';
import type { Subject, WorkingSubject } from './subject.js';

/** The working schemas of all surfaces, by name. */
export function workingSubjects(
  set: SchemaSet,
  releases: Releases,
  steps: readonly Pick<MigrationStep, 'surface' | 'from'>[],
): ReadonlyMap<string, WorkingSubject> {
  return new Map(
    surfaceFiles(set).map((file): [string, WorkingSubject] => {
      const { schema, origin } = bundle(set, file);
      const released = releases.of(file.name);
      const latest = released.at(-1);
      const resolved = resolveSince(
        schema,
        released.map((each) => each.schema),
        NEXT,
      );
      const named = {
        surface: file.name,
        label: 'the working schema',
        version: latest?.version ?? null,
        major: workingMajor(file.name, latest?.major ?? null, steps),
        dialects: dialectsOf(set, file.name),
      };
      return [file.name, { ...subject(named, resolved), origin }];
    }),
  );
}

/** Every released version of a surface, oldest first. */
export function releasedSubjects(releases: Releases, surface: string): Subject[] {
  return releases
    .of(surface)
    .map(({ version, major, schema, dialects }) =>
      subject({ surface, label: version, version, major, dialects }, schema),
    );
}

/** A contract as it was at a git ref. */
export interface PastTree {
  readonly subjects: ReadonlyMap<string, Subject>;
  readonly index: ReleaseIndex;
}

/** Reads the schemas at a git ref. `prefix` is the repository's path to the directory that holds schemas/. Throws `UnreadableRef` where they are broken there. */
export function treeAt(tree: GitTree, label: string, prefix = ''): PastTree {
  const schemas = `${prefix}schemas/`;
  const files = tree.list(schemas).map((file) => file.slice(schemas.length));
  const texts = (wanted: (relative: string) => boolean): [string, string][] =>
    files.filter(wanted).map((relative) => [relative, tree.read(`${schemas}${relative}`)]);
  const releases = parseReleases(
    new Map(texts((relative) => relative.startsWith('released/') && relative.endsWith('.json'))),
  );
  const migrations = `${prefix}${MIGRATIONS}/`;
  const steps = tree.list(migrations).flatMap((file) => stepOf(file.slice(migrations.length)) ?? []);
  const working = whole(label, () => workingSubjects(parseSchemas(texts(isContractSchema)), releases, steps));
  const subjects = new Map([...working].map(([name, each]): [string, Subject] => [name, { ...each, label }]));
  return { subjects, index: releases.index };
}

function whole<T>(label: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof UnreadableRef) throw error;
    throw new UnreadableRef(
      `the schemas of ${label} are broken: ${error.message}`,
      'Compare with a commit whose schemas are whole.',
    );
  }
}

/** Names of the legacy dialects of a surface. */
export function dialectsOf(set: SchemaSet, surface: string): string[] {
  return set.files
    .filter(
      ({ kind, schema }) =>
        kind === 'dialect' && (schema['x-dialect'] as { surface?: string } | undefined)?.surface === surface,
    )
    .map(({ name }) => name)
    .toSorted();
}
