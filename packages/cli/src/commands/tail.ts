import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { finding, registry } from '@hedge-telemetry/contract';
import type { Finding, LedgerName } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import type { LedgerEntry, TailOptions } from '@hedge-telemetry/reader';
import { exitCodes, exitOf } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { renderEntry } from '../render/entry.js';
import { renderFindings } from '../render/findings.js';
import { untilInterrupted } from '../signals.js';
import type { Terminal } from '../terminal.js';

export interface TailCommandOptions extends Pick<TailOptions, 'from' | 'limit' | 'follow'> {
  readonly dir: string;
}

/** `tail LEDGER`: the records of a ledger, one per line, and on stderr what is wrong with them. */
export async function tail(ledger: LedgerName, options: TailCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const { dir, ...rest } = options;
  const file = join(dir, registry[ledger].file);
  if (rest.follow !== true && !existsSync(file)) {
    const missing: Finding = { ...finding('file-missing', { file, surface: ledger }), level: 'error' };
    terminal.err(...renderFindings([missing], terminal.errStyle));
    return exitCodes.notFound;
  }
  const { signal, interrupt } = untilInterrupted();
  let exit: ExitCode = exitCodes.clean;
  for await (const entry of createReader({ dir }).tail<LedgerName>(ledger, { ...rest, signal })) {
    print(entry, terminal);
    if (exit === exitCodes.clean) exit = exitOf(entry.findings);
  }
  interrupt();
  return exit;
}

function print(entry: LedgerEntry, terminal: Terminal): void {
  const isLine = entry.end > entry.offset;
  if (terminal.json) terminal.out(JSON.stringify(entry));
  else if (isLine) terminal.out(renderEntry(entry, terminal.outStyle));
  if (entry.record === null) terminal.err(...renderFindings(entry.findings, terminal.errStyle));
}
