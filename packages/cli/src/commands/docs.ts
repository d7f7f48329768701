import { generateDocs, planOutput, writeOutput } from '@hedge-telemetry/docs';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { renderFindings } from '../render/findings.js';
import { jsonText } from '../render/json.js';
import { schemaRoot } from '../schema-root.js';
import type { Terminal } from '../terminal.js';

export interface DocsOptions {
  /** Only say what differs. */
  readonly check?: boolean;
  readonly root?: string;
}

/**
 * `docs`: writes the documentation of the contract; with `--check`, lists what is missing, changed or orphaned instead.
 * Exits 5 where something differs that this run does not mend.
 */
export async function docs({ check = false, root: given }: DocsOptions, terminal: Terminal): Promise<ExitCode> {
  const root = schemaRoot(given, terminal);
  if (typeof root === 'number') return root;
  const plan = await planOutput(root, await generateDocs(root));
  const left = check ? plan.findings : await writeOutput(root, plan);
  const [written, removed] = check ? [0, 0] : [plan.writes.size, plan.removals.length];
  if (terminal.json) terminal.out(jsonText({ written, removed, findings: left }));
  else if (!check) terminal.out(`docs: ${written} written, ${removed} removed`);
  terminal.err(...renderFindings(left, terminal.errStyle));
  return left.length > 0 ? exitCodes.contract : exitCodes.clean;
}
