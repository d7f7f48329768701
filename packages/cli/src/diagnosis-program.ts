import type { Command } from 'commander';
import { Argument, Option } from 'commander';
import type { Shell } from './commands/completion.js';
import type { DoctorOptions } from './commands/doctor.js';
import type { WatchOptions } from './commands/watch.js';
import type { ExitCode } from './exit.js';
import { positiveOption } from './options.js';
import { addServerOptions } from './remote-options.js';
import type { Terminal } from './terminal.js';
import { failConditions, failOnOption } from './watch/fail-on.js';

type Run = <Given extends unknown[]>(
  command: (terminal: Terminal, ...given: Given) => Promise<ExitCode>,
) => (...given: Given) => Promise<void>;

const WATCH_HELP = `
On a screen a table is redrawn in place; in a pipe every change of state and every new finding is a line, with --json a
watch_report. In the end, also after Ctrl-C, a summary follows. Ends with 0, 3 where there is no directory, or 5 where a
condition of --fail-on was met; never counts in the end only.`;

const DOCTOR_HELP = `
Every line says ok, warning, failed or skipped, and why; below it stands what mends it. Ends with 5 where something
failed, else with 0.`;

/** Adds `watch`, `doctor`, `explain` and `completion`; what they stand on is loaded when they run. */
export function addDiagnosisCommands(program: Command, run: Run): void {
  program
    .command('watch')
    .description('watch the logs directory of a running executor: states, coverage of the contract, and findings')
    .argument('<dir>', 'logs directory or its mirror; it is only read')
    .option('--fail-on <conditions>', `end with 5 as soon as one is met: ${failConditions.join(', ')}`, failOnOption)
    .option('--for <seconds>', 'end after so many seconds; else run until interrupted', positiveOption)
    .addOption(new Option('--once', 'look once at everything that is there, and end').conflicts('for'))
    .addHelpText('after', WATCH_HELP)
    .action(
      run(async (terminal, dir: string, options: WatchOptions) => {
        const { watch } = await import('./commands/watch.js');
        return watch(dir, options, terminal);
      }),
    );
  addServerOptions(program.command('doctor'))
    .description('say whether this machine, a logs directory and a server are fit for telemetry, and what mends it')
    .argument('[dir]', 'logs directory or its mirror; only probe files are written, and removed')
    .option('--server <url>', 'look at this server, too: nats://host:4222')
    .addHelpText('after', DOCTOR_HELP)
    .action(
      run(async (terminal, dir: string | undefined, options: DoctorOptions) => {
        const { doctor } = await import('./commands/doctor.js');
        return doctor(dir, options, terminal);
      }),
    );
  program
    .command('explain')
    .description('say what a rule, surface, field, metric or legacy key means')
    .argument('<name>', 'e.g. document-stale, nav, dd_frac, nav.nav_total, /positions/*/qty')
    .action(
      run(async (terminal, name: string) => {
        const { explainName } = await import('./commands/explain.js');
        return explainName(name, terminal);
      }),
    );
  program
    .command('completion')
    .description('print a script that completes commands, options and names in a shell')
    .addArgument(new Argument('<shell>', 'the shell that reads it').choices(['bash', 'zsh', 'fish']))
    .action(
      run(async (terminal, shell: Shell) => {
        const { completion } = await import('./commands/completion.js');
        return completion(shell, program, terminal);
      }),
    );
}
