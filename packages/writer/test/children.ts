import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const script = path.join(here, 'publish-child.mjs');

/** Compiles the writer and the contract, which a child process runs from `dist`. */
export function build(): void {
  const compiler = path.resolve(here, '../../../node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-b', path.resolve(here, '..')]);
}

/** The command line of a child that publishes and appends below `dir`: a number of rounds, or for ever. */
export function childCommand(dir: string, run: number, rounds: number | 'forever'): string[] {
  return [process.execPath, script, dir, String(run), String(rounds)];
}

/** A child whose output is collected. */
export interface Child {
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

export function start([command = '', ...args]: readonly string[]): Child {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk) => (output += chunk));
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(null);
    });
    child.on('close', resolve);
  });
  return { process: child, output: () => output, ended };
}
