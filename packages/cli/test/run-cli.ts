import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** What a command printed and how it ended. */
export interface Outcome {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command that is still running. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves when stdout contains the text. */
  readonly printed: (text: string) => Promise<void>;
  readonly ended: Promise<Outcome>;
}

const binary = resolve(import.meta.dirname, '../bin/hedge-telemetry.js');

/** Where the corpora are; tests that need one are skipped where it is absent. */
export const corpus: string =
  process.env['TELEMETRY_CORPUS'] ?? resolve(import.meta.dirname, '../../../../shared/corpus');

/** Runs the real binary to its end. */
export function cli(
  parameters: readonly string[],
  stdin: string | Uint8Array = '',
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  const { child, ended } = start(parameters, env);
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(stdin);
  return ended;
}

/** Starts the real binary. */
export function start(parameters: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [binary, ...parameters], {
    env: { ...process.env, EXECUTOR_ONCE: '', DRY_RUN: '', BINANCE_TESTNET: '', ...env },
  });
  const output = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.err += text));
  const ended = once(child, 'close').then(([exit]: unknown[]): Outcome => {
    return { exit: typeof exit === 'number' ? exit : null, ...output };
  });
  const printed = async (text: string): Promise<void> => {
    while (!output.out.includes(text)) await once(child.stdout, 'data');
  };
  return { child, printed, ended };
}

/** Writes a file below a directory; anything but text is written as JSON. */
export async function put(dir: string, path: string, content: unknown): Promise<string> {
  const file = join(dir, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** A valid NAV document that is `age` seconds old. */
export function navDocument(age = 0): Record<string, unknown> {
  return {
    nav_total: 10_250.5,
    nav_age_s: 1.5,
    sources_ok: true,
    aum: { futures: 10_250.5, offexchange: {}, total: 10_250.5 },
    nav_health_snapshot: null,
    updated_at: Date.now() / 1000 - age,
  };
}

/** A valid line of nav_history. */
export function navLine(ts: number): string {
  return `${JSON.stringify({ schema: 'nav_history_v1', ts, nav_total: 1 })}\n`;
}
