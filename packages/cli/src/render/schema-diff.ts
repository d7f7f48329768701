import type { Diff, SurfaceDiff } from '@hedge-telemetry/evolution';
import { countFindings, renderFindings } from './findings.js';
import { findingRecord } from './json.js';
import { safe } from './safe.js';
import type { Ink, Style } from './style.js';

const inks: Readonly<Record<SurfaceDiff['step'], Ink>> = {
  none: 'dim',
  patch: 'dim',
  minor: 'green',
  first: 'green',
  major: 'yellow',
  undecided: 'red',
};

/** A comparison as lines of text: each surface that is not as it was released, then what is wrong. */
export function renderDiff(diff: Diff, style: Style): string[] {
  const moved = diff.surfaces.filter(({ step }) => step !== 'none');
  const grave = diff.findings.filter(({ level }) => level !== 'info');
  return [...moved.map((each) => surfaceLine(each, style)), ...renderFindings(grave, style)];
}

function surfaceLine({ surface, released, next, step, comparisons }: SurfaceDiff, style: Style): string {
  const versions = released === null ? `new, ${next ?? '?'}` : `${released} -> ${next ?? '?'}`;
  const bases = comparisons.map(({ base, backward, forward }) =>
    backward === 'migrated' || forward === 'migrated'
      ? `${base} migrated`
      : `${base} backward ${backward.answer}, forward ${forward.answer}`,
  );
  const verdicts = bases.length === 0 ? '' : ` (against ${bases.join('; ')})`;
  return `${style('bold', surface)}: ${style(inks[step], step)}, ${versions}${safe(verdicts)}`;
}

/** What was compared with what, in words. */
export function summariseDiff(diff: Diff, surface: string | undefined): string[] {
  if (diff.outcome === 'nothing-compared') return nothingCompared(diff, surface);
  const base = diff.against === 'released' ? 'all released versions' : safe(diff.against);
  const compared = diff.surfaces.filter(({ comparisons }) => comparisons.length > 0).length;
  const counts = countFindings(diff.findings.filter(({ level }) => level !== 'info'));
  return [
    `${compared} ${compared === 1 ? 'surface' : 'surfaces'} against ${base}: ${counts === '' ? diff.outcome : counts}`,
  ];
}

function nothingCompared({ against, surfaces }: Diff, surface: string | undefined): string[] {
  if (surface !== undefined && surfaces.length === 0)
    return [
      `error: the contract has no surface called ${safe(surface)}`,
      '  fix: Give the name of a schema in schemas/state or schemas/logs.',
    ];
  return against === 'released'
    ? ['error: nothing was compared, since nothing was ever released', '  fix: hedge-telemetry schema release']
    : [
        `error: nothing was compared: ${safe(against)} has no schemas of these surfaces`,
        '  fix: Give a ref that has them.',
      ];
}

/** A comparison as data: a `diff_report` of `schemas/records/`. */
export function diffRecord(diff: Diff): Record<string, unknown> {
  const { against, outcome, surfaces, findings } = diff;
  return {
    against,
    outcome,
    surfaces: surfaces.map(({ surface, released, next, step, comparisons }) => ({
      surface,
      released,
      next,
      step,
      comparisons: comparisons.map(({ base, backward, forward }) => ({
        base,
        backward: backward === 'migrated' ? { answer: backward } : backward,
        forward: forward === 'migrated' ? { answer: forward } : forward,
      })),
    })),
    findings: findings.map(findingRecord),
  };
}
