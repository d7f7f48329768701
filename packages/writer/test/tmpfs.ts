import { spawnSync } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** Mounts a small file system until the test ends; gives the reason where that is not possible. */
export function mountTmpfs(directory: string, size: string): string | null {
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', directory]);
  if (error !== undefined || status !== 0) return `a tmpfs cannot be mounted: ${error?.message ?? String(stderr)}`;
  onTestFinished(() => {
    spawnSync('umount', ['-l', directory]);
  });
  return null;
}
