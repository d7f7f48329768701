import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { explain } from '../explain/find.js';
import { renderAnswer } from '../render/explanation.js';
import { jsonText } from '../render/json.js';
import type { Terminal } from '../terminal.js';

/** `explain NAME`: what a rule, surface, field, metric or legacy key means. Exits 3 where nothing has the name. */
export function explainName(name: string, terminal: Terminal): Promise<ExitCode> {
  const answer = explain(name);
  const isKnown = answer.found.length > 0;
  if (terminal.json) terminal.out(jsonText(answer));
  else if (isKnown) terminal.out(...renderAnswer(answer, terminal.outStyle));
  else terminal.err(...renderAnswer(answer, terminal.errStyle));
  return Promise.resolve(isKnown ? exitCodes.clean : exitCodes.notFound);
}
