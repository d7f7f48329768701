import { directoryTrouble } from '../directory.js';
import { inferDirectory } from '../draft/infer.js';
import type { Inferred } from '../draft/infer.js';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { renderFindings } from '../render/findings.js';
import { jsonText } from '../render/json.js';
import { safe } from '../render/safe.js';
import type { Terminal } from '../terminal.js';

export interface InferOptions {
  /** Directory for the drafts, in the layout of schemas/. */
  readonly out: string;
}

/** `infer DIR`: drafts schemas for the files that have none. */
export async function infer(dir: string, { out }: InferOptions, terminal: Terminal): Promise<ExitCode> {
  const trouble = await directoryTrouble(dir, terminal);
  if (trouble !== null) return trouble;
  const results = await inferDirectory(dir, out);
  if (terminal.json) terminal.out(jsonText({ files: results }));
  else {
    terminal.out(...results.map((each) => safe(lineOf(each))));
    terminal.err(
      ...renderFindings(
        results.flatMap(({ findings }) => findings),
        terminal.errStyle,
      ),
      ...advice(results),
    );
  }
  return results.some(({ outcome }) => outcome === 'failed') ? exitCodes.io : exitCodes.clean;
}

function lineOf({ path, name, draft, outcome, reason, samples, questions }: Inferred): string {
  switch (outcome) {
    case 'drafted':
      return `${path}: drafted ${draft ?? ''} from ${count(samples, path.endsWith('.jsonl') ? 'line' : 'document')}; ${count(questions, 'question')}`;
    case 'kept':
      return `${path}: kept ${draft ?? ''}, which is there already`;
    case 'declared':
      return `${path}: the contract declares it as ${name ?? ''}`;
    default:
      return `${path}: ${outcome === 'failed' ? 'failed' : 'left out'}, ${reason ?? ''}`;
  }
}

function advice(results: readonly Inferred[]): string[] {
  const drafted = results.filter(({ outcome }) => outcome === 'drafted');
  const questions = drafted.reduce((sum, each) => sum + each.questions, 0);
  return drafted.length === 0
    ? ['every file is declared, or no draft could be made of it']
    : [
        `${count(drafted.length, 'draft')}, ${count(questions, 'question')}: what is not certain stands under x-unsure, and the lint refuses it until it is answered`,
        'next: hedge-telemetry add-surface NAME --from FILE, in a checkout of the contract, for those that you want',
      ];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
