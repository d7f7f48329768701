import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { dialectsOf } from '../diff/bases.js';
import { diffTree } from '../diff/diff.js';
import type { Diff, SurfaceDiff } from '../diff/diff.js';
import { loadTree } from '../diff/tree.js';
import type { Tree } from '../diff/tree.js';
import { EXEMPTIONS_FILE, loadExemptions } from '../exemptions.js';
import type { Exemption } from '../exemptions.js';
import { isBreaking, isLasting, isUndecided } from '../finding.js';
import type { EvolutionFinding } from '../finding.js';
import { contractPaths } from '../paths.js';
import type { Accepted } from '../releases/releases.js';
import { bundle } from '../tree/bundle.js';
import type { Bundle } from '../tree/bundle.js';
import { surfaceFiles } from '../tree/load.js';
import { changelogWith } from './changelog.js';
import { freeze, indexText } from './freeze.js';
import type { Frozen } from './freeze.js';
import { openMajors } from './open-majors.js';
import type { ReleaseOptions, ReleaseReport } from './report.js';
import { sinceEdits, withSince } from './source-edits.js';
import type { Resolved } from './source-edits.js';
import { testsTouched } from './tests-touched.js';
import { writeAll } from './writes.js';
import type { Writes } from './writes.js';

/**
 * Derives the next version of every changed surface and freezes it. Where a surface has a break and no migration yet, it
 * opens the next major version instead: it writes the migration and moves the schema's tag, and nothing is frozen.
 */
export async function releaseSchemas(options: ReleaseOptions): Promise<ReleaseReport> {
  const { root, today, onSurface } = options;
  const tree = await loadTree(root);
  const diff = await diffTree(tree, {
    root,
    against: 'released',
    today,
    ...(onSurface === undefined ? {} : { onSurface }),
  });
  const refused = refusals(diff);
  const none = { diff, released: [], stubs: [], files: [] };
  if (refused.length > 0) return { ...none, outcome: 'refused', findings: refused };
  const changed = diff.surfaces.filter(({ step }) => step !== 'none');
  if (changed.length === 0) return { ...none, outcome: 'unchanged', findings: [] };
  const broken = changed.filter(({ step, major }) => step === 'major' && !major);
  if (broken.length > 0) return openMajors(options, tree, diff, broken);
  return freezeAll(options, tree, diff, changed);
}

/** Errors that no migration mends. One that leads to a new major version needs no proof of compatibility. */
function refusals(diff: Diff): EvolutionFinding[] {
  const breaking = new Set(diff.surfaces.filter(({ step }) => step === 'major').map(({ surface }) => surface));
  const isMended = (each: EvolutionFinding): boolean =>
    breaking.has(each.surface ?? '') && !isLasting(each) && (isBreaking(each) || isUndecided(each));
  return diff.findings.filter((each) => each.level === 'error' && !isMended(each));
}

async function freezeAll(
  options: ReleaseOptions,
  tree: Tree,
  diff: Diff,
  changed: readonly SurfaceDiff[],
): Promise<ReleaseReport> {
  const { root, dryRun = false, summary } = options;
  const bundles = new Map(surfaceFiles(tree.set).map((file) => [file.name, bundle(tree.set, file)]));
  const frozen = changed.flatMap((each) => frozenOf(each, tree, bundles.get(each.surface), diff));
  const writes: Writes = new Map(frozen.map(({ file, text }) => [`schemas/${file}`, text]));
  const [index, text] = indexText(tree.releases.index, frozen);
  writes.set(`schemas/${index}`, text);
  for (const [file, versions] of sinceEdits(resolvedOf(bundles, frozen, tree)))
    writes.set(`schemas/${file}`, withSince(await readFile(path.join(root, 'schemas', file), 'utf8'), versions));
  const exemptions = await remainingExemptions(root, frozen);
  if (exemptions !== null) writes.set(`schemas/${EXEMPTIONS_FILE}`, exemptions);
  const changelog = await readFile(contractPaths(root).changelog, 'utf8').catch(() => '# Changelog\n');
  writes.set('CHANGELOG.md', changelogWith(changelog, { frozen, tree, tests: testsTouched(root), summary }));
  const files = await writeAll(root, writes, dryRun);
  const released = frozen.map(({ surface, version }) => ({ surface, version }));
  return { outcome: 'released', diff, released, stubs: [], files, findings: [] };
}

function frozenOf({ surface, next }: SurfaceDiff, tree: Tree, working: Bundle | undefined, diff: Diff): Frozen[] {
  if (next === null || working === undefined) return [];
  return [
    freeze({
      surface,
      version: next,
      schema: working.schema,
      dialects: dialectsOf(tree.set, surface),
      accepted: acceptedOf(surface, diff),
      releases: tree.releases,
    }),
  ];
}

function acceptedOf(surface: string, diff: Diff): Accepted[] {
  return diff.findings.flatMap((finding) => {
    const exemption = finding.surface === surface ? diff.exempted.get(finding.fingerprint) : undefined;
    if (exemption === undefined) return [];
    const { fingerprint, reason, affects } = exemption;
    return [{ fingerprint, rule: finding.rule, reason, affects }];
  });
}

/** Every surface as it is released now, or as it was before where nothing changed. */
function resolvedOf(bundles: ReadonlyMap<string, Bundle>, frozen: readonly Frozen[], tree: Tree): Resolved[] {
  const versions = new Map(frozen.map(({ surface, schema }) => [surface, schema]));
  return [...bundles].map(([surface, each]) => ({
    bundle: each,
    resolved: versions.get(surface) ?? tree.working.get(surface)?.schema ?? each.schema,
  }));
}

/** schemas/exemptions.json without those that the release has taken into its index; null where it stays as it is. */
async function remainingExemptions(root: string, frozen: readonly Frozen[]): Promise<string | null> {
  const taken = new Set(frozen.flatMap(({ entry }) => entry.accepted.map(({ fingerprint }) => fingerprint)));
  if (taken.size === 0) return null;
  const list = (await loadExemptions(contractPaths(root).schemas)) ?? [];
  const left = (list as Exemption[]).filter(({ fingerprint }) => !taken.has(fingerprint));
  return `${JSON.stringify(left, null, 2)}\n`;
}
