import { readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { positions, POSITIONS, SHADOW_HEAD, shadowHead, T0 } from '../test/documents.js';
import { filesBelow, makeRoots } from '../test/roots.js';
import type { Roots } from '../test/roots.js';
import { createSync } from './index.js';
import type { Sync, SyncReport } from './index.js';

const NOW = T0 + 1000;

function syncOf({ from, to }: Roots): Sync {
  return createSync({ from, to, now: () => NOW });
}

function rulesOf(report: SyncReport): string[] {
  return report.findings.map(({ rule }) => rule);
}

describe('bytes', () => {
  const hostile = [
    ['integers of 64 bits', '{"total":3,"allowed":2,"vetoed":1,"generated_ts":1765000000,"id":9223372036854775807}'],
    [
      'floats that do not print as written',
      '{"total": 3.0, "allowed":2,"vetoed":1,"generated_ts":1765000000.10,"a":-0.0,"b":1e-7,"c":1.0E+2}',
    ],
    [
      'integer-like keys out of order',
      '{"z":1,"10":1,"2":1,"total":3,"allowed":2,"vetoed":1,"generated_ts":1765000000}',
    ],
    ['duplicate keys', '{"x":1,"x":2,"total":3,"allowed":2,"vetoed":1,"generated_ts":1765000000}'],
    ['white space and CRLF', '{\r\n\t"total":3 ,\r\n"allowed":2,"vetoed":1,"generated_ts":1765000000}\r\n\r\n'],
    [
      'escapes and raw text',
      '{"total":3,"allowed":2,"vetoed":1,"generated_ts":1765000000,"s":"\\u00e9é\\/\u2028😀\\ud800"}',
    ],
    ['a key named __proto__', '{"__proto__":{"x":1},"total":3,"allowed":2,"vetoed":1,"generated_ts":1765000000}'],
  ] as const;

  test.each(hostile)('keeps %s as they are', async (_what, text) => {
    const roots = makeRoots();
    roots.put(SHADOW_HEAD, text);
    const report = await syncOf(roots).once();
    expect(report).toMatchObject({ ok: true, mirrored: [SHADOW_HEAD], findings: [] });
    expect(roots.mirrored(SHADOW_HEAD)).toEqual(Buffer.from(text));
  });

  test('replaces a changed document through a new file, readable by all, and leaves no temporary', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    roots.put(SHADOW_HEAD, shadowHead(T0));
    await sync.once();
    const before = statSync(join(roots.to, SHADOW_HEAD));
    roots.put(SHADOW_HEAD, shadowHead(T0 + 1));
    expect((await sync.once()).mirrored).toEqual([SHADOW_HEAD]);
    const after = statSync(join(roots.to, SHADOW_HEAD));
    expect(after.ino).not.toBe(before.ino);
    expect(after.mode & 0o777).toBe(0o644);
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(shadowHead(T0 + 1));
    expect(filesBelow(roots.to)).toEqual([SHADOW_HEAD]);
  });

  test('makes files readable by all under a narrow umask', async () => {
    const roots = makeRoots();
    roots.put(SHADOW_HEAD, shadowHead(T0));
    const before = process.umask(0o077);
    onTestFinished(() => void process.umask(before));
    await syncOf(roots).once();
    expect(statSync(join(roots.to, SHADOW_HEAD)).mode & 0o777).toBe(0o644);
  });

  test('does not write a document again that has not changed, even when its file was', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    roots.put(SHADOW_HEAD, shadowHead(T0));
    await sync.once();
    const before = statSync(join(roots.to, SHADOW_HEAD), { bigint: true });
    unlinkSync(join(roots.from, SHADOW_HEAD));
    roots.put(SHADOW_HEAD, shadowHead(T0));
    const reports = [await sync.once(), await sync.once(), await syncOf(roots).once()];
    for (const report of reports) expect(report).toMatchObject({ mirrored: [], unchanged: [SHADOW_HEAD] });
    const after = statSync(join(roots.to, SHADOW_HEAD), { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
  });

  test('sees every one of many changes of equal length made in quick succession', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const path = roots.put(SHADOW_HEAD, shadowHead(T0, 1000));
    const fd = join(roots.from, SHADOW_HEAD);
    for (let total = 1001; total < 1200; total += 1) {
      writeFileSync(fd, shadowHead(T0, total));
      await sync.once();
      expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(readFileSync(path, 'utf8'));
    }
  });

  test('mends a mirrored copy that was damaged or removed', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    roots.put(SHADOW_HEAD, shadowHead(T0));
    await sync.once();
    roots.putMirror(SHADOW_HEAD, shadowHead(T0).slice(0, 20));
    expect((await sync.once()).mirrored).toEqual([SHADOW_HEAD]);
    unlinkSync(join(roots.to, SHADOW_HEAD));
    expect((await sync.once()).mirrored).toEqual([SHADOW_HEAD]);
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(shadowHead(T0));
  });
});

describe('a copy that a crash of the machine left', () => {
  const text = shadowHead(T0);
  const left = [
    ['empty', ''],
    ['torn', text.slice(0, 20)],
    ['filled with NUL', Buffer.alloc(text.length)],
    ['filled with NUL at its end', Buffer.concat([Buffer.from(text.slice(0, 20)), Buffer.alloc(text.length - 20)])],
    ['older', shadowHead(T0 - 60)],
  ] as const;

  test.each(left)('%s is replaced from the source at the next start', async (_what, content) => {
    const roots = makeRoots();
    roots.putMirror(SHADOW_HEAD, content);
    roots.put(SHADOW_HEAD, text);
    expect(await syncOf(roots).once()).toMatchObject({ ok: true, mirrored: [SHADOW_HEAD], findings: [] });
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(text);
  });
});

describe('the last good copy', () => {
  const bad = [
    ['torn', shadowHead(T0 + 5).slice(0, -4), 'json-syntax'],
    ['empty', '', 'json-syntax'],
    ['NaN', '{"total":NaN,"allowed":2,"vetoed":1,"generated_ts":1765000000}', 'json-syntax'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'json-encoding'],
    ['of an unknown shape', '[1,2]', 'unrecognised-shape'],
    ['nested without end', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'json-depth'],
  ] as const;

  test.each(bad)('stays when the source is %s', async (_what, content, rule) => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    roots.put(SHADOW_HEAD, shadowHead(T0));
    await sync.once();
    const before = statSync(join(roots.to, SHADOW_HEAD), { bigint: true });
    const source = roots.put(SHADOW_HEAD, content);
    for (const report of [await sync.once(), await sync.once()]) {
      expect(report).toMatchObject({ ok: false, mirrored: [], skipped: [SHADOW_HEAD] });
      expect(rulesOf(report)).toEqual([rule, 'quarantined', 'mirror-kept-last-good']);
      expect(report.findings[0]).toMatchObject({ file: source, surface: 'pipeline_v6_shadow_head' });
    }
    const after = statSync(join(roots.to, SHADOW_HEAD), { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(shadowHead(T0));
  });

  test('is not spoken of where there is none', async () => {
    const roots = makeRoots();
    roots.put(SHADOW_HEAD, '{');
    const report = await syncOf(roots).once();
    expect(rulesOf(report)).toEqual(['json-syntax', 'quarantined']);
    expect(report.skipped).toEqual([SHADOW_HEAD]);
  });

  test('stays when the source is older, by the time that the documents give themselves', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    roots.put(SHADOW_HEAD, shadowHead(T0));
    await sync.once();
    roots.put(SHADOW_HEAD, shadowHead(T0 - 1));
    for (const report of [await sync.once(), await syncOf(roots).once()]) {
      expect(report).toMatchObject({ ok: true, skipped: [SHADOW_HEAD], lag_s: 0 });
      expect(report.findings).toMatchObject([
        { rule: 'mirror-kept-last-good', expected: `not before ${T0}`, actual: `${T0 - 1}` },
      ]);
    }
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(shadowHead(T0));
    roots.put(SHADOW_HEAD, shadowHead(T0, 4));
    expect((await sync.once()).mirrored).toEqual([SHADOW_HEAD]);
  });

  test('gives way to an older source when its own time lies in the future', async () => {
    const roots = makeRoots();
    roots.putMirror(SHADOW_HEAD, shadowHead(NOW + 3600));
    roots.put(SHADOW_HEAD, shadowHead(T0));
    expect((await syncOf(roots).once()).mirrored).toEqual([SHADOW_HEAD]);
  });

  test('gives way when the position that was updated last is closed', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    roots.put(POSITIONS, positions(['BTCUSDT', T0], ['ETHUSDT', T0 + 9]));
    await sync.once();
    roots.put(POSITIONS, positions(['BTCUSDT', T0]));
    expect((await sync.once()).mirrored).toEqual([POSITIONS]);
    roots.put(POSITIONS, '[]');
    expect((await sync.once()).mirrored).toEqual([POSITIONS]);
    expect(roots.mirrored(POSITIONS).toString()).toBe('[]');
  });

  test('stays when every position of the source is older', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    roots.put(POSITIONS, positions(['BTCUSDT', T0], ['ETHUSDT', T0 + 9]));
    await sync.once();
    roots.put(POSITIONS, positions(['BTCUSDT', T0 - 2], ['ETHUSDT', T0 - 1]));
    expect((await sync.once()).skipped).toEqual([POSITIONS]);
  });

  test('stays when the source is gone', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const source = roots.put(SHADOW_HEAD, shadowHead(T0));
    await sync.once();
    unlinkSync(source);
    const report = await sync.once();
    expect(report).toMatchObject({ ok: true, mirrored: [], unchanged: [], skipped: [] });
    expect(report.findings).toMatchObject([{ rule: 'file-missing', file: source }]);
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(shadowHead(T0));
  });
});
