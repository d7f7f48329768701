import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild } from './children.js';
import { startWatcher } from './watcher.js';

/** Ends when something is seen, or so long after both have begun. */
const LONGEST_MS = 15_000;
const POLL_MS = 50;

/** Two processes publish to one directory as fast as they can while a third reads: it finds every document whole. */
export async function twoWriters(module: string): Promise<string[]> {
  const dir = mkdtempSync(path.join(tmpdir(), 'two-writers-'));
  const watcher = startWatcher(0);
  await watcher.watch(dir);
  const children = [1, 2].map((life) => startChild('storm-child.mjs', { writer: module, dir, life, pace: 'full' }));
  while (children.some((child) => !child.said().includes('\na') && child.process.exitCode === null))
    await delay(POLL_MS);
  for (let waited = 0; waited < LONGEST_MS && watcher.violations().every(isOlder); waited += POLL_MS)
    await delay(POLL_MS);
  for (const child of children) child.process.kill('SIGKILL');
  await Promise.all(children.map(({ ended }) => ended));
  const { reads, violations } = await watcher.stop();
  rmSync(dir, { recursive: true });
  const torn = violations.filter((each) => !isOlder(each));
  return reads > 0 ? torn : [...torn, 'nothing was read'];
}

/** Two writers take turns, so that versions come and go. */
function isOlder(violation: string): boolean {
  return / version \d+ after /.test(violation);
}
