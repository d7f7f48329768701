import { join } from 'node:path';
import { finding, MAX_DOCUMENT_BYTES, parseJson, placed, registry } from '@hedge-telemetry/contract';
import type { Finding, StateName } from '@hedge-telemetry/contract';
import { createWriter } from '@hedge-telemetry/writer';
import { exitOf } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { renderFindings } from '../render/findings.js';
import { readStdin } from '../stdin.js';
import type { Terminal } from '../terminal.js';

/** `publish SURFACE`: checks the document on stdin and puts it in place of the surface's file. */
export async function publish(surface: StateName, { dir }: { dir: string }, terminal: Terminal): Promise<ExitCode> {
  if (process.stdin.isTTY) terminal.err('Type a JSON document and end it with Ctrl-D.');
  const findings = await publishBytes(surface, dir, await readStdin(MAX_DOCUMENT_BYTES));
  const exit = exitOf(findings);
  const file = join(dir, registry[surface].file);
  if (terminal.json) terminal.out(JSON.stringify({ ok: exit === 0, surface, file, findings }, null, 2));
  else {
    if (exit === 0) terminal.out(`${surface} published to ${file}`);
    terminal.err(...renderFindings(findings, terminal.errStyle));
  }
  return exit;
}

async function publishBytes(surface: StateName, dir: string, bytes: Uint8Array | null): Promise<readonly Finding[]> {
  const place = { file: '<stdin>', surface };
  if (bytes === null)
    return placed([finding('file-too-large', { expected: `at most ${MAX_DOCUMENT_BYTES} bytes` })], place);
  const parsed = parseJson(bytes);
  if (!parsed.ok) return placed([parsed.finding], place);
  const later: Finding[] = [];
  let publishing = true;
  const writer = createWriter({ dir, onFinding: (each) => (publishing ? undefined : later.push(each)) });
  const { findings } = writer.publish(surface, parsed.value as never);
  publishing = false;
  await writer.close();
  return [...placed(findings, place), ...later];
}
