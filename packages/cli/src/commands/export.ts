import { alertRules, grafanaDashboard } from '@hedge-telemetry/dashboard';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import type { Terminal } from '../terminal.js';

/** What is generated for another tool, by the tool's name. */
const exports: Readonly<Record<ExportName, () => string>> = { prometheus: alertRules, grafana: grafanaDashboard };

export type ExportName = 'prometheus' | 'grafana';

/** `export TOOL`: the alerting rules of Prometheus, or a Grafana dashboard, on stdout. */
export function exportFor(tool: ExportName, terminal: Terminal): Promise<ExitCode> {
  terminal.draw(exports[tool]());
  return Promise.resolve(exitCodes.clean);
}
