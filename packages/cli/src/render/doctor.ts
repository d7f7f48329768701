import type { Check } from '../doctor/check.js';
import { safe } from './safe.js';
import type { Ink, Style } from './style.js';
import { renderTable } from './table.js';
import type { Cell } from './table.js';

const inks: Readonly<Record<Check['status'], Ink>> = { ok: 'green', warning: 'yellow', failed: 'red', skipped: 'dim' };

/** One line per check: what, status and why; below it what mends it. */
export function renderChecks(checks: readonly Check[], style: Style): string[] {
  const lines = renderTable(checks.map(cells), style);
  return checks.flatMap(({ fix }, index) => [
    lines[index] ?? '',
    ...(fix === null ? [] : [`    ${style('bold', 'fix:')} ${safe(fix)}`]),
  ]);
}

/** All checks in one sentence. */
export function summariseChecks(checks: readonly Check[]): string {
  const statuses = ['ok', 'warning', 'failed', 'skipped'] as const;
  const counts = statuses.map((status) => [checks.filter((each) => each.status === status).length, status] as const);
  return counts
    .filter(([count]) => count > 0)
    .map(([count, status]) => `${count} ${status}`)
    .join(', ');
}

function cells({ check, subject, status, why }: Check): Cell[] {
  const text = subject === null ? why : `${subject}: ${why}`;
  return [{ text: status, ink: inks[status] }, { text: check, ink: 'bold' }, { text }];
}
