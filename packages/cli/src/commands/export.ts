import { alertRules, grafanaDashboard } from '@hedge-telemetry/dashboard';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { asyncApiText } from '../export/asyncapi/index.js';
import { duckdbViews } from '../export/duckdb.js';
import type { Terminal } from '../terminal.js';

export interface ExportOptions {
  /** Logs directory that the views of DuckDB read. */
  readonly dir?: string;
}

/** What is generated for another tool, by the tool's name. */
const exports: Readonly<Record<ExportName, (options: ExportOptions) => string | Promise<string>>> = {
  prometheus: alertRules,
  grafana: grafanaDashboard,
  duckdb: ({ dir }) => duckdbViews(dir),
  asyncapi: asyncApiText,
};

export type ExportName = 'prometheus' | 'grafana' | 'duckdb' | 'asyncapi';

/** `export TOOL`: what another tool reads of the contract, on stdout. */
export async function exportFor(tool: ExportName, options: ExportOptions, terminal: Terminal): Promise<ExitCode> {
  terminal.draw(await exports[tool](options));
  return exitCodes.clean;
}
