import { Option } from 'commander';
import type { Command } from 'commander';

import type { AddSurfaceCommandOptions } from './commands/add-surface.js';
import type { InferOptions } from './commands/infer.js';
import type { InitOptions } from './commands/init.js';
import type { ExitCode } from './exit.js';
import { LANGUAGES, ROLES } from './init/plan.js';
import type { Terminal } from './terminal.js';

type Run = <Given extends unknown[]>(
  command: (terminal: Terminal, ...given: Given) => Promise<ExitCode>,
) => (...given: Given) => Promise<void>;

/** Adds `init`, `infer` and `add-surface`; what they stand on is loaded when they run. */
export function addDraftCommands(program: Command, run: Run): void {
  program
    .command('init')
    .description('set a project up to write or read telemetry; nothing is overwritten')
    .argument('[dir]', 'the project', '.')
    .addOption(new Option('--role <role>', 'what the project does with telemetry').choices(ROLES))
    .addOption(new Option('--language <language>', 'language of the executor').choices(LANGUAGES))
    .option('--logs <dir>', 'logs directory, relative to the project')
    .option('--yes', 'ask nothing, take the defaults')
    .action(
      run(async (terminal, dir: string, options: InitOptions) => {
        const { init } = await import('./commands/init.js');
        return init(dir, options, terminal);
      }),
    );

  program
    .command('infer')
    .description('draft schemas for the files of a logs directory that have none; nothing is overwritten')
    .argument('<dir>', 'logs directory')
    .option('--out <dir>', 'where the drafts go, in the layout of schemas/', 'drafts')
    .action(
      run(async (terminal, dir: string, options: InferOptions) => {
        const { infer } = await import('./commands/infer.js');
        return infer(dir, options, terminal);
      }),
    );

  program
    .command('add-surface')
    .description('add a surface to the contract: its schema, examples, and everything that is generated from them')
    .argument('<name>', 'name of the surface, e.g. equity')
    .addOption(
      new Option('--kind <kind>', 'what it is; else told from --from, else state').choices(['state', 'ledger']),
    )
    .option('--from <file>', 'a state file or ledger to draft the schema from')
    .option('--renew', 'write the examples anew from the schema as it is now')
    .option('--root <dir>', 'directory that holds schemas/; else the nearest above')
    .action(
      run(async (terminal, name: string, options: AddSurfaceCommandOptions) => {
        const { addSurfaceCommand } = await import('./commands/add-surface.js');
        return addSurfaceCommand(name, options, terminal);
      }),
    );
}
