import type { SurfaceName } from '@hedge-telemetry/contract';
import { directoryTrouble } from '../directory.js';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { renderFindings } from '../render/findings.js';
import { jsonText } from '../render/json.js';
import { renderUsage, summariseUsage } from '../render/usage.js';
import type { Terminal } from '../terminal.js';
import { scanUsage } from '../usage/scan.js';

export interface SchemaUsageOptions {
  /** Only this surface or ledger is shown. */
  readonly surface?: SurfaceName;
}

/**
 * `schema usage DIR`: which deprecated and which undeclared fields the files of a logs directory still hold. Exits 4
 * where a file could not be read, since the counts lack it; broken documents are counted, and `check` judges them.
 */
export async function schemaUsage(dir: string, { surface }: SchemaUsageOptions, terminal: Terminal): Promise<ExitCode> {
  const trouble = await directoryTrouble(dir, terminal);
  if (trouble !== null) return trouble;
  const whole = await scanUsage(dir);
  const surfaces = whole.surfaces.filter((each) => surface === undefined || each.surface === surface);
  const report = { ...whole, surfaces };
  if (terminal.json) terminal.out(jsonText(report));
  else {
    terminal.out(...renderUsage(report, terminal.outStyle));
    terminal.err(...renderFindings(report.findings, terminal.errStyle), summariseUsage(report));
  }
  return report.findings.length > 0 ? exitCodes.io : exitCodes.clean;
}
