import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { DashboardOptionsError, ListenError, startDashboard } from '@hedge-telemetry/dashboard';
import type { Dashboard } from '@hedge-telemetry/dashboard';
import { directoryTrouble } from '../directory.js';
import { docsDirectory } from '../docs-directory.js';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { safe } from '../render/safe.js';
import { untilInterrupted } from '../signals.js';
import type { Terminal } from '../terminal.js';

export interface ServeOptions {
  readonly dir: string;
  readonly port: number;
  readonly host?: string;
  readonly tokenFile?: string;
  readonly allowHost?: readonly string[];
}

const TOKEN_VARIABLE = 'HEDGE_TELEMETRY_TOKEN';
const TOKEN_FIX = `--token-file FILE (e.g. "openssl rand -hex 32 > FILE"), or ${TOKEN_VARIABLE} in the environment.`;

/** `serve`: the dashboard of a directory until it is interrupted. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const trouble = await directoryTrouble(options.dir, terminal);
  if (trouble !== null) return trouble;
  const dashboard = await started(options, terminal);
  if (typeof dashboard === 'number') return dashboard;
  const { signal } = untilInterrupted();
  terminal.out(terminal.json ? JSON.stringify({ url: dashboard.url }) : dashboard.url);
  if (!signal.aborted) await once(signal, 'abort');
  await dashboard.close();
  return exitCodes.clean;
}

/** The exit code where the options cannot be served; why was printed. */
async function started(options: ServeOptions, terminal: Terminal): Promise<Dashboard | ExitCode> {
  const { dir, port, host, allowHost } = options;
  const docsDir = docsDirectory();
  const refused = (message: string, fix: string, exit: ExitCode): ExitCode => {
    terminal.err(`error: ${safe(message)}`, `  fix: ${fix}`);
    return exit;
  };
  try {
    const token = await tokenOf(options);
    return await startDashboard({
      dir,
      port,
      ...(host === undefined ? {} : { host }),
      ...(token === null ? {} : { token }),
      ...(allowHost === undefined ? {} : { allowedHosts: allowHost }),
      ...(docsDir === null ? {} : { docsDir }),
      onError: sayOnce(terminal),
    });
  } catch (error) {
    if (error instanceof ListenError) return refused(error.message, error.fix, exitCodes.io);
    if (error instanceof TokenFileError) return refused(error.message, TOKEN_FIX, exitCodes.io);
    if (error instanceof DashboardOptionsError) return refused(error.message, TOKEN_FIX, exitCodes.usage);
    throw error;
  }
}

/** Prints an error that goes on, such as a directory that cannot be looked at, when it begins to be another one. */
function sayOnce(terminal: Terminal): (error: unknown) => void {
  let last = '';
  return (error) => {
    const message = error instanceof Error ? error.message : String(error);
    if (message === last) return;
    last = message;
    terminal.err(`error: ${safe(message)}`);
  };
}

/** From a file or the environment, never from the command line, where other users could see it. */
async function tokenOf({ tokenFile }: ServeOptions): Promise<string | null> {
  if (tokenFile !== undefined) return (await readFile(tokenFile, 'utf8').catch(unreadable)).trim();
  return process.env[TOKEN_VARIABLE] ?? null;
}

class TokenFileError extends Error {}

function unreadable(error: unknown): never {
  throw new TokenFileError(`the token file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}
