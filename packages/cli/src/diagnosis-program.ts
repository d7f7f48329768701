import type { Command } from 'commander';
import type { ExitCode } from './exit.js';
import type { Terminal } from './terminal.js';

type Run = <Given extends unknown[]>(
  command: (terminal: Terminal, ...given: Given) => Promise<ExitCode>,
) => (...given: Given) => Promise<void>;

/** Adds `watch`, `doctor`, `explain` and `completion`; what they stand on is loaded when they run. */
export function addDiagnosisCommands(program: Command, run: Run): void {
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
}
