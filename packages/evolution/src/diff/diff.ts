import { applyExemptions, exemptedBy, loadExemptions } from '../exemptions.js';
import type { Exempted } from '../exemptions.js';
import { evolutionFinding } from '../finding.js';
import type { EvolutionFinding } from '../finding.js';
import { bump, FIRST_VERSION } from '../releases/version.js';
import { gitTree } from '../tree/git.js';
import { contractPaths } from '../paths.js';
import { withAccepted } from './accepted.js';
import { releasedSubjects, treeAt } from './bases.js';
import { locate } from './locate.js';
import { outcomeOf } from './outcome.js';
import type { Outcome } from './outcome.js';
import type { Subject, WorkingSubject } from './subject.js';
import { compareSurface, stepOf } from './surface-diff.js';
import type { SurfaceComparison } from './surface-diff.js';
import { rewrittenFindings, tamperingFindings } from './tampering.js';
import { loadTree } from './tree.js';
import type { Tree } from './tree.js';

export interface DiffOptions {
  /** Directory that holds schemas/ and packages/contract/. */
  readonly root: string;
  /** "released": all released versions, transitively. Else a git ref. */
  readonly against: string;
  /** Only this surface. */
  readonly surface?: string;
  /** YYYY-MM-DD; exemptions expire by it. Without it they do not. */
  readonly today?: string;
  /** Hears which surface is compared next: its name, its number counted from 0, and how many there are. */
  readonly onSurface?: OnSurface;
}

export type OnSurface = (surface: string, index: number, count: number) => void;

/** One surface: where it stands, where it would go, and why. */
export interface SurfaceDiff {
  readonly surface: string;
  /** Latest released version; null where there is none. */
  readonly released: string | null;
  /** Version that a release would give it now; null where the step is not decided or not to be had. */
  readonly next: string | null;
  /** How far it is from its releases, whatever it is compared with. */
  readonly step: SurfaceComparison['step'] | 'first';
  /** The next major version is open: a migration to it exists. */
  readonly major: boolean;
  readonly comparisons: readonly SurfaceComparison[];
  readonly findings: readonly EvolutionFinding[];
}

export interface Diff {
  readonly against: string;
  readonly surfaces: readonly SurfaceDiff[];
  /** All findings, those about no single surface first. */
  readonly findings: readonly EvolutionFinding[];
  readonly outcome: Outcome;
  readonly exempted: Exempted['used'];
}

/** Compares the working schemas with all released versions or with a git ref. Throws `UnreadableRef` for a ref that cannot be read. */
export async function diffSchemas(options: DiffOptions): Promise<Diff> {
  return diffTree(await loadTree(options.root), options);
}

/** The same for a tree that was read before. */
export async function diffTree(tree: Tree, options: DiffOptions): Promise<Diff> {
  const exemptions = await loadExemptions(contractPaths(options.root).schemas);
  const { bases, rewritten } = basesOf(tree, options);
  const names = [...new Set([...tree.working.keys(), ...tree.releases.surfaces, ...bases.keys()])]
    .filter((name) => options.surface === undefined || name === options.surface)
    .toSorted();
  const ofReleases = options.against === RELEASED;
  const raw = names.map((name, index) => {
    options.onSurface?.(name, index, names.length);
    return compareAll(name, bases.get(name) ?? [], ofReleases, tree);
  });
  const general = [...tamperingFindings(tree.releases), ...rewritten];
  const exempted = applyExemptions(
    raw.flatMap((each) => [...each.findings, ...each.sinceReleases]),
    exemptions,
    options.today,
    options.surface === undefined && ofReleases,
  );
  const surfaces = raw.map((each) => conclude(each, exempted));
  const findings = await locate(options.root, [
    ...general,
    ...exempted.problems,
    ...surfaces.flatMap((each) => each.findings),
  ]);
  const compared = raw.some(({ comparisons }) => comparisons.length > 0);
  return {
    against: options.against,
    surfaces,
    findings,
    outcome: outcomeOf(findings, general.length + exempted.problems.length > 0, compared),
    exempted: exempted.used,
  };
}

const RELEASED = 'released';

interface Bases {
  readonly bases: ReadonlyMap<string, readonly Subject[]>;
  /** What was frozen at the ref and is not what it was. */
  readonly rewritten: readonly EvolutionFinding[];
}

function basesOf(tree: Tree, { root, against }: DiffOptions): Bases {
  const { releases } = tree;
  if (against === RELEASED)
    return { bases: new Map(releases.surfaces.map((name) => [name, releasedSubjects(releases, name)])), rewritten: [] };
  const { subjects, index } = treeAt(gitTree(root, against), against, contractPaths(root).prefix);
  return {
    bases: new Map([...subjects].map(([name, each]) => [name, [each]])),
    rewritten: rewrittenFindings(index, releases, against),
  };
}

interface Raw extends Pick<SurfaceDiff, 'surface' | 'comparisons' | 'findings'> {
  readonly working: WorkingSubject | null;
  /** The latest release; null where there is none. */
  readonly latest: Subject | null;
  /** Against every release, from which the next version follows. */
  readonly sinceReleases: readonly EvolutionFinding[];
}

function compareAll(surface: string, bases: readonly Subject[], ofReleases: boolean, tree: Tree): Raw {
  const working = tree.working.get(surface);
  const none = { surface, comparisons: [], sinceReleases: [], latest: null };
  if (working === undefined) return { ...none, working: null, findings: [gone(surface, bases)] };
  const known = new Map(bases.map((base) => [base, compareSurface(base, working, tree.steps)]));
  const settled = (base: Subject): EvolutionFinding[] => {
    const { findings } = known.get(base) ?? compareSurface(base, working, tree.steps);
    return withAccepted(findings, base, tree.releases);
  };
  const releases = ofReleases ? bases : releasedSubjects(tree.releases, surface);
  const findings = bases.length === 0 ? [added(working)] : distinct(bases.flatMap(settled));
  return {
    surface,
    working,
    comparisons: [...known.values()],
    findings,
    latest: releases.at(-1) ?? null,
    sinceReleases: ofReleases ? findings : distinct(releases.flatMap(settled)),
  };
}

/** One finding per fingerprint, in order; an error before what was accepted of the same change elsewhere. */
function distinct(findings: readonly EvolutionFinding[]): EvolutionFinding[] {
  const held = new Map<string, EvolutionFinding>();
  for (const each of findings) {
    const known = held.get(each.fingerprint);
    if (known === undefined || (known.level !== 'error' && each.level === 'error')) held.set(each.fingerprint, each);
  }
  return [...held.values()];
}

function gone(surface: string, bases: readonly Subject[]): EvolutionFinding {
  const where = bases.at(-1)?.label;
  return evolutionFinding('surface-removed', {
    surface,
    message: `${surface}${where === undefined ? ' was released and' : `, which stands in ${where},`} has no schema any more`,
  });
}

function added(working: WorkingSubject): EvolutionFinding {
  const { file, pointer } = working.origin('');
  return evolutionFinding('surface-added', { surface: working.surface, file: `schemas/${file}`, pointer });
}

function conclude({ surface, working, latest, comparisons, ...raw }: Raw, exempted: Exempted): SurfaceDiff {
  const settled = (findings: readonly EvolutionFinding[]): EvolutionFinding[] =>
    findings.map((each) => {
      const exemption = exempted.used.get(each.fingerprint);
      return exemption === undefined || each.level !== 'error' ? each : exemptedBy(each, exemption);
    });
  const major = latest !== null && working !== null && latest.major < working.major;
  const released = latest?.label ?? null;
  const shared = { surface, comparisons, findings: settled(raw.findings), released, major };
  if (working === null) return { ...shared, step: 'undecided', next: null };
  if (latest === null) return { ...shared, step: 'first', next: FIRST_VERSION };
  if (major) return { ...shared, step: 'major', next: `${working.major}.0.0` };
  const step = stepOf(latest, working, settled(raw.sinceReleases));
  return { ...shared, step, next: step === 'undecided' ? null : bump(latest.label, step) };
}
