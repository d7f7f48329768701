import { contractPaths } from '../paths.js';
import { loadReleases } from '../releases/releases.js';
import type { Releases } from '../releases/releases.js';
import { listSteps } from '../releases/steps.js';
import type { MigrationStep } from '../releases/steps.js';
import { loadSchemas } from '../tree/load.js';
import type { SchemaSet } from '../tree/load.js';
import { workingSubjects } from './bases.js';
import type { WorkingSubject } from './subject.js';

/** What a comparison stands on. */
export interface Tree {
  readonly set: SchemaSet;
  readonly releases: Releases;
  readonly steps: readonly MigrationStep[];
  readonly working: ReadonlyMap<string, WorkingSubject>;
}

/** Reads the schemas, releases and migrations below a root. Throws where a schema is no JSON or refers to nothing. */
export async function loadTree(root: string): Promise<Tree> {
  const paths = contractPaths(root);
  const [set, releases, steps] = await Promise.all([
    loadSchemas(paths.schemas),
    loadReleases(paths.schemas),
    listSteps(paths.migrations),
  ]);
  return { set, releases, steps, working: workingSubjects(set, releases, steps) };
}
