import type { Finding } from '@hedge-telemetry/contract';
import type { CheckReport, FileCheck } from '../check/check-directory.js';
import { countFindings, renderFindings } from './findings.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import type { Cell } from './table.js';

/** One line per file with what it was recognised as, its findings below it. */
export function renderCheck({ files }: CheckReport, style: Style): string[] {
  const lines = renderTable(files.map(cells), style);
  return files.flatMap(({ findings }, index) => [
    lines[index] ?? '',
    ...renderFindings(findings.flatMap(withoutPlace), style).map((line) => `    ${line}`),
  ]);
}

/** The whole directory in one sentence. */
export function summariseCheck({ ok, files }: CheckReport): string {
  const known = files.filter(({ surface }) => surface !== null).length;
  const counted = countFindings(files.flatMap(({ findings }) => findings));
  const findings = counted === '' ? '' : `; ${counted}`;
  return `${files.length} files, ${known} of the contract, ${ok ? 'no errors' : 'NOT in order'}${findings}`;
}

/** The finding as it stands below its file's line, which says the rest. */
function withoutPlace(each: Finding): Finding[] {
  return each.rule === 'unrecognised-file' ? [] : [{ ...each, file: null, surface: null }];
}

function cells({ path, surface, dialect, version, lines, findings }: FileCheck): Cell[] {
  const isBroken = findings.some(({ level }) => level === 'error');
  return [
    { text: path, ink: isBroken ? 'red' : undefined },
    { text: surface ?? 'not of the contract', ink: surface === null ? 'dim' : 'bold' },
    { text: dialect ?? '-', ink: dialect === 'canonical' ? 'green' : 'yellow' },
    { text: version ?? '-' },
    { text: lines === undefined ? '' : lineText(lines) },
  ];
}

function lineText({ total, canonical, legacy, invalid }: NonNullable<FileCheck['lines']>): string {
  return `${total} lines: ${canonical} canonical, ${legacy} legacy, ${invalid} invalid`;
}
