import type { UsageReport } from '../usage/scan.js';
import type { DeprecatedUsage, SurfaceUsage, UndeclaredUsage } from '../usage/tally.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import type { Cell } from './table.js';

/** One line per surface with the shapes of its documents, below it the deprecated and undeclared fields. */
export function renderUsage({ surfaces }: UsageReport, style: Style): string[] {
  const heads = renderTable(surfaces.map(headCells), style);
  return surfaces.flatMap((each, index) => [
    heads[index] ?? '',
    ...renderTable([...each.deprecated.map(deprecatedCells), ...each.undeclared.map(undeclaredCells)], style).map(
      (line) => `    ${line}`,
    ),
    ...(each.unlisted === 0 ? [] : [`    and ${each.unlisted} more occurrences of undeclared fields`]),
  ]);
}

/** The whole directory in one sentence. */
export function summariseUsage({ surfaces, otherFiles }: UsageReport): string {
  const files = surfaces.reduce((sum, each) => sum + each.files, 0);
  const deprecated = surfaces.flatMap((each) => each.deprecated).filter(({ count }) => count > 0).length;
  const undeclared = surfaces.reduce((sum, each) => sum + each.undeclared.length, 0);
  return (
    `${files + otherFiles} files, ${files} of the contract; ` +
    `deprecated fields that occur: ${deprecated}, undeclared ones: ${undeclared}`
  );
}

function headCells({ surface, kind, documents, shapes }: SurfaceUsage): Cell[] {
  const unit = kind === 'state' ? 'document' : 'line';
  const counts = Object.entries(shapes).map(([shape, count]) => `${count} ${shape}`);
  const isLegacy = Object.keys(shapes).some((shape) => shape !== 'canonical');
  return [
    { text: surface, ink: 'bold' },
    { text: `${documents} ${unit}${documents === 1 ? '' : 's'}`, align: 'right' },
    { text: counts.join(', '), ink: isLegacy ? 'yellow' : 'green' },
  ];
}

function deprecatedCells(each: DeprecatedUsage): Cell[] {
  const { replacedBy, removeAfter } = each;
  const until = removeAfter === null ? '' : `, declared until ${removeAfter}`;
  const note = `${replacedBy === null ? 'replaced by nothing' : `replaced by ${replacedBy}`}${until}`;
  return [{ text: 'deprecated', ink: 'yellow' }, ...usageCells(each), { text: note }];
}

function undeclaredCells(each: UndeclaredUsage): Cell[] {
  return [{ text: 'undeclared', ink: 'cyan' }, ...usageCells(each), { text: '' }];
}

function usageCells({ pointer, count, nulls, first }: UndeclaredUsage): Cell[] {
  const counted =
    count === 0 ? 'not met' : `${count} time${count === 1 ? '' : 's'}${nulls === 0 ? '' : `, ${nulls} null`}`;
  const place = first === null ? '' : `first in ${first.file}${first.line === null ? '' : `:${first.line}`}`;
  return [{ text: pointer }, { text: counted }, { text: place }];
}
