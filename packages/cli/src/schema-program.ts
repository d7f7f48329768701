import type { Command } from 'commander';
import { Option } from 'commander';
import type { SchemaDiffOptions } from './commands/schema-diff.js';
import type { SchemaReleaseOptions } from './commands/schema-release.js';
import type { ExitCode } from './exit.js';
import { reportFormats } from './render/report.js';
import type { Terminal } from './terminal.js';

type Run = <Given extends unknown[]>(
  command: (terminal: Terminal, ...given: Given) => Promise<ExitCode>,
) => (...given: Given) => Promise<void>;

/** Adds `schema diff`, `schema release` and `schema usage`; what they stand on is loaded when they run. */
export function addSchemaCommands(program: Command, run: Run): void {
  const schema = program.command('schema').description('compare, release and watch the schemas of a contract');

  schema
    .command('diff')
    .description('compare the working schemas with all released versions, or with a git ref')
    .argument('[surface]', 'only this surface, e.g. nav')
    .option('--against <base>', '"released", or a commit, branch or tag', 'released')
    .addOption(new Option('--format <format>', 'how to print').choices(reportFormats).default('text'))
    .option('--root <dir>', 'directory that holds schemas/; else the nearest above')
    .action(
      run(async (terminal, surface: string | undefined, options: SchemaDiffOptions) => {
        const { schemaDiff } = await import('./commands/schema-diff.js');
        return schemaDiff(surface, options, terminal);
      }),
    );

  schema
    .command('release')
    .description('derive the next version of every changed surface, freeze it, and write migrations and the changelog')
    .option('--summary <sentence>', 'first sentence of the changelog entry; else derived')
    .option('--dry-run', 'say what would be written, and write nothing')
    .option('--root <dir>', 'directory that holds schemas/; else the nearest above')
    .action(
      run(async (terminal, options: SchemaReleaseOptions) => {
        const { schemaRelease } = await import('./commands/schema-release.js');
        return schemaRelease(options, terminal);
      }),
    );

  schema
    .command('usage')
    .description('count which deprecated and which undeclared fields still occur in a logs directory')
    .argument('<dir>', 'logs directory or its mirror')
    .action(
      run(async (terminal, dir: string) => {
        const { schemaUsage } = await import('./commands/schema-usage.js');
        return schemaUsage(dir, {}, terminal);
      }),
    );
}
