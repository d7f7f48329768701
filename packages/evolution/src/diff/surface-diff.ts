import { evolutionFinding, isBreaking, isLasting, isUndecided } from '../finding.js';
import type { EvolutionFinding } from '../finding.js';
import type { MigrationStep } from '../releases/steps.js';
import type { Step } from '../releases/version.js';
import { inclusion } from './inclusion.js';
import type { Verdict } from './inclusion.js';
import { keyFindings } from './key-rules.js';
import { meaningFindings } from './meaning-rules.js';
import type { Subject, WorkingSubject } from './subject.js';
import { surfaceFindings } from './surface-rules.js';

/** The working schema of a surface against one version of it. */
export interface SurfaceComparison {
  readonly surface: string;
  /** The version, or the git ref. */
  readonly base: string;
  /** `migrated`: the base is of an older major version, from which migrations lead here. */
  readonly backward: Verdict | 'migrated';
  readonly forward: Verdict | 'migrated';
  /** How far the working schema is from the base. */
  readonly step: Step | 'undecided';
  readonly findings: readonly EvolutionFinding[];
}

const SAME: Verdict = { answer: 'compatible' };

/** Compares by set inclusion over the two views, then by the contract's own rules; across major versions asks for migrations. */
export function compareSurface(
  base: Subject,
  working: WorkingSubject,
  steps: readonly MigrationStep[],
): SurfaceComparison {
  const place = { surface: working.surface, base: base.label };
  if (base.major < working.major) return { ...place, ...acrossMajors(base, working, steps) };
  if (base.content === working.content) {
    const findings = surfaceFindings(base, working);
    return { ...place, backward: SAME, forward: SAME, step: 'none', findings };
  }
  const sets =
    base.assertions === working.assertions ? { backward: SAME, forward: SAME, findings: [] } : inclusion(base, working);
  const findings = [
    ...sets.findings,
    ...keyFindings(base, working),
    ...meaningFindings(base, working),
    ...surfaceFindings(base, working),
  ];
  return { ...place, ...sets, step: stepOf(base, working, findings), findings };
}

/** Patch: annotations only. Minor: compatible both ways. Major: not. */
export function stepOf(
  base: Subject,
  working: Subject,
  findings: readonly EvolutionFinding[],
): SurfaceComparison['step'] {
  if (base.content === working.content) return 'none';
  if (findings.some(isBreaking)) return 'major';
  if (findings.some(isUndecided)) return 'undecided';
  const noted = findings.some(({ rule }) => rule === 'stale-after-noted');
  return base.assertions === working.assertions && !noted ? 'patch' : 'minor';
}

function acrossMajors(
  base: Subject,
  working: WorkingSubject,
  steps: readonly MigrationStep[],
): Omit<SurfaceComparison, 'surface' | 'base'> {
  const way = Array.from({ length: working.major - base.major }, (_, index) => base.major + index);
  const shared = { surface: working.surface, about: [base.major] };
  const findings: EvolutionFinding[] = [];
  for (const from of way) {
    const step = steps.find((each) => each.surface === working.surface && each.from === from);
    const file = `packages/contract/src/migrations/${working.surface}/v${from}-to-v${from + 1}.ts`;
    if (step === undefined)
      findings.push(
        evolutionFinding('migration-missing', {
          ...shared,
          file,
          message: `no migration leads from ${working.surface} v${from} to v${from + 1}`,
        }),
      );
    else if (step.unwritten) findings.push(evolutionFinding('migration-unwritten', { ...shared, file }));
  }
  if (findings.length === 0)
    findings.push(
      evolutionFinding('major-step', {
        ...shared,
        message: `documents of ${base.label} are migrated by ${way.map((from) => `v${from}-to-v${from + 1}`).join(', ')}`,
      }),
    );
  return {
    backward: 'migrated',
    forward: 'migrated',
    step: 'major',
    findings: [...findings, ...surfaceFindings(base, working).filter(isLasting)],
  };
}
