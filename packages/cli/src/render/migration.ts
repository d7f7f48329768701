import type { MigrationReport } from '../migrate/migrate-directory.js';
import type { MigratedFile } from '../migrate/migrate-file.js';
import { countFindings, renderFindings } from './findings.js';
import { safe } from './safe.js';
import type { Ink, Style } from './style.js';

const inks: Readonly<Record<MigratedFile['outcome'], Ink>> = { copied: 'dim', migrated: 'green', refused: 'red' };

/** What became of each file, one line a file, and what was wrong with those that were refused. */
export function renderMigration({ files, left }: MigrationReport, style: Style): string[] {
  const lines = files.flatMap(({ path, from, to, outcome, findings }) => {
    const counts = countFindings(findings);
    const notes = counts === '' ? '' : ` (${counts})`;
    const head = `${safe(path)}: ${style(inks[outcome], outcome)}, ${from ?? 'not recognised'} -> v${to}${notes}`;
    return [
      head,
      ...renderFindings(
        findings.filter(({ level }) => level === 'error'),
        style,
      ),
    ];
  });
  return [...lines, ...left.map((path) => style('dim', `${safe(path)}: left out`))];
}

/** How many files were written where, in words. */
export function summariseMigration({ files, left }: MigrationReport, out: string): string {
  const count = (outcome: MigratedFile['outcome']): number => files.filter((each) => each.outcome === outcome).length;
  const parts = [`${count('migrated')} migrated`, `${count('copied')} copied`, `${count('refused')} refused`];
  return `${parts.join(', ')}, ${left.length} left out; written to ${safe(out)}`;
}
