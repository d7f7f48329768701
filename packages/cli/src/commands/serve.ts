import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { DashboardOptionsError, startDashboard } from '@hedge-telemetry/dashboard';
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

/** `serve`: the dashboard of a directory until it is interrupted. */
export async function serve(options: ServeOptions, terminal: Terminal): Promise<ExitCode> {
  const trouble = await directoryTrouble(options.dir, terminal);
  if (trouble !== null) return trouble;
  const dashboard = await started(options, terminal);
  if (dashboard === null) return exitCodes.usage;
  const { signal } = untilInterrupted();
  terminal.out(terminal.json ? JSON.stringify({ url: dashboard.url }) : dashboard.url);
  if (!signal.aborted) await once(signal, 'abort');
  await dashboard.close();
  return exitCodes.clean;
}

/** Null where the options cannot be served; why was printed. */
async function started(options: ServeOptions, terminal: Terminal): Promise<Dashboard | null> {
  const { dir, port, host, allowHost } = options;
  const token = await tokenOf(options);
  const docsDir = docsDirectory();
  try {
    return await startDashboard({
      dir,
      port,
      ...(host === undefined ? {} : { host }),
      ...(token === null ? {} : { token }),
      ...(allowHost === undefined ? {} : { allowedHosts: allowHost }),
      ...(docsDir === null ? {} : { docsDir }),
    });
  } catch (error) {
    if (!(error instanceof DashboardOptionsError)) throw error;
    terminal.err(
      `error: ${safe(error.message)}`,
      `  fix: --token-file FILE (e.g. "openssl rand -hex 32 > FILE"), or ${TOKEN_VARIABLE} in the environment.`,
    );
    return null;
  }
}

/** From a file or the environment, never from the command line, where other users could see it. */
async function tokenOf({ tokenFile }: ServeOptions): Promise<string | null> {
  if (tokenFile !== undefined) return (await readFile(tokenFile, 'utf8')).trim();
  return process.env[TOKEN_VARIABLE] ?? null;
}
