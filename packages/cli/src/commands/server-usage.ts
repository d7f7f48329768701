import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import type { Terminal } from '../terminal.js';

/** Runs what takes a server address; one that is none, or holds a password, is a usage error that does not repeat it. */
export async function withServers(option: string, terminal: Terminal, run: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return usageError(`${option}: ${error.message}`, terminal);
  }
}

/** Says what is wrong with the command line. */
export function usageError(message: string, terminal: Terminal): ExitCode {
  terminal.err(`error: ${message}`, '(--help shows what can be given)');
  return exitCodes.usage;
}

/** Says that a server holds nothing of any executor. */
export function emptyFleet({ env = 'prod' }: { readonly env?: string }, terminal: Terminal): ExitCode {
  terminal.err(
    `no executor of the environment ${env} has a state on this server, and none is up`,
    '  fix: start hedge-telemetry sync --to beside an executor, or name another environment with --env.',
  );
  return exitCodes.notFound;
}
