import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { createPaperExecutor, paperOptionsFromEnv } from '@hedge-telemetry/paper-executor';
import { createWriter } from '@hedge-telemetry/writer';

/** The repository that this file stands in. */
export const repository: string = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The corpus of real and adversarial data, and whether it is there. */
export const corpus: string = path.resolve(repository, process.env['TELEMETRY_CORPUS'] ?? '../shared/corpus');
export const hasCorpus: boolean = existsSync(path.join(corpus, 'real-state'));

/** What the contract asks the tests to run under. */
export const testEnvironment = { BINANCE_TESTNET: '1', DRY_RUN: '1', EXECUTOR_ONCE: '1' } as const;

/** Runs `body` with a fresh directory, and removes it. */
export async function withDirectory<T>(body: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(path.join(tmpdir(), 'hedge-telemetry-'));
  try {
    return await body(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Runs the paper executor for some loops on a clock of its own and gives the time it ended at, in seconds since 1970. */
export async function runExecutor(
  logs: string,
  loops: number,
  environment: Record<string, string> = {},
): Promise<number> {
  let clock = 1_800_000_000;
  const now = (): number => clock;
  const writer = createWriter({ dir: logs, now });
  const executor = createPaperExecutor({ ...paperOptionsFromEnv(environment), writer, now, seed: 7 });
  for (let loop = 0; loop < loops; loop += 1) {
    clock += 30;
    executor.step();
  }
  const closed = await writer.close();
  if (!closed.ok) throw new Error(JSON.stringify(closed.findings));
  return clock;
}

/** A JSON file. */
export async function readJson(...segments: string[]): Promise<unknown> {
  return JSON.parse(await readFile(path.join(...segments), 'utf8'));
}

/** The lines of a JSONL file, parsed one by one. */
export async function readLines(...segments: string[]): Promise<unknown[]> {
  const text = await readFile(path.join(...segments), 'utf8');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);
}
