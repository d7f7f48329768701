import { readdir } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { directoryTrouble } from '../directory.js';
import { exitCodes, exitOf } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { migrateDirectory } from '../migrate/migrate-directory.js';
import type { Target } from '../migrate/target.js';
import { renderMigration, summariseMigration } from '../render/migration.js';
import { safe } from '../render/safe.js';
import type { Terminal } from '../terminal.js';

export interface MigrateOptions {
  readonly to: Target;
  readonly out: string;
}

/** `migrate DIR --to VERSION --out DIR`: rewrites state files in another version, into a new directory. */
export async function migrate(dir: string, { to, out }: MigrateOptions, terminal: Terminal): Promise<ExitCode> {
  const trouble = (await directoryTrouble(dir, terminal)) ?? (await outTrouble(dir, out, terminal));
  if (trouble !== null) return trouble;
  const report = await migrateDirectory(dir, to, out, terminal.progress);
  if (terminal.json) terminal.out(JSON.stringify(report, null, 2));
  else terminal.out(...renderMigration(report, terminal.outStyle));
  terminal.err(summariseMigration(report, out));
  if (report.files.length === 0) return exitCodes.notFound;
  return exitOf(report.files.flatMap(({ findings }) => findings));
}

/** Nothing is ever rewritten in place, and nothing that is there already is overwritten. */
async function outTrouble(dir: string, out: string, terminal: Terminal): Promise<ExitCode | null> {
  const way = relative(resolve(dir), resolve(out));
  const refuse = (message: string): ExitCode => {
    terminal.err(
      `error: ${message}`,
      '  fix: give --out a directory that does not exist yet, outside the one that is read.',
    );
    return exitCodes.usage;
  };
  if (way === '' || !(way === '..' || way.startsWith(`..${sep}`)))
    return refuse(`${safe(out)} lies in the directory that is read`);
  const entries = await readdir(out).catch(() => []);
  return entries.length > 0 ? refuse(`${safe(out)} is not empty`) : null;
}
