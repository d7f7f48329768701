import type { Level } from '@hedge-telemetry/contract';
import type { ReportFinding } from './report-finding.js';
import { safe } from './safe.js';
import type { Ink, Style } from './style.js';
import { witnessText } from './witness.js';

const inks: Readonly<Record<Level, Ink>> = { error: 'red', warning: 'yellow', info: 'cyan' };

/** Findings as lines of text: where and what; for errors and warnings also what was expected, what was there, a document that shows it, and how to fix it. */
export function renderFindings(findings: readonly ReportFinding[], style: Style): string[] {
  return findings.flatMap((each) => renderFinding(each, style));
}

/** How many findings there are of each level, in words; empty where there are none. */
export function countFindings(findings: readonly Pick<ReportFinding, 'level'>[]): string {
  const levels: readonly Level[] = ['error', 'warning', 'info'];
  return levels
    .map((level) => [findings.filter((each) => each.level === level).length, level] as const)
    .filter(([count]) => count > 0)
    .map(([count, level]) => `${count} ${level}${count === 1 || level === 'info' ? '' : 's'}`)
    .join(', ');
}

/** What an error or a warning says below its message, line by line: nothing in it can steer a terminal. */
export function detailLines({ level, expected, actual, fix, witness }: ReportFinding): string[] {
  if (level === 'info') return [];
  return [
    ...(expected === null ? [] : [`expected ${safe(expected)}, got ${safe(actual ?? 'something else')}`]),
    ...(witness === undefined ? [] : [`witness: ${witnessText(witness)}`]),
    `fix: ${safe(fix)}`,
  ];
}

/** True where the message begins with the place that the pointer names. */
export function tellsPointer({ pointer, message }: ReportFinding): boolean {
  return pointer === null || message.startsWith(pointer);
}

function renderFinding(each: ReportFinding, style: Style): string[] {
  const { rule, level, message } = each;
  const head = [style(inks[level], level), placeOf(each), safe(message), style('dim', `[${safe(rule)}]`)];
  return [head.filter((part) => part !== '').join(' '), ...detailLines(each).map((line) => `  ${line}`)];
}

function placeOf(each: ReportFinding): string {
  const { file, line, surface, pointer } = each;
  const where = file === null ? (line === null ? (surface ?? '') : `line ${line}`) : `${file}${lineOf(each)}`;
  const parts = [where, tellsPointer(each) ? '' : (pointer ?? '')].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${safe(parts.join(' '))}:`;
}

function lineOf({ line, column }: ReportFinding): string {
  if (line === null) return '';
  return typeof column === 'number' ? `:${line}:${column}` : `:${line}`;
}
