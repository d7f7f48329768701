import type { LedgerName, StateName } from '@hedge-telemetry/contract';
import { Argument, Command, Option } from 'commander';
import { append } from './commands/append.js';
import { check } from './commands/check.js';
import type { DemoOptions } from './commands/demo.js';
import type { DocsOptions } from './commands/docs.js';
import type { ExportName, ExportOptions } from './commands/export.js';
import { migrate } from './commands/migrate.js';
import type { MigrateOptions } from './commands/migrate.js';
import { publish } from './commands/publish.js';
import type { ServeOptions } from './commands/serve.js';
import { show } from './commands/show.js';
import { sync } from './commands/sync.js';
import type { SyncCommandOptions } from './commands/sync.js';
import type { SyncRemoteOptions } from './commands/sync-remote.js';
import { tail } from './commands/tail.js';
import type { TailCommandOptions } from './commands/tail.js';
import { addDraftCommands } from './draft-program.js';
import { addDiagnosisCommands } from './diagnosis-program.js';
import { addExamples } from './examples.js';
import type { ExitCode } from './exit.js';
import { addFleetCommands } from './fleet-program.js';
import { targetOption } from './migrate/target.js';
import {
  countOption,
  hostsOption,
  includeOption,
  ledgerArgument,
  listOption,
  portOption,
  positiveOption,
  surfaceArgument,
} from './options.js';
import { addServerOptions, isRemote, nameOption } from './remote-options.js';
import { addSchemaCommands } from './schema-program.js';
import { createTerminal } from './terminal.js';
import type { Terminal } from './terminal.js';
import { packageVersion } from './version.js';

const EXIT_CODES = `
Exit codes: 0 clean, 1 internal error, 2 usage, 3 not found, 4 input or output failed, 5 contract violated,
7 incompatible schemas, 8 compatibility undecided, 9 a released file or an exemption that cannot stand.
Data goes to stdout, talk to stderr. NO_COLOR switches colour off.`;

const SYNC_EXIT_CODES = `
Ends with 0 where the mirror holds what the source does and all of it is valid, 3 where there is no source, 4 where
something could not be read or written, 5 where something breaks the contract: it was mirrored, or kept in
quarantine/, as the findings say. When it follows the source, the last pass counts.`;

/** The command line. `finish` receives the exit code of the command that ran. */
export function createProgram(finish: (exit: ExitCode) => void): Command {
  const program = new Command('hedge-telemetry')
    .description('State files and ledgers of a crypto-futures trading system: check, show, mirror, publish.')
    .version(packageVersion())
    .option('--json', 'print data as JSON')
    .option('--debug', 'print the stack of an internal error')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help shows what can be given)')
    .addHelpText('after', EXIT_CODES);

  const run =
    <Given extends unknown[]>(command: (terminal: Terminal, ...given: Given) => Promise<ExitCode>) =>
    async (...given: Given): Promise<void> => {
      const terminal = createTerminal(program.opts()['json'] === true);
      try {
        finish(await command(terminal, ...given));
      } finally {
        terminal.progress.erase();
      }
    };

  program
    .command('check')
    .description('recognise every file of a logs directory and say what breaks the contract')
    .argument('<dir>', 'logs directory or its mirror')
    .action(run((terminal, dir: string) => check(dir, terminal)));

  program
    .command('show')
    .description('show a state surface: its state, every field, and what is wrong with it')
    .argument('<surface>', 'state surface, e.g. nav', surfaceArgument)
    .requiredOption('--dir <dir>', 'logs directory or its mirror')
    .action(run((terminal, surface: StateName, options: { dir: string }) => show(surface, options, terminal)));

  program
    .command('tail')
    .description('print the records of a ledger')
    .argument('<ledger>', 'ledger, e.g. events', ledgerArgument)
    .requiredOption('--dir <dir>', 'logs directory or its mirror')
    .option('--from <offset>', 'byte offset to start at', countOption)
    .option('--limit <count>', 'end after this many lines', countOption)
    .option('--follow', 'wait for new lines until interrupted')
    .action(run((terminal, ledger: LedgerName, options: TailCommandOptions) => tail(ledger, options, terminal)));

  addServerOptions(program.command('sync'))
    .description('mirror a logs directory byte for byte, into a directory or to a NATS server')
    .requiredOption('--from <dir>', 'logs directory')
    .requiredOption('--to <dir or url>', 'mirror, made where it is missing; or nats://host:4222')
    .addOption(new Option('--once', 'mirror once and end').conflicts('watch'))
    .option('--watch', 'follow the source until interrupted: what it does without --once')
    .option('--include <path>', 'mirror this file, directory or pattern (*, **, ?) too; may be repeated', includeOption)
    .option('--strict', 'withhold a document of which single fields are invalid')
    .option('--executor <name>', 'name of the executor on the server', nameOption)
    .option('--take-over', 'go on under a name of which another host has sent other records')
    .addHelpText('after', SYNC_EXIT_CODES)
    .action(
      run(async (terminal, options: SyncCommandOptions & SyncRemoteOptions) => {
        if (!isRemote(options.to)) return sync(options, terminal);
        const { syncRemote } = await import('./commands/sync-remote.js');
        return syncRemote(options, terminal);
      }),
    );

  program
    .command('publish')
    .description('check the document on stdin and put it in place of the file of a state surface')
    .argument('<surface>', 'state surface, e.g. nav', surfaceArgument)
    .requiredOption('--dir <dir>', 'logs directory; made where it is missing')
    .action(run((terminal, surface: StateName, options: { dir: string }) => publish(surface, options, terminal)));

  program
    .command('append')
    .description('check each line of stdin and append it to a ledger')
    .argument('<ledger>', 'ledger, e.g. events', ledgerArgument)
    .requiredOption('--dir <dir>', 'logs directory; made where it is missing')
    .action(run((terminal, ledger: LedgerName, options: { dir: string }) => append(ledger, options, terminal)));

  program
    .command('migrate')
    .description('rewrite the state files of a directory in another version, into a new directory')
    .argument('<dir>', 'logs directory, its mirror, or a directory of state files')
    .requiredOption('--to <version>', '"latest", a version such as 1, or nav=2,positions=1', targetOption)
    .requiredOption('--out <dir>', 'new directory')
    .action(run((terminal, dir: string, options: MigrateOptions) => migrate(dir, options, terminal)));

  program
    .command('serve')
    .description('serve the dashboard, its API and the metrics of a logs directory')
    .requiredOption('--dir <dir>', 'logs directory or its mirror; it is only read')
    .option('--port <n>', 'port; 0 takes a free one', portOption, 8787)
    .option('--host <address>', 'listen here instead of 127.0.0.1 and ::1; other machines need the token')
    .option('--token-file <file>', 'file with a token of at least 128 random bits; else HEDGE_TELEMETRY_TOKEN')
    .option(
      '--allow-host <names>',
      'further values of the Host header, e.g. of a proxy, separated by commas',
      hostsOption,
    )
    .action(
      run(async (terminal, options: ServeOptions) => {
        const { serve } = await import('./commands/serve.js');
        return serve(options, terminal);
      }),
    );

  program
    .command('export')
    .description('print what another tool reads of the contract, or write the package for Python')
    .addArgument(
      new Argument('<tool>', 'what it is for').choices(['prometheus', 'grafana', 'duckdb', 'asyncapi', 'python']),
    )
    .option('--dir <dir>', 'logs directory or its mirror that the views of DuckDB read; else the one it runs in')
    .option('--out <dir>', 'directory that the package for Python is written to; else hedge-telemetry-python')
    .action(
      run(async (terminal, tool: ExportName | 'python', options: ExportOptions & { readonly out?: string }) => {
        if (tool === 'python') {
          const { exportPython, PYTHON_DIRECTORY } = await import('./commands/export-python.js');
          return exportPython(options.out ?? PYTHON_DIRECTORY, terminal);
        }
        const { exportFor } = await import('./commands/export.js');
        return exportFor(tool, options, terminal);
      }),
    );

  program
    .command('docs')
    .description('write the documentation of the contract: pages, published schemas, editor settings')
    .option('--check', 'write nothing and list what is missing, changed or orphaned')
    .option('--root <dir>', 'directory that holds schemas/; else the nearest above')
    .action(
      run(async (terminal, options: DocsOptions) => {
        const { docs } = await import('./commands/docs.js');
        return docs(options, program, terminal);
      }),
    );

  program
    .command('demo')
    .description('run a paper executor, its mirror and the dashboard, or mirror and show real logs')
    .option('--logs <dir>', 'show this logs directory instead of a paper executor')
    .option('--dir <dir>', 'keep the files below this directory; else they are temporary')
    .option('--seconds <n>', 'end after so many seconds; else run until interrupted', positiveOption)
    .option('--seed <n>', 'seed of the paper executor', countOption)
    .option('--symbols <list>', 'symbols of the paper executor, e.g. BTCUSDT,ETHUSDT', listOption)
    .option('--rate <n>', 'loops of the paper executor per second', positiveOption, 10)
    .option('--port <n>', 'port of the page; else 8787, or a free one where that is taken', portOption)
    .addOption(new Option('--scenario <name>', 'let things go wrong, one after the other').choices(['incidents']))
    .action(
      run(async (terminal, options: DemoOptions) => {
        const { demo } = await import('./commands/demo.js');
        return demo(options, terminal);
      }),
    );

  addFleetCommands(program, run);
  addSchemaCommands(program, run);
  addDraftCommands(program, run);
  addDiagnosisCommands(program, run);
  addExamples(program);
  return program;
}
