export { loadSchemas, type Schema, type SchemaFile, type SchemaSet } from './tree/load.js';
export {
  definitions,
  kebab,
  nullableRef,
  properties,
  resolveRef,
  typeModule,
  typeName,
  type Target,
} from './tree/resolve.js';
export { transform, walk } from './tree/walk.js';
export { bundle, type Bundle } from './tree/bundle.js';
export { surfaceFiles } from './tree/load.js';
export { createLocator } from './tree/positions.js';
export { UnreadableRef } from './tree/git.js';
export { loadReleases, type Release, type Releases } from './releases/releases.js';
export { listSteps, type MigrationStep } from './releases/steps.js';
export { diffSchemas, type Diff, type DiffOptions, type SurfaceDiff } from './diff/diff.js';
export { loadTree, type Tree } from './diff/tree.js';
export type { EvolutionFinding } from './finding.js';
export { evolutionRules } from './rules.js';
export { workingVersions } from './diff/working-versions.js';
export { resolveSince } from './tree/annotations.js';
export { releaseSchemas } from './release/release.js';
export type { ReleaseOptions, ReleaseReport } from './release/report.js';
export { fieldsOf, type Field } from './diff/fields.js';
export { tagOf } from './views/views.js';
