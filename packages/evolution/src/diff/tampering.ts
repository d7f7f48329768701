import { evolutionFinding } from '../finding.js';
import type { EvolutionFinding } from '../finding.js';
import { INDEX_FILE, releaseFile } from '../releases/releases.js';
import type { IndexEntry, ReleaseIndex, Releases, Tampering } from '../releases/releases.js';
import { compareVersions } from '../releases/version.js';
import { canonicalJson } from '../tree/annotations.js';

/** Frozen files that are not what the index says. */
export function tamperingFindings({ tampering }: Releases): EvolutionFinding[] {
  return tampering.map(({ file, surface, problem, expected, actual }) =>
    evolutionFinding('released-schema-mutated', {
      surface,
      file: `schemas/${file}`,
      message: `schemas/${file} is ${problem}`,
      ...(FIXES[problem] === undefined ? {} : { fix: FIXES[problem] }),
      expected: expected === null ? null : `sha256 ${expected}`,
      actual: actual === null ? problem : `sha256 ${actual}`,
      about: [file],
    }),
  );
}

/** What to do where putting the file back is not it. */
const FIXES: Readonly<Partial<Record<Tampering['problem'], string>>> = {
  'not in the index':
    'Remove the file, or put schemas/released/index.json back; only "hedge-telemetry schema release" freezes a version.',
  'listed twice': 'Put schemas/released/index.json back as it was: git checkout -- schemas/released/index.json.',
  'index unreadable': 'Put schemas/released/index.json back as it was: git checkout -- schemas/released/index.json.',
};

/** Entries of the index that are not what they were at a git ref. What is released there later than here was merged since. */
export function rewrittenFindings(past: ReleaseIndex, { index }: Releases, ref: string): EvolutionFinding[] {
  return Object.entries(past).flatMap(([surface, before]) => {
    const now = Object.hasOwn(index, surface) ? (index[surface] ?? []) : [];
    return before.filter((entry) => isRewritten(entry, now)).map((entry) => rewritten(surface, entry, now, ref));
  });
}

function isRewritten(entry: IndexEntry, now: readonly IndexEntry[]): boolean {
  const same = now.find(({ version }) => version === entry.version);
  if (same !== undefined) return canonicalJson(same) !== canonicalJson(entry);
  return now.some(({ version }) => compareVersions(version, entry.version) > 0);
}

function rewritten(surface: string, entry: IndexEntry, now: readonly IndexEntry[], ref: string): EvolutionFinding {
  const same = now.find(({ version }) => version === entry.version);
  const what = same === undefined ? 'is gone' : 'is another one';
  return evolutionFinding('released-schema-mutated', {
    surface,
    file: `schemas/${INDEX_FILE}`,
    pointer: `/${surface}`,
    fix: 'Put schemas/released/index.json back as it was there; a released version never changes.',
    message: `the entry of schemas/${releaseFile(surface, entry.version)} at ${ref} ${what}`,
    expected: canonicalJson(entry),
    actual: same === undefined ? 'nothing' : canonicalJson(same),
    about: [INDEX_FILE, entry.version],
  });
}
