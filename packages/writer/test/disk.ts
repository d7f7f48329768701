import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Finding } from '@hedge-telemetry/contract';
import { onTestFinished } from 'vitest';
import { createLedgerTarget } from '../src/disk/ledger-target.js';
import type { LedgerTarget, LedgerTargetOptions, LedgerWrite } from '../src/disk/ledger-target.js';
import { temporaryDirectory } from './fixtures.js';

const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../dist/disk');

/** A ledger target below a logs directory that does not exist yet, unless the ledger holds something. */
export interface LedgerBench {
  readonly dir: string;
  readonly file: string;
  readonly heard: Finding[];
  readonly target: LedgerTarget;
  readonly rules: () => string[];
}

export function ledgerBench(content?: string | Uint8Array, options: Partial<LedgerTargetOptions> = {}): LedgerBench {
  const dir =
    options.file === undefined ? path.join(temporaryDirectory(), 'logs') : path.dirname(path.dirname(options.file));
  const file = path.join(dir, 'execution', 'events.jsonl');
  if (content !== undefined) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const heard: Finding[] = [];
  const target = createLedgerTarget({
    file,
    shown: 'logs/execution/events.jsonl',
    surface: 'events',
    say: (each) => heard.push(each),
    now: () => Date.now() / 1000,
    ...options,
  });
  onTestFinished(() => void target.close());
  return { dir, file, heard, target, rules: () => heard.map(({ rule }) => rule) };
}

/** Lines `{"n":from,"pad":…}` to `to`. */
export function lines(from: number, to: number, pad = ''): Buffer {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return Buffer.from(numbers.map((n) => `${JSON.stringify({ n, pad })}\n`).join(''));
}

/** The numbers of the terminated lines of a ledger; null for a line that is none of `lines`. */
export function numbers(file: string): (number | null)[] {
  const text = readFileSync(file, 'utf8');
  return text.split('\n').slice(0, -1).map(numberOf);
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Writes a batch as a writer does: what was not taken is passed again. Gives every failure. */
export function writeAll(target: LedgerTarget, batch: Buffer, attempts = 3): LedgerWrite[] {
  const results: LedgerWrite[] = [];
  let rest = batch;
  for (let attempt = 0; attempt < attempts && rest.length > 0; attempt += 1) {
    const result = target.write(rest);
    results.push(result);
    rest = rest.subarray(result.bytes);
  }
  return results;
}

/** The command line of a child that runs `body` with targets below `dir` at hand, compiled. */
export function diskCommand(dir: string, body: string): string[] {
  const program = `
    import fs from 'node:fs';
    import { createStateTarget } from ${JSON.stringify(path.join(dist, 'state-target.js'))};
    import { createLedgerTarget } from ${JSON.stringify(path.join(dist, 'ledger-target.js'))};
    import { createLedgerLock } from ${JSON.stringify(path.join(dist, 'ledger-lock.js'))};
    const dir = ${JSON.stringify(dir)};
    const tell = (value) => fs.writeSync(1, JSON.stringify(value) + '\\n');
    const state = (mode) => createStateTarget({ file: dir + '/state/nav.json', shown: 'state/nav.json', surface: 'nav', mode });
    const place = { file: dir + '/execution/events.jsonl', shown: 'execution/events.jsonl', surface: 'events', say: tell };
    const ledger = (options) => createLedgerTarget({ ...place, now: () => Date.now() / 1000, ...options });
    const line = (n, pad = '') => Buffer.from(JSON.stringify({ n, pad }) + '\\n');
    ${body}`;
  return [process.execPath, '--input-type=module', '-e', program];
}

/** Runs a command to its end; gives what it told, one value a line. */
export function told([command = '', ...args]: readonly string[]): unknown[] {
  const { stdout, stderr, status, signal } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0 && signal === null) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

/** The reason why a command cannot be run here; null where it can. */
export function lacks(command: string, ...args: readonly string[]): string | null {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  return error === undefined && status === 0 ? null : `${command} does not run here: ${error?.message ?? stderr}`;
}

/** Makes a FIFO. */
export function makeFifo(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  execFileSync('mkfifo', [file]);
}

function numberOf(line: string): number | null {
  try {
    return (JSON.parse(line) as { n: number }).n;
  } catch {
    return null;
  }
}
