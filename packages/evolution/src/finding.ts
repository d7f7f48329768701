import { createHash } from 'node:crypto';

import type { Json } from '@hedge-telemetry/compat';

import { evolutionRules } from './rules.js';
import type { EvolutionRuleId, Level } from './rules.js';

/** What a comparison has to say of a surface: where, expected, got, how to fix. */
export interface EvolutionFinding {
  readonly rule: string;
  readonly level: Level;
  readonly message: string;
  readonly surface: string | null;
  /** Path below the repository, e.g. schemas/state/nav.schema.json. */
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** JSON pointer into the file. */
  readonly pointer: string | null;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly fix: string;
  /** The same for the same change as long as surface, rule, place and values stay the same. */
  readonly fingerprint: string;
  /** A document that the change breaks. */
  readonly witness?: Json;
}

export type FindingDetails = Partial<Omit<EvolutionFinding, 'rule' | 'level' | 'fingerprint'>> & {
  /** What tells this finding from others of the same rule and surface. */
  readonly about?: readonly unknown[];
};

/** Makes a finding of a rule of this package. */
export function evolutionFinding(rule: EvolutionRuleId, details: FindingDetails = {}): EvolutionFinding {
  const { level, title, fix } = evolutionRules[rule];
  const { about = [], witness, ...given } = details;
  return {
    rule,
    level,
    message: given.message ?? title,
    surface: given.surface ?? null,
    file: given.file ?? null,
    line: given.line ?? null,
    column: given.column ?? null,
    pointer: given.pointer ?? null,
    expected: given.expected ?? null,
    actual: given.actual ?? null,
    fix: given.fix ?? fix,
    fingerprint: fingerprint([given.surface ?? '', rule, ...about]),
    ...(witness === undefined ? {} : { witness }),
  };
}

/** Sixteen hex digits that stand for the values. */
export function fingerprint(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16);
}

/** A finding is breaking where its rule says so; rules of set inclusion break where they are errors that say something was proved. */
export function isBreaking({ rule, level }: EvolutionFinding): boolean {
  if (level !== 'error') return false;
  return isEvolutionRule(rule) ? evolutionRules[rule].breaking === true : !UNDECIDED.has(rule);
}

/** An error that somebody answers for, as an info. */
export function lowered(finding: EvolutionFinding, why: string): EvolutionFinding {
  return { ...finding, level: 'info', message: `${finding.message} (${why})` };
}

/** True where no exemption can cover the finding. */
export function isFinal({ rule }: EvolutionFinding): boolean {
  return isEvolutionRule(rule) ? evolutionRules[rule].final === true : UNDECIDED.has(rule);
}

/** Rules of set inclusion that say that nothing was proved. */
const UNDECIDED: ReadonlySet<string> = new Set([
  'undecided',
  'regex-undecided',
  'budget-exhausted',
  'unsupported-keyword',
  'validator-disagreement',
]);

/** True for an error that stands whatever migration leads across it. */
export function isLasting({ rule }: EvolutionFinding): boolean {
  return isEvolutionRule(rule) && evolutionRules[rule].lasting === true;
}

/** True for a finding that says that nothing was proved. */
export function isUndecided({ rule, level }: Pick<EvolutionFinding, 'rule' | 'level'>): boolean {
  return level === 'error' && UNDECIDED.has(rule);
}

function isEvolutionRule(rule: string): rule is EvolutionRuleId {
  return Object.hasOwn(evolutionRules, rule);
}
