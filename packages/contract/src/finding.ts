import type { FindingRecord } from '../generated/surfaces.js';
import { rules } from './rules.js';
import type { RuleId } from './rules.js';

/** What any check of the contract has to say: where, expected, got, and how to fix. `schemas/records/finding.schema.json` is its schema. */
export type Finding = Readonly<Omit<FindingRecord, 'rule'>> & { readonly rule: RuleId };

/** What a caller says of a finding; the rest comes from the rule. */
export type FindingDetails = Partial<Omit<Finding, 'rule' | 'level'>>;

/** Makes a finding of a rule. */
export function finding(rule: RuleId, details: FindingDetails = {}): Finding {
  const { level, title, fix } = rules[rule];
  return {
    rule,
    level,
    message: details.message ?? title,
    surface: details.surface ?? null,
    file: details.file ?? null,
    line: details.line ?? null,
    pointer: details.pointer ?? null,
    expected: details.expected ?? null,
    actual: details.actual ?? null,
    fix: details.fix ?? fix,
  };
}

/** The same findings, placed in a file and line. */
export function placed(
  findings: readonly Finding[],
  place: { file?: string; line?: number; surface?: string },
): Finding[] {
  return findings.map((each) => ({ ...each, ...place }));
}

/** True when at least one finding breaks the contract. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ level }) => level === 'error');
}

const SHOWN_LENGTH = 80;

/** A value as a finding shows it: short, on one line, of any type. */
export function show(value: unknown): string {
  const text = shown(value).replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, '\uFFFD');
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 1)}…` : text;
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, SHOWN_LENGTH));
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' || value === null)
    return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'object') return `an object with ${Object.keys(value).length} keys`;
  return `a ${typeof value}`;
}
