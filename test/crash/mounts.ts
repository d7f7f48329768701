import { spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** Runs a command; gives the reason where it fails, else null. */
export function attempt(command: string, ...args: readonly string[]): string | null {
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  return error === undefined && status === 0
    ? null
    : `${command} ${args[0] ?? ''} fails: ${error?.message ?? stderr.trim()}`;
}

/** Mounts a small file system in memory until the test ends; gives the reason where that is not possible. */
export function mountTmpfs(directory: string, options: string): string | null {
  const failed = attempt('mount', '-t', 'tmpfs', '-o', options, 'tmpfs', directory);
  if (failed === null) onTestFinished(() => void attempt('umount', '-l', directory));
  return failed;
}
