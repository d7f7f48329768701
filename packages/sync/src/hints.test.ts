import { appendFileSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { build } from '../test/children.js';
import { NAV_HISTORY, navLine, navLines, SHADOW_HEAD, shadowHead, T0 } from '../test/documents.js';
import { makeRootsInMemory } from '../test/roots.js';
import type { Roots } from '../test/roots.js';
import { hasStrace, traced } from '../test/trace.js';
import { createHints } from './hints.js';
import { createSync } from './index.js';
import type { Sync, SyncReport } from './index.js';

const PATIENT = { timeout: 30_000, interval: 1 };
const NEVER_MS = 60_000;

function started(roots: Roots, onPass: (report: SyncReport) => void): Sync {
  const sync = createSync({ ...roots, intervalMs: NEVER_MS, onPass });
  sync.start();
  onTestFinished(() => sync.stop());
  return sync;
}

function publish(roots: Roots, content: string): void {
  const path = join(roots.from, SHADOW_HEAD);
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

function held(roots: Roots, file: string): string {
  return existsSync(join(roots.to, file)) ? readFileSync(join(roots.to, file), 'utf8') : '';
}

describe('a change that is heard of', () => {
  test('comes to the mirror without a pass, and is told of by the next one', async () => {
    const roots = makeRootsInMemory();
    const reports: SyncReport[] = [];
    const ledger = roots.put(NAV_HISTORY, navLine(0));
    publish(roots, shadowHead(T0));
    const sync = started(roots, (report) => void reports.push(report));
    await expect.poll(() => held(roots, NAV_HISTORY), PATIENT).toBe(navLine(0));
    // What changed a moment before the start may be heard of as well.
    await sleep(200);
    const passes = reports.length;
    for (let index = 1; index <= 5; index += 1) {
      publish(roots, shadowHead(T0 + index));
      appendFileSync(ledger, navLine(index));
      await expect.poll(() => held(roots, SHADOW_HEAD), PATIENT).toBe(shadowHead(T0 + index));
      await expect.poll(() => held(roots, NAV_HISTORY), PATIENT).toBe(navLines(0, index));
    }
    await sleep(50);
    expect(reports.length).toBe(passes);
    await sync.stop();
    const report = await sync.once();
    expect(report).toMatchObject({ mirrored: [NAV_HISTORY, SHADOW_HEAD], lines: 5 });
    expect(report.lines_total).toBe(6);
  });

  test('asks for a pass where it could not be dealt with', async () => {
    const roots = makeRootsInMemory();
    let passes = 0;
    publish(roots, shadowHead(T0));
    started(roots, () => void (passes += 1));
    await expect.poll(() => held(roots, SHADOW_HEAD), PATIENT).toBe(shadowHead(T0));
    await sleep(200);
    const before = passes;
    publish(roots, '{');
    await expect.poll(() => passes, PATIENT).toBeGreaterThan(before);
    expect(held(roots, SHADOW_HEAD)).toBe(shadowHead(T0));
  });

  test.each([
    ['a long ledger', (roots: Roots, text: string) => roots.put(NAV_HISTORY, text)],
    ['a long segment', (roots: Roots, text: string) => roots.put(`${NAV_HISTORY}.1`, text)],
    [
      'a compressed segment',
      (roots: Roots, text: string) => roots.put(`${NAV_HISTORY}.1.gz`, gzipSync(text, { level: 1 })),
    ],
  ])('does not wait until the mirror has caught up with %s', async (_what, put) => {
    const roots = makeRootsInMemory();
    const text = navLines(1, 1000, 2000).repeat(24);
    put(roots, text);
    const behind: boolean[] = [];
    started(roots, () => undefined);
    await expect.poll(() => held(roots, NAV_HISTORY).length, PATIENT).toBeGreaterThan(0);
    for (let index = 0; index < 3; index += 1) {
      publish(roots, shadowHead(T0 + index));
      await expect.poll(() => held(roots, SHADOW_HEAD), PATIENT).toBe(shadowHead(T0 + index));
      behind.push(statSync(join(roots.to, NAV_HISTORY)).size < text.length);
    }
    expect(behind[0]).toBe(true);
    await expect.poll(() => statSync(join(roots.to, NAV_HISTORY)).size, PATIENT).toBe(text.length);
    expect(held(roots, NAV_HISTORY) === text).toBe(true);
  });
});

describe.skipIf(!hasStrace)('a compressed segment', () => {
  beforeAll(build);

  test('is read once, however many passes it takes to copy it', async () => {
    const roots = makeRootsInMemory();
    const text = navLines(1, 1000, 2000).repeat(12);
    const segment = roots.put(`${NAV_HISTORY}.1.gz`, gzipSync(text, { level: 1 }));
    roots.put(NAV_HISTORY, navLine(1));
    const calls = traced('read,pread64', 'mirror-child.mjs', roots.from, roots.to, 'follow');
    await expect.poll(() => held(roots, NAV_HISTORY).length, PATIENT).toBe(text.length + navLine(1).length);
    await sleep(200);
    const reads = calls().filter((call) => call.includes(`<${segment}>`));
    const bytes = reads.reduce((sum, call) => sum + Number(/= (\d+)$/.exec(call)?.[1] ?? 0), 0);
    expect(bytes).toBe(statSync(segment).size);
  });
});

describe('hints', () => {
  test('look after a file at once and then, however often it changes, not more often than is useful', async () => {
    const looked: string[] = [];
    let fallen = 0;
    const hints = createHints(
      (file) => {
        looked.push(file);
        return Promise.resolve(file !== 'c');
      },
      () => void (fallen += 1),
    );
    for (let index = 0; index < 100; index += 1) hints.heard('a');
    hints.heard('b');
    hints.heard('c');
    expect(looked).toEqual(['a', 'b', 'c']);
    await expect.poll(() => looked, PATIENT).toEqual(['a', 'b', 'c', 'a']);
    expect(fallen).toBe(1);
    await sleep(50);
    expect(looked.length).toBe(4);
    await hints.stop();
    hints.heard('d');
    expect(looked.length).toBe(4);
  });

  test('fall back to a pass where a look fails', async () => {
    let fallen = 0;
    const hints = createHints(
      () => Promise.reject(new Error('no')),
      () => void (fallen += 1),
    );
    hints.heard('a');
    await hints.stop();
    expect(fallen).toBe(1);
  });
});
