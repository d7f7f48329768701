import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { scriptOf } from './children.js';
import { temporaryDirectory } from './roots.js';

export const hasStrace: boolean = spawnSync('strace', ['-V']).status === 0;

/** Starts a script of this directory, killed when the test ends; gives its system calls up to now, with the paths of its files. */
export function traced(calls: string, name: string, ...parameters: string[]): () => string[] {
  const log = join(temporaryDirectory(), 'calls');
  const flags = ['-f', '-qq', '-y', '-e', `trace=${calls}`, '-o', log];
  const child = spawn('strace', [...flags, process.execPath, scriptOf(name), ...parameters], {
    stdio: 'ignore',
    detached: true,
  });
  onTestFinished(() => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  });
  return () => {
    try {
      return readFileSync(log, 'utf8').split('\n');
    } catch {
      return [];
    }
  };
}
