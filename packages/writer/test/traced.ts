import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { diskCommand, told } from './disk.js';
import { temporaryDirectory } from './fixtures.js';

/** These tests are about the calls, not about the disk. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : undefined;
const CALLS = 'openat,open,write,close,fsync,fdatasync,rename,renameat,renameat2,link,unlink,truncate,ftruncate';

/** What a child did below its directory, and what it told. */
export interface Traced {
  readonly dir: string;
  readonly calls: readonly string[];
  readonly said: readonly unknown[];
}

/** Runs `body` under strace, which follows the thread that does the file work and no other. */
export function traced(body: string, ...inject: readonly string[]): Traced {
  const dir = temporaryDirectory(MEMORY);
  const trace = path.join(dir, 'trace');
  const strace = ['strace', '-qq', '-y', '-s', '4096', '-o', trace, '-e', `trace=${CALLS}`];
  const said = told([...strace, ...inject.flatMap((each) => ['-e', `inject=${each}`]), ...diskCommand(dir, body)]);
  const calls = readFileSync(trace, 'utf8').split('\n');
  return { dir, said, calls: calls.filter((line) => line.includes(dir) && !line.includes(trace)) };
}

/** The path of the descriptor that a call is given, or of its first argument. */
export function pathOf(call: string): string {
  return /\(\d+<([^>]+)>/.exec(call)?.[1] ?? /\("([^"]+)"/.exec(call)?.[1] ?? '';
}

export function isCall(call: string | undefined, ...names: readonly string[]): boolean {
  return names.some((name) => call?.startsWith(`${name}(`));
}
