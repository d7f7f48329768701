import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

import { onTestFinished } from 'vitest';

/** Mounts a small file system until the test ends; gives the reason where that is not possible. */
export function mountTmpfs(directory: string, size: string): string | null {
  mkdirSync(directory, { recursive: true });
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory]);
  if (error !== undefined || status !== 0) return `a tmpfs cannot be mounted: ${error?.message ?? String(stderr)}`;
  onTestFinished(() => {
    spawnSync('umount', ['-l', directory]);
  });
  return null;
}

/** Has the kernel refuse everything but appending to a file until the test ends; gives the reason where it cannot. */
export function makeAppendOnly(file: string): string | null {
  const { status, stderr, error } = spawnSync('chattr', ['+a', file]);
  if (error !== undefined || status !== 0) return `no append-only files here: ${error?.message ?? String(stderr)}`;
  onTestFinished(() => {
    spawnSync('chattr', ['-a', file]);
  });
  return null;
}
