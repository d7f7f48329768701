import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { exitCodes } from './exit.js';
import type { ExitCode } from './exit.js';
import { createProgram } from './program.js';
import { safe } from './render/safe.js';

/** Runs the command line (as in process.argv) and resolves to its exit code. Never rejects. */
export async function run(argv: readonly string[]): Promise<number> {
  process.stdout.on('error', endOnClosedPipe);
  process.stderr.on('error', endOnClosedPipe);
  let exit: ExitCode = exitCodes.clean;
  const program = createProgram((code) => {
    exit = code;
  });
  process.once('uncaughtException', (error) => process.exit(report(error, program.opts()['debug'] === true)));
  program.exitOverride();
  for (const command of allCommands(program)) command.exitOverride();
  try {
    await program.parseAsync(argv);
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
    return report(error, program.opts()['debug'] === true);
  }
}

function allCommands(program: Command): Command[] {
  return program.commands.flatMap((each) => [each, ...allCommands(each)]);
}

/** Prints what went wrong unexpectedly; the stack only where it was asked for. */
function report(error: unknown, debug: boolean): ExitCode {
  const fix = error instanceof Error && 'fix' in error ? String(error.fix) : null;
  const isSystem = fix !== null || (error instanceof Error && 'syscall' in error);
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${isSystem ? 'error' : 'internal error'}: ${safe(message)}\n`);
  if (debug && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  else process.stderr.write(`  fix: ${fix === null ? '--debug prints where it comes from.' : safe(fix)}\n`);
  return isSystem ? exitCodes.io : exitCodes.internal;
}

/** Whoever read our output has enough (`| head`): that is no error. */
function endOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.clean);
}
