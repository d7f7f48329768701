import { Option } from 'commander';
import type { Command } from 'commander';
import type { FleetMirrorCommandOptions } from './commands/fleet-mirror.js';
import type { FleetProvisionOptions } from './commands/fleet-provision.js';
import type { FleetStatusOptions } from './commands/fleet-status.js';
import type { ExitCode } from './exit.js';
import { countOption } from './options.js';
import { addServerOptions, namesOption } from './remote-options.js';
import type { Terminal } from './terminal.js';

type Run = <Given extends unknown[]>(
  command: (terminal: Terminal, ...given: Given) => Promise<ExitCode>,
) => (...given: Given) => Promise<void>;

/** Adds `fleet provision`, `fleet status` and `fleet mirror`; what they stand on is loaded when they run. */
export function addFleetCommands(program: Command, run: Run): void {
  const fleet = program.command('fleet').description('prepare a NATS server for executors, and look at a fleet');

  addServerOptions(fleet.command('provision'))
    .description('make the streams and buckets that executors need, where they are missing')
    .requiredOption('--servers <urls>', 'addresses, e.g. nats://host:4222, separated by commas')
    .requiredOption('--executor <names>', 'names, separated by commas or given again', namesOption)
    .option('--replicas <n>', 'copies of each stream: 1, 3 or 5', countOption)
    .option('--days <n>', 'how long events are kept; 30 by default', countOption)
    .option('--bytes <n>', 'how many bytes of events of each executor are kept; else no limit', countOption)
    .action(
      run(async (terminal, options: FleetProvisionOptions) => {
        const { fleetProvision } = await import('./commands/fleet-provision.js');
        return fleetProvision(options, terminal);
      }),
    );

  addServerOptions(fleet.command('status'))
    .description('say which executors are up, and in which states their surfaces are')
    .requiredOption('--servers <urls>', 'addresses, e.g. nats://host:4222, separated by commas')
    .action(
      run(async (terminal, options: FleetStatusOptions) => {
        const { fleetStatus } = await import('./commands/fleet-status.js');
        return fleetStatus(options, terminal);
      }),
    );

  addServerOptions(fleet.command('mirror'))
    .description('mirror executors from the server into directories, each of which can be served, shown and tailed')
    .requiredOption('--servers <urls>', 'addresses, e.g. nats://host:4222, separated by commas')
    .requiredOption('--to <dir>', 'directory in which each executor gets one of its own')
    .option('--executor <names>', 'names, separated by commas or given again; all where not given', namesOption)
    .addOption(new Option('--once', 'mirror what is there, then stop').conflicts('watch'))
    .option('--watch', 'follow the server until interrupted; the default')
    .action(
      run(async (terminal, options: FleetMirrorCommandOptions) => {
        const { fleetMirror } = await import('./commands/fleet-mirror.js');
        return fleetMirror(options, terminal);
      }),
    );
}
