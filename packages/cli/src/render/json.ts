import { bigintAsText } from './plain-json.js';
import type { ReportFinding } from './report-finding.js';

const STEERING = /[\u007f-\u009f\u061c\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const COMMAND = /##(?=\[|vso\[)/gu;

/** A value as indented JSON, exact and safe to print: what would steer a terminal, or the runner of a CI job, is escaped. */
export function jsonText(value: unknown): string {
  return (JSON.stringify(value, bigintAsText, 2) ?? 'null')
    .replace(STEERING, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(COMMAND, '\\u0023#');
}

/** Findings as JSON: `ok` where none is an error. What a finding does not have is left out or null. */
export function renderJson(findings: readonly ReportFinding[], version: string): string {
  return jsonText({
    ok: !findings.some(({ level }) => level === 'error'),
    tool: { name: 'hedge-telemetry', version },
    findings: findings.map(findingRecord),
  });
}

/** A finding as `schemas/records/finding.schema.json` has it: what is not known and may be left out is left out. */
export function findingRecord(each: ReportFinding): Record<string, unknown> {
  const { rule, level, message, surface, file, line, pointer, expected, actual, fix } = each;
  const { column, fingerprint, witness } = each;
  return {
    rule,
    level,
    message,
    surface,
    file,
    line,
    ...(typeof column === 'number' ? { column } : {}),
    pointer,
    expected,
    actual,
    fix,
    ...(typeof fingerprint === 'string' ? { fingerprint } : {}),
    ...(witness === undefined ? {} : { witness }),
  };
}
