import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { NAV_HISTORY, navLine, navLines, T0 } from '../test/documents.js';
import { makeAppendOnly, mountTmpfs } from '../test/file-systems.js';
import { seeded, testSeed } from '../test/random.js';
import { filesBelow, makeRoots } from '../test/roots.js';
import type { Roots } from '../test/roots.js';
import { createSync } from './index.js';
import type { Sync } from './index.js';

const NOW = T0 + 100_000;

function syncOf({ from, to }: Roots): Sync {
  return createSync({ from, to, now: () => NOW });
}

describe('the mirrored ledger', () => {
  test('is only ever appended to, and not touched when there is nothing new', async (context) => {
    const roots = makeRoots();
    let sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, navLine(0));
    await sync.once();
    const target = join(roots.to, NAV_HISTORY);
    const { ino } = statSync(target);
    const obstacle = makeAppendOnly(target);
    if (obstacle !== null) context.skip(obstacle);
    for (let index = 1; index < 20; index += 1) {
      appendFileSync(source, navLine(index));
      expect((await sync.once()).mirrored).toEqual([NAV_HISTORY]);
      const { mtimeMs } = statSync(target);
      if (index % 5 === 0) sync = syncOf(roots);
      expect(await sync.once()).toMatchObject({ mirrored: [], unchanged: [NAV_HISTORY], lines: 0 });
      expect(statSync(target)).toMatchObject({ ino, mtimeMs });
    }
    expect(readFileSync(target)).toEqual(readFileSync(source));
  });

  test('ends byte for byte as its source does, however the source grows and the mirror restarts', async () => {
    const random = seeded(testSeed('growth'));
    const roots = makeRoots();
    const content = Buffer.from(
      Array.from({ length: 3000 }, (_, index) => (random(40) === 0 ? '{torn\r\n' : navLine(index, random(400)))).join(
        '',
      ),
    );
    const source = roots.put(NAV_HISTORY, '');
    let sync = syncOf(roots);
    for (let at = 0; at < content.length;) {
      const step = 1 + random(random(10) === 0 ? 200_000 : 2_000);
      appendFileSync(source, content.subarray(at, at + step));
      at += step;
      if (random(4) > 0) await sync.once();
      if (random(5) === 0) sync = syncOf(roots);
      const mirrored = filesBelow(roots.to).length === 0 ? Buffer.alloc(0) : roots.mirrored(NAV_HISTORY);
      expect(content.subarray(0, mirrored.length).equals(mirrored)).toBe(true);
      expect(mirrored.length === 0 || mirrored.at(-1) === 0x0a).toBe(true);
    }
    expect((await sync.once()).lag_bytes).toBe(0);
    expect(roots.mirrored(NAV_HISTORY).equals(content)).toBe(true);
  });

  test('is continued in the middle of the line in which a crash left it, wherever that was', async () => {
    const content = `${navLine(1)}{"ts":1,"nav_total":2}\r\n{bad\n${navLine(3)}`;
    for (let cut = 0; cut <= content.length; cut += 1) {
      const roots = makeRoots();
      roots.put(NAV_HISTORY, content);
      roots.putMirror(NAV_HISTORY, content.slice(0, cut));
      const report = await syncOf(roots).once();
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(content);
      expect(report.lines).toBe(content.slice(cut).split('\n').length - 1);
      const bad = content.indexOf('{bad\n');
      expect(report.findings.map(({ line }) => line)).toEqual(cut <= bad + 4 ? [3] : []);
    }
  });

  test('is continued where a crash of the machine left NULs in place of its end, wherever that was', async () => {
    const content = `${navLine(1)}{bad\n${navLine(3)}`;
    for (let cut = 0; cut <= content.length; cut += 1) {
      const roots = makeRoots();
      roots.put(NAV_HISTORY, content);
      roots.putMirror(NAV_HISTORY, Buffer.concat([Buffer.from(content.slice(0, cut)), Buffer.alloc(70_000)]));
      const report = await syncOf(roots).once();
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(content);
      expect(report.findings.filter(({ rule }) => rule === 'mirror-diverged')).toEqual([]);
    }
  });

  test('keeps NULs that stand in the source', async () => {
    const roots = makeRoots();
    const content = Buffer.concat([Buffer.from(navLine(1)), Buffer.alloc(3_000_000), Buffer.from(`\n${navLine(2)}`)]);
    roots.put(NAV_HISTORY, content);
    roots.putMirror(NAV_HISTORY, content.subarray(0, 1_000_000));
    await syncOf(roots).once();
    expect(roots.mirrored(NAV_HISTORY).equals(content)).toBe(true);
  });

  test('follows a writer that replaces the file with a longer copy at every record', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, navLines(1, 500));
    for (let index = 501; index < 530; index += 1) {
      copyFileSync(source, `${source}.copy`);
      appendFileSync(`${source}.copy`, navLine(index));
      renameSync(`${source}.copy`, source);
      const report = await sync.once();
      expect(report.findings).toEqual([]);
      expect(roots.mirrored(NAV_HISTORY)).toEqual(readFileSync(source));
    }
  });

  test('is made again where it was removed', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    roots.put(NAV_HISTORY, navLines(1, 5));
    await sync.once();
    unlinkSync(join(roots.to, NAV_HISTORY));
    expect(await sync.once()).toMatchObject({ mirrored: [NAV_HISTORY], findings: [] });
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 5));
  });

  test('is made again where it was removed, without older generations', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    roots.put(NAV_HISTORY, navLines(1, 5));
    await sync.once();
    roots.put(NAV_HISTORY, navLines(11, 13));
    await sync.once();
    unlinkSync(join(roots.to, NAV_HISTORY));
    expect(await sync.once()).toMatchObject({ mirrored: [NAV_HISTORY], findings: [] });
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(11, 13));
  });

  test('stays when its source is gone', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, navLines(1, 5));
    await sync.once();
    unlinkSync(source);
    expect((await sync.once()).findings).toMatchObject([{ rule: 'file-missing', file: source }]);
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 5));
  });

  test('is not written through a symbolic link', async () => {
    const roots = makeRoots();
    const outside = roots.put('outside', 'untouched\n');
    mkdirSync(join(roots.to, 'execution'), { recursive: true });
    symlinkSync(outside, join(roots.to, NAV_HISTORY));
    roots.put(NAV_HISTORY, navLine(1));
    const report = await syncOf(roots).once();
    expect(report).toMatchObject({ ok: false, skipped: [NAV_HISTORY] });
    expect(report.findings).toMatchObject([{ rule: 'write-failed', actual: 'a symbolic link' }]);
    expect(readFileSync(outside, 'utf8')).toBe('untouched\n');
  });

  test.each(['source', 'target'] as const)(
    'does not hang on a FIFO in place of the %s',
    { timeout: 5000 },
    async (end) => {
      const roots = makeRoots();
      roots.put(NAV_HISTORY, navLine(1));
      roots.putMirror(NAV_HISTORY, '');
      const path = join(end === 'source' ? roots.from : roots.to, NAV_HISTORY);
      unlinkSync(path);
      execFileSync('mkfifo', [path]);
      const report = await syncOf(roots).once();
      expect(report).toMatchObject({ ok: false, skipped: [NAV_HISTORY] });
      expect(report.findings[0]?.actual).toBe('a FIFO');
    },
  );
});

describe('a mirror that cannot be written', () => {
  test('is continued at the byte where the space ran out', async (context) => {
    const roots = makeRoots();
    const obstacle = mountTmpfs(roots.to, '64k');
    if (obstacle !== null) context.skip(obstacle);
    const content = navLines(1, 3000);
    roots.put(NAV_HISTORY, content);
    const sync = syncOf(roots);
    const report = await sync.once();
    expect(report).toMatchObject({ ok: false, skipped: [NAV_HISTORY] });
    expect(report.findings).toMatchObject([{ rule: 'write-failed', actual: 'ENOSPC' }]);
    expect(report.lag_bytes).toBe(content.length - roots.mirrored(NAV_HISTORY).length);
    await sleep(50);
    expect(await sync.once()).toMatchObject({ ok: false, skipped: [NAV_HISTORY], lag_bytes: report.lag_bytes });
    execFileSync('mount', ['-o', 'remount,size=4m', roots.to]);
    expect(await sync.once()).toMatchObject({ ok: true, lag_bytes: 0, findings: [] });
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(content);
  });
});
