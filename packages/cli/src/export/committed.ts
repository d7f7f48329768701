import { alertRules, grafanaDashboard } from '@hedge-telemetry/dashboard';
import type { Command } from 'commander';
import { cliReference } from '../reference.js';
import { asyncApiText } from './asyncapi/index.js';

/** What the repository holds of the exports and of the help, by path below its root. */
export async function committedExports(program: Command): Promise<Map<string, string>> {
  return new Map([
    ['docs/cli.md', cliReference(program)],
    ['docs/asyncapi.json', await asyncApiText()],
    ['docs/monitoring/alerts.yml', alertRules()],
    ['docs/monitoring/grafana.json', grafanaDashboard()],
  ]);
}
