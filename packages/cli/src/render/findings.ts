import type { Finding, Level } from '@hedge-telemetry/contract';
import { safe } from './safe.js';
import type { Ink, Style } from './style.js';

const inks: Readonly<Record<Level, Ink>> = { error: 'red', warning: 'yellow', info: 'cyan' };

/** Findings as lines of text: where and what; for errors and warnings also what was expected, what was there, and how to fix it. */
export function renderFindings(findings: readonly Finding[], style: Style): string[] {
  return findings.flatMap((each) => renderFinding(each, style));
}

/** How many findings there are of each level, in words; empty where there are none. */
export function countFindings(findings: readonly Finding[]): string {
  const levels: readonly Level[] = ['error', 'warning', 'info'];
  return levels
    .map((level) => [findings.filter((each) => each.level === level).length, level] as const)
    .filter(([count]) => count > 0)
    .map(([count, level]) => `${count} ${level}${count === 1 || level === 'info' ? '' : 's'}`)
    .join(', ');
}

function renderFinding(each: Finding, style: Style): string[] {
  const { rule, level, message, expected, actual, fix } = each;
  const head = [style(inks[level], level), placeOf(each), safe(message), style('dim', `[${rule}]`)];
  const lines = [head.filter((part) => part !== '').join(' ')];
  if (level === 'info') return lines;
  if (expected !== null) lines.push(`  expected ${safe(expected)}, got ${safe(actual ?? 'something else')}`);
  lines.push(`  fix: ${safe(fix)}`);
  return lines;
}

function placeOf({ file, line, surface, pointer, message }: Finding): string {
  const at = line === null ? '' : file === null ? `line ${line}` : `:${line}`;
  const where = `${file ?? (line === null ? (surface ?? '') : '')}${at}`;
  const isTold = pointer === null || message.startsWith(pointer);
  const parts = [where, isTold ? '' : pointer].filter((part) => part !== '');
  return parts.length === 0 ? '' : `${safe(parts.join(' '))}:`;
}
