import { join } from 'node:path';
import { finding, MAX_LINE_BYTES, parseJson, placed, registry } from '@hedge-telemetry/contract';
import type { Finding, LedgerName } from '@hedge-telemetry/contract';
import type { Line } from '@hedge-telemetry/reader';
import { createWriter } from '@hedge-telemetry/writer';
import type { AppendResult, Writer } from '@hedge-telemetry/writer';
import { exitCodes, exitOf } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { renderFindings } from '../render/findings.js';
import { stdinLines } from '../stdin.js';
import type { Terminal } from '../terminal.js';

/** Records that may wait in memory before the disk is waited for. */
const BATCH = 1_000;
/** Findings that the JSON report lists. */
const MAX_LISTED = 1_000;

/** `append LEDGER`: checks each line of stdin and appends it to the ledger; a refused line does not stop the others. */
export async function append(ledger: LedgerName, { dir }: { dir: string }, terminal: Terminal): Promise<ExitCode> {
  if (process.stdin.isTTY) terminal.err('Type one JSON record per line and end with Ctrl-D.');
  const listed: Finding[] = [];
  const counts = { total: 0, appended: 0, refused: 0 };
  let exit: ExitCode = exitCodes.clean;
  const note = (findings: readonly Finding[]): void => {
    if (exit !== exitCodes.io) exit = exitOf(findings) || exit;
    if (terminal.json) listed.push(...findings.slice(0, MAX_LISTED - listed.length));
    else terminal.err(...renderFindings(findings, terminal.errStyle));
  };
  let appending = false;
  // What is said later than by append() itself belongs to no line any more.
  const writer = createWriter({ dir, onFinding: (each) => (appending ? undefined : note([each])) });
  const attempt = (line: Line): AppendResult => {
    appending = true;
    const result = appendLine(writer, ledger, line);
    appending = false;
    return result;
  };
  let number = 0;
  for await (const line of stdinLines()) {
    number += 1;
    if (isBlank(line)) continue;
    let { ok, findings } = attempt(line);
    if (findings.some(({ rule }) => rule === 'queue-full')) {
      await writer.flush();
      ({ ok, findings } = attempt(line));
    }
    counts.total += 1;
    counts[ok ? 'appended' : 'refused'] += 1;
    note(placed(findings, { file: '<stdin>', line: number, surface: ledger }));
    if (ok && counts.appended % BATCH === 0) await writer.flush();
  }
  await writer.close();
  const file = join(dir, registry[ledger].file);
  if (terminal.json)
    terminal.out(JSON.stringify({ ok: exit === 0, ledger, file, lines: counts, findings: listed }, null, 2));
  else terminal.out(`${counts.appended} of ${counts.total} records appended to ${file}`);
  return exit;
}

function appendLine(writer: Writer, ledger: LedgerName, { bytes, offset, end }: Line): AppendResult {
  if (bytes === null) {
    const details = { expected: `at most ${MAX_LINE_BYTES} bytes`, actual: `${end - offset} bytes` };
    return { ok: false, findings: [finding('line-too-long', details)] };
  }
  const parsed = parseJson(bytes);
  return parsed.ok ? writer.append(ledger, parsed.value as never) : { ok: false, findings: [parsed.finding] };
}

function isBlank({ bytes }: Line): boolean {
  return bytes !== null && Buffer.from(bytes).toString('latin1').trim() === '';
}
