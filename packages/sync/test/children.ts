import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

import { onTestFinished } from 'vitest';

/** A process of a test, killed when the test ends. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves when it has said that it began; rejects when it ends before. */
  readonly begun: Promise<unknown>;
  readonly ended: Promise<unknown>;
}

/** Compiles the mirror and the contract, which child processes run from `dist`. */
export function build(): void {
  const compiler = resolve(import.meta.dirname, '../../../node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-b', resolve(import.meta.dirname, '..')]);
}

/** Path of a script of this directory. */
export function scriptOf(name: string): string {
  return resolve(import.meta.dirname, name);
}

/** Starts a script of this directory. */
export function start(name: string, ...parameters: string[]): Child {
  const child = spawn(process.execPath, [scriptOf(name), ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'close');
  const begun = Promise.race([once(child.stdout, 'data'), ended]);
  return { process: child, begun, ended };
}
