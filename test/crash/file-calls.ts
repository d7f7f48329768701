import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { startChild } from './children.js';
import type { Ended } from './children.js';

/** The calls in which a fault can arise. */
export type Call = 'write' | 'sync' | 'rename' | 'open' | 'mkdir';

/** What happens in place of a call. */
export interface Fault {
  readonly call: Call;
  /** Name of an errno, or what file-calls.c says. */
  readonly action: string;
  /** Number of the first call that it strikes. */
  readonly at: number;
  /** For ever, or that one call. */
  readonly persistent: boolean;
}

/** A child that takes so long hangs; it takes a fraction of a second on an idle machine. */
const HUNG_MS = 60_000;

/** Compiles the library that file-calls.c describes; gives the reason where that is not possible. */
export function compileFileCalls(): { readonly library: string } | { readonly unavailable: string } {
  const library = path.join(mkdtempSync(path.join(tmpdir(), 'file-calls-')), 'file-calls.so');
  const source = path.join(import.meta.dirname, 'file-calls.c');
  const compiled = spawnSync('gcc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl', '-lpthread'], {
    encoding: 'utf8',
  });
  if (compiled.error === undefined && compiled.status === 0) return { library };
  return { unavailable: `file-calls.c cannot be compiled: ${compiled.error?.message ?? compiled.stderr}` };
}

/** The variables under which a process meets a fault in its calls below `dir`, while the file `until` exists. */
export function faultVariables(library: string, dir: string, fault: Fault, until: string): Record<string, string> {
  const errno = (constants.errno as Readonly<Record<string, number>>)[fault.action];
  const count = fault.persistent ? 0 : 1;
  return {
    LD_PRELOAD: library,
    FILE_CALLS_DIR: dir,
    FILE_CALLS_FAULT: `${fault.call}:${errno ?? fault.action}:${fault.at}:${count}`,
    FILE_CALLS_WHILE: until,
    FILE_CALLS_FIRED: `${until}.fired`,
  };
}

/** The files whose calls met the fault. */
export function firedOf(until: string): string[] {
  if (!existsSync(`${until}.fired`)) return [];
  const lines = readFileSync(`${until}.fired`, 'utf8').trimEnd().split('\n');
  return lines.map((line) => line.slice(line.indexOf(' ') + 1));
}

/** Runs one of the children of this folder to its end. */
export function runChild(script: string, job: object, variables: Record<string, string> = {}): Promise<Ended> {
  const { process: child, ended } = startChild(script, job, { variables });
  const timer = setTimeout(() => child.kill('SIGKILL'), HUNG_MS);
  return ended.finally(() => clearTimeout(timer));
}

/** Removes what compileFileCalls() made. */
export function removeFileCalls(library: string): void {
  rmSync(path.dirname(library), { recursive: true, force: true });
}
