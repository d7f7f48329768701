import { checkDirectory } from '../check/check-directory.js';
import { directoryTrouble } from '../directory.js';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { renderCheck, summariseCheck } from '../render/check.js';
import type { Terminal } from '../terminal.js';

/** `check DIR`: what every file of a logs directory is recognised as, and whether it keeps the contract. */
export async function check(dir: string, terminal: Terminal): Promise<ExitCode> {
  const trouble = await directoryTrouble(dir, terminal);
  if (trouble !== null) return trouble;
  const report = await checkDirectory(dir, terminal.progress);
  if (terminal.json) terminal.out(JSON.stringify(report, null, 2));
  else {
    terminal.out(...renderCheck(report, terminal.outStyle));
    terminal.err(summariseCheck(report));
  }
  return report.ok ? exitCodes.clean : exitCodes.contract;
}
