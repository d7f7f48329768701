import { generateDocs, planOutput, writeOutput } from '@hedge-telemetry/docs';
import type { Command } from 'commander';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { committedExports } from '../export/committed.js';
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
 * `docs`: writes the documentation of the contract and of `program`, and what is exported for other tools; with `--check`, lists what is missing, changed or orphaned instead.
 * Exits 5 where something differs that this run does not mend.
 */
export async function docs(
  { check = false, root: given }: DocsOptions,
  program: Command,
  terminal: Terminal,
): Promise<ExitCode> {
  const root = schemaRoot(given, terminal);
  if (typeof root === 'number') return root;
  const { pages, files } = await generateDocs(root);
  const exports = await committedExports(program);
  const plan = await planOutput(root, { pages, files: (texts) => new Map([...files(texts), ...exports]) });
  const left = check ? plan.findings : await writeOutput(root, plan);
  const [written, removed] = check ? [0, 0] : [plan.writes.size, plan.removals.length];
  if (terminal.json) terminal.out(jsonText({ written, removed, findings: left }));
  else if (!check) terminal.out(`docs: ${written} written, ${removed} removed`);
  terminal.err(...renderFindings(left, terminal.errStyle));
  return left.length > 0 ? exitCodes.contract : exitCodes.clean;
}
