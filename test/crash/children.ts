import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** How a process ended, and what it said before. */
export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  /** What it wrote to descriptor 3, which nothing else in it touches. */
  readonly said: string;
  readonly stderr: string;
}

/** A child of the crash suite. */
export interface Child {
  readonly process: ChildProcess;
  said(): string;
  readonly ended: Promise<Ended>;
}

/** How a child is started. */
export interface ChildOptions {
  readonly variables?: Readonly<Record<string, string>>;
  /** A command that runs the child, for example as another user. */
  readonly under?: readonly string[];
  /** Hears all that was said, whenever more is. */
  readonly onSaid?: (said: string) => void;
}

/** Starts a script of this folder with a job, which it gets as JSON. */
export function startChild(script: string, job: object, options: ChildOptions = {}): Child {
  const { variables = {}, under = [], onSaid } = options;
  const command = [...under, process.execPath, path.join(import.meta.dirname, script), JSON.stringify(job)];
  const child = spawn('env', command, {
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...variables },
  });
  let said = '';
  let stderr = '';
  (child.stdio[3] as Readable).setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
    onSaid?.(said);
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  child.stdin?.on('error', () => undefined);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, said, stderr }));
  });
  return { process: child, said: () => said, ended };
}
