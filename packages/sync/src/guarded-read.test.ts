import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { SHADOW_HEAD, shadowHead, T0 } from '../test/documents.js';
import { makeRoots } from '../test/roots.js';
import { readGuarded } from './guarded-read.js';
import type { GuardedRead } from './guarded-read.js';

describe('a file that changes while it is read', () => {
  const replacing = `
    const { renameSync, writeFileSync } = require('node:fs');
    for (let n = 0; ; n += 1) { writeFileSync('copy', JSON.stringify({ n, pad: 'x'.repeat(n % 90000), end: n })); renameSync('copy', 'file');
    if (n === 0) process.stdout.write('.'); }`;
  const growing = `
    const { openSync, writeSync } = require('node:fs');
    const fd = openSync('file', 'a');
    for (let n = 0; ; n += 1) { writeSync(fd, 'x'); if (n === 0) process.stdout.write('.'); }`;

  test('gives one of its versions, whole, when it is replaced all the time', async () => {
    const path = await fileOf(replacing);
    const seen = new Set<number>();
    for (let read = 0; read < 2000; read += 1) {
      const result = readGuarded(path, 1_000_000);
      if (result.state !== 'read') throw new Error(JSON.stringify(result));
      const { n, end } = JSON.parse(result.bytes.toString()) as { n: number; end: number };
      expect(end).toBe(n);
      expect(sizeOf(result)).toBe(result.bytes.length);
      seen.add(n);
    }
    expect(seen.size).toBeGreaterThan(10);
  });

  test('gives as many bytes as it had, or a finding, when it grows all the time', async () => {
    const path = await fileOf(growing);
    const seen = new Set<unknown>();
    for (const until = performance.now() + 20_000; seen.size < 2 && performance.now() < until;) {
      const result = readGuarded(path, 2 ** 40);
      if (result.state === 'read') seen.add(sizeOf(result) === result.bytes.length);
      if (result.state === 'unreadable') seen.add(result.finding.actual);
    }
    expect(seen).toEqual(new Set([true, 'a file that changes while it is read']));
  });

  async function fileOf(program: string): Promise<string> {
    const { from } = makeRoots();
    const child = spawn(process.execPath, ['-e', program], { cwd: from, stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    return join(from, 'file');
  }
});

function sizeOf({ look }: GuardedRead & { state: 'read' }): number | null {
  return look.state === 'regular' ? Number(look.stats.size) : null;
}

test('a file of exactly the limit is read, one byte more is not', () => {
  const path = makeRoots().put(SHADOW_HEAD, shadowHead(T0));
  const { length } = shadowHead(T0);
  expect(readGuarded(path, length)).toMatchObject({ state: 'read' });
  expect(readGuarded(path, length - 1)).toMatchObject({ state: 'unreadable', finding: { rule: 'file-too-large' } });
});
