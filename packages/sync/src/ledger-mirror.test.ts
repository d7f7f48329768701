import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import { EVENTS, NAV_HISTORY, navLine, navLines, T0 } from '../test/documents.js';
import { makeAppendOnly, mountTmpfs } from '../test/file-systems.js';
import { seeded, testSeed } from '../test/random.js';
import { filesBelow, makeRoots } from '../test/roots.js';
import type { Roots } from '../test/roots.js';
import { createSync } from './index.js';
import type { Sync } from './index.js';

const NOW = T0 + 1000;

function syncOf({ from, to }: Roots): Sync {
  return createSync({ from, to, now: () => NOW });
}

describe('lines', () => {
  test('are mirrored verbatim: long integers, floats, CRLF, blank and broken lines, bytes that are not UTF-8', async () => {
    const roots = makeRoots();
    const content = Buffer.concat([
      Buffer.from('{"ts":1765000000,"nav_total":1.0,"id":9223372036854775807,"z":1,"1":-0.0,"e":1e-7}\n'),
      Buffer.from('{"ts":1765000001,"nav_total":0.10}\r\n'),
      Buffer.from('\n'),
      Buffer.from("{'ts': None}\n"),
      Buffer.from([0x22, 0xff, 0xfe, 0x0d, 0x0a]),
      Buffer.from('{"ts":1765000002,"nav_total":1,"s":"\u2028\u0085"}\n\0\0\n'),
    ]);
    const source = roots.put(NAV_HISTORY, content);
    const report = await syncOf(roots).once();
    expect(roots.mirrored(NAV_HISTORY)).toEqual(content);
    expect(report).toMatchObject({ mirrored: [NAV_HISTORY], lines: 7, invalid_lines: 4, lag_bytes: 0, lag_s: 0 });
    expect(report.findings).toMatchObject([
      { rule: 'json-syntax', line: 3, file: source, surface: 'nav_history' },
      { rule: 'json-syntax', line: 4 },
      { rule: 'json-encoding', line: 5 },
      { rule: 'json-syntax', line: 7 },
    ]);
  });

  test('wait for their newline', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const whole = navLine(1);
    const source = roots.put(NAV_HISTORY, `${whole}{"ts":17650`);
    for (const [index, report] of [await sync.once(), await sync.once(), await syncOf(roots).once()].entries()) {
      expect(report).toMatchObject({
        ok: true,
        [index === 0 ? 'mirrored' : 'unchanged']: [NAV_HISTORY],
        lag_bytes: 11,
      });
      expect(report.findings).toMatchObject([{ rule: 'line-unterminated', actual: '11 bytes without one' }]);
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(whole);
    }
    appendFileSync(source, '00000,"nav_total":null}\n');
    expect(await sync.once()).toMatchObject({ lines: 1, invalid_lines: 0, lag_bytes: 0, findings: [] });
    expect(roots.mirrored(NAV_HISTORY)).toEqual(readFileSync(source));
  });

  test('are found before a long line that is not complete yet', async () => {
    const roots = makeRoots();
    const torn = navLine(9, 300_000).slice(0, -1);
    roots.put(NAV_HISTORY, `${navLines(1, 5)}${torn}`);
    expect(await syncOf(roots).once()).toMatchObject({ lines: 5, lag_bytes: torn.length });
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 5));
  });

  test('that are invalid keep their number in the file through later passes and restarts', async () => {
    const roots = makeRoots();
    let sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, `${navLines(1, 3)}{}\n${navLine(5)}`);
    const numbers: (number | null)[] = [];
    for (let pass = 0; pass < 4; pass += 1) {
      const { findings } = await sync.once();
      numbers.push(...findings.map(({ line }) => line));
      appendFileSync(source, `${navLine(6)}[]\n`);
      if (pass === 1) sync = syncOf(roots);
    }
    expect(numbers).toEqual([4, 7, 9, 11]);
  });

  test('that are invalid are reported up to a hundred a pass, and all counted', async () => {
    const roots = makeRoots();
    roots.put(NAV_HISTORY, '{}\n'.repeat(90));
    roots.put(EVENTS, '{}\n'.repeat(90));
    const report = await syncOf(roots).once();
    expect(report).toMatchObject({ lines: 180, invalid_lines: 180 });
    expect(report.findings).toHaveLength(100);
  });

  test('longer than a chunk are mirrored; beyond the limit of a reader they are reported too', async () => {
    const roots = makeRoots();
    const content = `${navLine(1, 3_000_000)}${navLine(2, 5_000_000)}${navLine(3)}`;
    roots.put(NAV_HISTORY, content);
    const report = await syncOf(roots).once();
    expect(roots.mirrored(NAV_HISTORY).equals(Buffer.from(content))).toBe(true);
    expect(report).toMatchObject({ lines: 3, invalid_lines: 1 });
    expect(report.findings).toMatchObject([{ rule: 'line-too-long', line: 2 }]);
  });

  test('of an empty ledger make an empty mirror', async () => {
    const roots = makeRoots();
    roots.put(NAV_HISTORY, '');
    expect((await syncOf(roots).once()).mirrored).toEqual([NAV_HISTORY]);
    expect(roots.mirrored(NAV_HISTORY)).toHaveLength(0);
    expect(statSync(join(roots.to, NAV_HISTORY)).mode & 0o777).toBe(0o644);
  });
});

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

describe('a source that was rotated, truncated or rewritten', () => {
  const old = navLines(1, 40);
  const fresh = navLines(101, 103);

  test.each([
    ['renamed away', (source: string) => renameSync(source, `${source}.1`)],
    ['copied away and truncated', (source: string) => truncateSync(source)],
  ])('has its lines mirrored once behind the old ones when it was %s', async (_how, rotate) => {
    const roots = makeRoots();
    let sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, old);
    await sync.once();
    rotate(source);
    appendFileSync(source, fresh);
    const report = await sync.once();
    expect(report.findings).toMatchObject([{ rule: 'mirror-diverged', surface: 'nav_history', file: source }]);
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${old}${fresh}`);
    for (let index = 104; index < 120; index += 1) {
      appendFileSync(source, `${navLine(index)}{"torn`);
      if (index % 3 === 0) sync = syncOf(roots);
      expect((await sync.once()).findings.map(({ rule }) => rule)).toEqual(['line-unterminated']);
      truncateSync(source, statSync(source).size - 6);
    }
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${old}${fresh}${navLines(104, 119)}`);
  });

  test('counts as empty until it has lines, and is reported once', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, old);
    await sync.once();
    truncateSync(source);
    expect((await sync.once()).findings).toHaveLength(1);
    expect((await sync.once()).findings).toHaveLength(0);
    appendFileSync(source, fresh);
    expect((await sync.once()).findings).toHaveLength(0);
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${old}${fresh}`);
  });

  test('has its lines mirrored once through many generations and restarts', async () => {
    const random = seeded(testSeed('generations'));
    const roots = makeRoots();
    let sync = syncOf(roots);
    let expected = '';
    let index = 0;
    const source = roots.put(NAV_HISTORY, '');
    for (let generation = 0; generation < 12; generation += 1) {
      unlinkSync(source);
      writeFileSync(source, navLine((index += 1), random(9000)));
      for (let step = random(6); step >= 0; step -= 1) {
        await sync.once();
        if (random(2) === 0) sync = syncOf(roots);
        const first = index + 1;
        index += 1 + random(50);
        appendFileSync(source, navLines(first, index, random(300)));
      }
      await sync.once();
      expected += readFileSync(source, 'utf8');
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(expected);
    }
  });

  test('has an equal record mirrored again: a rotated ledger may begin as the old one ended', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, navLines(1, 3));
    await sync.once();
    renameSync(source, `${source}.1`);
    writeFileSync(source, navLines(3, 4));
    await sync.once();
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${navLines(1, 3)}${navLines(3, 4)}`);
  });

  test.each([false, true])(
    'is followed without repeating a line when its head was cut off (restart: %s)',
    async (restart) => {
      const roots = makeRoots();
      let sync = syncOf(roots);
      const source = roots.put(NAV_HISTORY, navLines(1, 5000));
      await sync.once();
      writeFileSync(source, navLines(4000, 5005));
      if (restart) sync = syncOf(roots);
      expect((await sync.once()).findings.map(({ rule }) => rule)).toEqual(restart ? [] : ['mirror-diverged']);
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 5005));
      appendFileSync(source, navLine(5006));
      await syncOf(roots).once();
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 5006));
    },
  );

  test.each([false, true])(
    'is followed without repeating a line when it lost its end (restart: %s)',
    async (restart) => {
      const roots = makeRoots();
      let sync = syncOf(roots);
      const source = roots.put(NAV_HISTORY, navLines(1, 50));
      await sync.once();
      const kept = navLines(1, 40);
      truncateSync(source, kept.length + 7);
      if (restart) sync = syncOf(roots);
      expect((await sync.once()).findings.map(({ rule }) => rule)).toEqual(['mirror-diverged', 'line-unterminated']);
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 50));
      truncateSync(source, kept.length);
      appendFileSync(source, navLines(61, 300));
      expect((await sync.once()).findings).toEqual([]);
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${navLines(1, 50)}${navLines(61, 300)}`);
      appendFileSync(source, navLine(301));
      expect((await syncOf(roots).once()).findings).toEqual([]);
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${navLines(1, 50)}${navLines(61, 301)}`);
    },
  );

  test('has its lines mirrored when it is rotated after it lost its end', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, navLines(1, 50));
    await sync.once();
    truncateSync(source, navLines(1, 40).length);
    await sync.once();
    unlinkSync(source);
    roots.put(NAV_HISTORY, navLines(101, 160));
    expect((await sync.once()).findings.map(({ rule }) => rule)).toEqual(['mirror-diverged']);
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${navLines(1, 50)}${navLines(101, 160)}`);
  });

  test.each([
    ['long before its end', 200],
    ['just before its end', 4995],
  ])('has the lines mirrored again from the one that was changed %s', async (_where, changed) => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    roots.put(NAV_HISTORY, navLines(1, 5000));
    await sync.once();
    const rewritten = `${navLine(changed).replace('nav_total', 'NAV_TOTAL')}${navLines(changed + 1, 5000)}`;
    roots.put(NAV_HISTORY, `${navLines(1, changed - 1)}${rewritten}`);
    expect((await sync.once()).findings[0]?.rule).toBe('mirror-diverged');
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${navLines(1, 5000)}${rewritten}`);
    expect((await sync.once()).findings).toEqual([]);
  });

  test('begins on a line of its own behind a line that a crash left partial', async () => {
    const roots = makeRoots();
    const partial = navLine(4).slice(0, 20);
    roots.putMirror(NAV_HISTORY, `${navLines(1, 3)}${partial}`);
    const source = roots.put(NAV_HISTORY, fresh);
    expect((await syncOf(roots).once()).findings.map(({ rule }) => rule)).toEqual(['mirror-diverged']);
    const expected = `${navLines(1, 3)}${partial}\n${fresh}`;
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(expected);
    appendFileSync(source, navLine(104));
    expect((await syncOf(roots).once()).findings).toEqual([]);
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${expected}${navLine(104)}`);
  });

  test('has its first line completed where a crash left it partial behind the old ones', async () => {
    for (let cut = 1; cut < navLine(101).length; cut += 1) {
      const roots = makeRoots();
      roots.putMirror(NAV_HISTORY, `${old}${fresh.slice(0, cut)}`);
      roots.put(NAV_HISTORY, fresh);
      await syncOf(roots).once();
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${old}${fresh}`);
    }
  });
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
