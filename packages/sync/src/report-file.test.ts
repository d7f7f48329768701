import { appendFileSync, chmodSync, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { SYNC_REPORT_FILE, validateWriterView } from '@hedge-telemetry/contract';
import { describe, expect, onTestFinished, test } from 'vitest';

import { NAV_HISTORY, navLine, navLines, SHADOW_HEAD, shadowHead, T0 } from '../test/documents.js';
import { makeRoots } from '../test/roots.js';
import { createSync } from './index.js';
import type { SyncReport } from './index.js';

const PATIENT = { timeout: 20_000 };

function reportIn(to: string): SyncReport {
  const report = JSON.parse(readFileSync(join(to, SYNC_REPORT_FILE), 'utf8')) as SyncReport;
  expect(validateWriterView('sync_report', report)).toEqual([]);
  return report;
}

describe('the report in the mirror', () => {
  test('is that of the pass, valid, and readable by all', async () => {
    const roots = makeRoots();
    roots.put(SHADOW_HEAD, shadowHead(T0));
    roots.put(NAV_HISTORY, `${navLine(1)}{"ts":\n{`);
    const sync = createSync({ ...roots, now: () => T0 });
    const report = await sync.once();
    expect(reportIn(roots.to)).toEqual(report);
    expect(report).toMatchObject({
      ok: false,
      mode: 'once',
      ts: T0,
      started_at: T0,
      passes: 1,
      lag_bytes: 1,
      lines: 2,
    });
    expect(statSync(join(roots.to, SYNC_REPORT_FILE)).mode & 0o777).toBe(0o644);
  });

  test('counts over the passes of one mirror', async () => {
    const roots = makeRoots();
    const sync = createSync(roots);
    const ledger = roots.put(NAV_HISTORY, navLines(1, 3));
    await sync.once();
    appendFileSync(ledger, `x\n${navLine(4)}`);
    await sync.once();
    const totals = { passes: 2, lines: 2, lines_total: 5, invalid_lines_total: 1, mirrored_total: 2 };
    expect(reportIn(roots.to)).toMatchObject(totals);
    await createSync(roots).once();
    expect(reportIn(roots.to)).toMatchObject({ passes: 1, lines_total: 0, mirrored_total: 0 });
  });

  test('is renewed while the mirror follows, though nothing changes, but not at every pass', async () => {
    const roots = makeRoots();
    roots.put(SHADOW_HEAD, shadowHead(T0));
    const given: SyncReport[] = [];
    const kept = new Set<number>();
    const sync = createSync({ ...roots, intervalMs: 5, onPass: (report) => void given.push(report) });
    sync.start();
    onTestFinished(() => sync.stop());
    const passes = (): number => {
      if (!existsSync(join(roots.to, SYNC_REPORT_FILE))) return 0;
      kept.add(reportIn(roots.to).passes);
      return kept.size;
    };
    await expect.poll(passes, { ...PATIENT, interval: 2 }).toBeGreaterThanOrEqual(3);
    expect(reportIn(roots.to).mode).toBe('follow');
    expect(given.length).toBeGreaterThan(3 * kept.size);
  });

  test('goes on telling where the source has vanished, and is not made before there is a mirror', async () => {
    const roots = makeRoots();
    roots.put(SHADOW_HEAD, shadowHead(T0));
    const sync = createSync(roots);
    rmSync(roots.from, { recursive: true });
    await sync.once();
    expect(existsSync(roots.to)).toBe(false);
    roots.put(SHADOW_HEAD, shadowHead(T0));
    await sync.once();
    rmSync(roots.from, { recursive: true });
    await sync.once();
    expect(reportIn(roots.to)).toMatchObject({ ok: false, lag_s: null, passes: 3 });
  });

  test('is never written into a source that is the mirror itself', async () => {
    const roots = makeRoots();
    await createSync({ from: roots.from, to: roots.from }).once();
    expect(existsSync(join(roots.from, SYNC_REPORT_FILE))).toBe(false);
  });

  test.each([
    ['', []],
    [' of everything', ['**']],
  ])('is neither listed nor copied by a mirror%s of the mirror, which has its own', async (_what, include) => {
    const roots = makeRoots();
    roots.put(SHADOW_HEAD, shadowHead(T0));
    await createSync({ ...roots, now: () => T0 }).once();
    const second = { from: roots.to, to: join(roots.from, '..', 'second'), now: () => T0 + 1, include };
    const sync = createSync(second);
    for (let pass = 1; pass <= 2; pass += 1) {
      const report = await sync.once();
      const [mirrored, unchanged] = pass === 1 ? [[SHADOW_HEAD], []] : [[], [SHADOW_HEAD]];
      expect(report).toMatchObject({ ok: true, mirrored, unchanged, skipped: [], undeclared: [], passes: pass });
      expect(reportIn(second.to)).toEqual(report);
    }
    expect(reportIn(roots.to).ts).toBe(T0);
  });

  test.skipIf(process.getuid?.() === 0)('is missed aloud where it cannot be written', async () => {
    const roots = makeRoots();
    const sync = createSync(roots);
    await sync.once();
    chmodSync(roots.to, 0o500);
    onTestFinished(() => chmodSync(roots.to, 0o700));
    await sleep(0);
    const report = await sync.once();
    expect(report.ok).toBe(false);
    expect(report.findings).toMatchObject([{ rule: 'write-failed', file: join(roots.to, SYNC_REPORT_FILE) }]);
  });
});
