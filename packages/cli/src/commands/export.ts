import { alertRules, grafanaDashboard } from '@hedge-telemetry/dashboard';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { asyncApiText } from '../export/asyncapi/index.js';
import type { Terminal } from '../terminal.js';

/** What is generated for another tool, by the tool's name. */
const exports: Readonly<Record<ExportName, () => string | Promise<string>>> = {
  prometheus: alertRules,
  grafana: grafanaDashboard,
  asyncapi: asyncApiText,
};

export type ExportName = 'prometheus' | 'grafana' | 'asyncapi';

/** `export TOOL`: the alerting rules of Prometheus, a Grafana dashboard, or the ledgers for AsyncAPI, on stdout. */
export async function exportFor(tool: ExportName, terminal: Terminal): Promise<ExitCode> {
  terminal.draw(await exports[tool]());
  return exitCodes.clean;
}
