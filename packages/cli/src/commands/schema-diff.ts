import { rules as compatRules } from '@hedge-telemetry/compat';
import { diffSchemas, evolutionRules, UnreadableRef } from '@hedge-telemetry/evolution';
import type { Diff } from '@hedge-telemetry/evolution';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { jsonText } from '../render/json.js';
import { renderReport } from '../render/report.js';
import type { ReportFormat, ReportRules } from '../render/report.js';
import { diffRecord, renderDiff, summariseDiff } from '../render/schema-diff.js';
import { schemaRoot, today } from '../schema-root.js';
import type { Terminal } from '../terminal.js';
import { packageVersion } from '../version.js';

export interface SchemaDiffOptions {
  readonly against: string;
  readonly format: ReportFormat;
  readonly root?: string;
}

/** `schema diff [SURFACE]`: what the working schemas would break, with a document for each break. */
export async function schemaDiff(
  surface: string | undefined,
  options: SchemaDiffOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const root = schemaRoot(options.root, terminal);
  if (typeof root === 'number') return root;
  const diff = await read(root, surface, options, terminal);
  if (diff === null) return exitCodes.usage;
  const format = terminal.json ? 'json' : options.format;
  if (format === 'text') terminal.out(...renderDiff(diff, terminal.outStyle));
  else if (format === 'json') terminal.out(jsonText(diffRecord(diff)));
  else {
    const text = renderReport(diff.findings, format, {
      version: packageVersion(),
      rules: evolutionReportRules(),
      style: terminal.outStyle,
    });
    if (text !== '') terminal.out(text);
  }
  terminal.err(...summariseDiff(diff, surface));
  return exitOfDiff(diff);
}

async function read(
  root: string,
  surface: string | undefined,
  { against }: SchemaDiffOptions,
  terminal: Terminal,
): Promise<Diff | null> {
  try {
    return await diffSchemas({
      root,
      against,
      today: today(),
      ...(surface === undefined ? {} : { surface }),
      onSurface: comparing(terminal),
    });
  } catch (error) {
    if (!(error instanceof UnreadableRef)) throw error;
    terminal.err(`error: ${error.message}`, `  fix: ${error.fix}`);
    return null;
  }
}

/** Says which surface is being compared. */
export function comparing({ progress }: Terminal): (surface: string, index: number, count: number) => void {
  return (surface, index, count) => progress.step(() => `comparing surface ${index + 1} of ${count}: ${surface}`);
}

/** What rules of the comparison say, for annotations and SARIF. */
function evolutionReportRules(): ReportRules {
  const engine = Object.entries(compatRules).map(([id, { text }]): [string, { title: string; fix: string }] => [
    id,
    { title: text.replaceAll(/\{(\w+)\}/g, (_, name: string) => PLACEHOLDERS[name] ?? name), fix: MEND },
  ]);
  return { ...Object.fromEntries(engine), ...evolutionRules };
}

const PLACEHOLDERS: Readonly<Record<string, string>> = { before: '(old)', after: '(new)', key: '(key)' };
const MEND = 'Keep the old and add the new beside it; or release a major version with a migration.';

/** Exit code of an outcome. */
export function exitOfDiff({ outcome }: Pick<Diff, 'outcome'>): ExitCode {
  switch (outcome) {
    case 'compatible':
      return exitCodes.clean;
    case 'incompatible':
      return exitCodes.incompatible;
    case 'undecided':
      return exitCodes.undecided;
    case 'nothing-compared':
      return exitCodes.usage;
    case 'untrusted':
      return exitCodes.untrusted;
  }
}
