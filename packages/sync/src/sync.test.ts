import { appendFileSync, readFileSync, renameSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { registry } from '@hedge-telemetry/contract';
import { describe, expect, onTestFinished, test } from 'vitest';

import { NAV_HISTORY, navLine, navLines, SHADOW_HEAD, shadowHead, T0 } from '../test/documents.js';
import { filesBelow, makeRoots } from '../test/roots.js';
import { createSync } from './index.js';
import type { Sync, SyncOptions, SyncReport } from './index.js';

function started(options: SyncOptions): Sync {
  const sync = createSync(options);
  sync.start();
  onTestFinished(() => sync.stop());
  return sync;
}

function publish(path: string, content: string): void {
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

describe('once', () => {
  test.each([
    ['missing', (from: string) => rmSync(from, { recursive: true }), 'ENOENT'],
    ['a file', replaceByFile, 'something else'],
  ])('reports a source directory that is %s', async (_what, spoil, actual) => {
    const roots = makeRoots();
    spoil(roots.from);
    const report = await createSync(roots).once();
    expect(report).toMatchObject({ ok: false, mirrored: [], unchanged: [], skipped: [], lag_bytes: 0, lag_s: null });
    expect(report.findings[0]).toMatchObject({ rule: 'file-unreadable', file: roots.from, actual });
  });

  test('reports a mirror directory that is a file, for every surface', async () => {
    const roots = makeRoots();
    roots.put(SHADOW_HEAD, shadowHead(T0));
    roots.put(NAV_HISTORY, navLine(1));
    writeFileSync(roots.to, 'a file');
    const report = await createSync(roots).once();
    expect(report).toMatchObject({ ok: false, skipped: [NAV_HISTORY, SHADOW_HEAD] });
    expect(new Set(report.findings.map(({ rule }) => rule))).toEqual(new Set(['write-failed']));
    expect(readFileSync(roots.to, 'utf8')).toBe('a file');
  });

  test('finds nothing to say of a source with nothing in it', async () => {
    const roots = makeRoots();
    rmSync(join(roots.from, 'state'), { recursive: true });
    const report = await createSync({ ...roots, now: () => 12.5 }).once();
    expect(report).toEqual({
      ok: true,
      ts: 12.5,
      duration_s: expect.any(Number),
      mode: 'once',
      started_at: 12.5,
      passes: 1,
      mirrored: [],
      unchanged: [],
      skipped: [],
      quarantined: [],
      removed: [],
      removed_source: [],
      undeclared: [],
      lines: 0,
      invalid_lines: 0,
      mirrored_total: 0,
      lines_total: 0,
      invalid_lines_total: 0,
      lag_bytes: 0,
      lag_s: 0,
      findings: [],
    });
  });

  test('gives reports that are plain JSON data', async () => {
    const roots = makeRoots();
    roots.put(SHADOW_HEAD, '{');
    roots.put(NAV_HISTORY, '{}\n{');
    const report = await createSync(roots).once();
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test('measures since when the source has held something that the mirror does not', async () => {
    const roots = makeRoots();
    let now = 1000;
    const sync = createSync({ ...roots, now: () => now });
    const lagAt = async (time: number): Promise<number | null> => {
      now = time;
      return (await sync.once()).lag_s;
    };
    const source = roots.put(NAV_HISTORY, navLine(1));
    expect(await lagAt(1000)).toBe(0);
    appendFileSync(source, '{');
    expect(await lagAt(1010)).toBe(0);
    roots.put(SHADOW_HEAD, '{');
    expect(await lagAt(1025)).toBe(15);
    truncateSync(source, navLine(1).length);
    expect(await lagAt(1030)).toBe(5);
    roots.put(SHADOW_HEAD, shadowHead(T0));
    expect(await lagAt(1040)).toBe(0);
  });

  test('lets passes wait for each other', async () => {
    const roots = makeRoots();
    const sync = createSync(roots);
    roots.put(NAV_HISTORY, navLines(1, 20_000));
    roots.put(SHADOW_HEAD, shadowHead(T0));
    const reports = await Promise.all([sync.once(), sync.once(), sync.once()]);
    expect(reports.map(({ lines }) => lines)).toEqual([20_000, 0, 0]);
    expect(reports.map(({ unchanged }) => unchanged.length)).toEqual([0, 2, 2]);
  });

  test('mirrors every surface and ledger of the contract to the path it has in the source', async () => {
    const roots = makeRoots();
    const files = Object.values(registry).map(({ name, kind, file }) => {
      const document = new URL(`../../../schemas/examples/${name}/valid/typical.json`, import.meta.url);
      const text = readFileSync(document, 'utf8');
      roots.put(file, kind === 'ledger' ? `${JSON.stringify(JSON.parse(text))}\n` : text);
      return file;
    });
    const report = await createSync(roots).once();
    expect(report).toMatchObject({ ok: true, mirrored: files.toSorted(), findings: [] });
    for (const file of files) expect(roots.mirrored(file)).toEqual(readFileSync(join(roots.from, file)));
  });
});

describe('start', () => {
  test('follows what changes, long before the interval is over, until it is stopped', async () => {
    const roots = makeRoots();
    const sync = started({ ...roots, intervalMs: 60_000 });
    const head = roots.put(SHADOW_HEAD, shadowHead(T0, 0));
    const ledger = roots.put(NAV_HISTORY, navLine(0));
    for (let index = 1; index <= 30; index += 1) {
      if (index % 5 === 0) await sleep(30);
      publish(head, shadowHead(T0 + index, index));
      appendFileSync(ledger, navLine(index));
      await expect
        .poll(() => mirrorOf(roots.to), { interval: 1, timeout: 20_000 })
        .toEqual([shadowHead(T0 + index, index), index + 1]);
    }
    await sync.stop();
    publish(head, shadowHead(T0 + 99));
    await sleep(50);
    expect(mirrorOf(roots.to)).toEqual([shadowHead(T0 + 30, 30), 31]);
    sync.start();
    await expect.poll(() => mirrorOf(roots.to)[0], { timeout: 20_000 }).toBe(shadowHead(T0 + 99));
  });

  test('polls where nothing tells of changes, and waits for a source that is not there yet', async () => {
    const roots = makeRoots();
    rmSync(roots.from, { recursive: true });
    started({ ...roots, intervalMs: 5 });
    await sleep(30);
    roots.put(SHADOW_HEAD, shadowHead(T0));
    await expect.poll(() => mirrorOf(roots.to)[0], { timeout: 20_000 }).toBe(shadowHead(T0));
    rmSync(join(roots.from, 'state'), { recursive: true });
    await sleep(30);
    roots.put(SHADOW_HEAD, shadowHead(T0 + 1));
    await expect.poll(() => mirrorOf(roots.to)[0], { timeout: 20_000 }).toBe(shadowHead(T0 + 1));
  });

  test('passes at the interval and not more often while nothing changes', async () => {
    const roots = makeRoots();
    roots.put(SHADOW_HEAD, shadowHead(T0));
    let passes = 0;
    const sync = started({ ...roots, intervalMs: 50, onPass: () => void (passes += 1) });
    await sleep(525);
    await sync.stop();
    expect(passes).toBeGreaterThanOrEqual(4);
    expect(passes).toBeLessThanOrEqual(11);
  });

  test('keeps mirroring state files while a long ledger is caught up with', async () => {
    const roots = makeRoots();
    const ledger = roots.put(NAV_HISTORY, '');
    for (let index = 0; index < 30; index += 1) appendFileSync(ledger, navLines(1, 1000, 1000));
    const reports: SyncReport[] = [];
    const ends = new Set<number | undefined>();
    const onPass = (report: SyncReport): void => {
      reports.push(report);
      ends.add(roots.mirrored(NAV_HISTORY).at(-1));
    };
    const sync = started({ ...roots, intervalMs: 60_000, onPass });
    await expect.poll(() => reports.at(-1)?.lag_bytes, { timeout: 20_000 }).toBe(0);
    await sync.stop();
    expect(reports.length).toBeGreaterThanOrEqual(4);
    expect(ends).toEqual(new Set([0x0a]));
    expect(reports.reduce((sum, { lines }) => sum + lines, 0)).toBe(30_000);
    expect(roots.mirrored(NAV_HISTORY).equals(readFileSync(ledger))).toBe(true);
  });

  test('goes on when the callback throws, with a process warning', async () => {
    const roots = makeRoots();
    const warnings: unknown[] = [];
    const collect = (warning: unknown): void => void warnings.push(warning);
    process.on('warning', collect);
    onTestFinished(() => void process.off('warning', collect));
    const broken = new Error('a callback that throws');
    const sync = createSync({
      ...roots,
      onPass: () => {
        throw broken;
      },
    });
    await sync.once();
    await sync.once();
    await sleep(0);
    expect(warnings).toEqual([broken, broken]);
  });
});

describe('stop', () => {
  test('waits for the pass under way', async () => {
    const roots = makeRoots();
    roots.put(NAV_HISTORY, navLines(1, 20_000));
    let reported = 0;
    const sync = createSync({ ...roots, onPass: () => void (reported += 1) });
    sync.start();
    await sleep(0);
    await sync.stop();
    expect(reported).toBe(1);
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 20_000));
  });

  test('does nothing where nothing was started', async () => {
    await expect(createSync(makeRoots()).stop()).resolves.toBeUndefined();
  });
});

/** The mirrored shadow head and the number of mirrored nav_history lines; null and 0 where there is none yet. */
function mirrorOf(to: string): [string | null, number] {
  try {
    const head = readFileSync(join(to, SHADOW_HEAD), 'utf8');
    const lines = filesBelow(to).includes(NAV_HISTORY) ? readFileSync(join(to, NAV_HISTORY), 'utf8') : '';
    return [head, lines.split('\n').length - 1];
  } catch {
    return [null, 0];
  }
}

function replaceByFile(path: string): void {
  rmSync(path, { recursive: true });
  writeFileSync(path, '');
  unlinkSync(path);
  writeFileSync(path, 'a file');
}
