import { linkSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { validateWriterView } from '@hedge-telemetry/contract';
import { describe, expect, test } from 'vitest';

import {
  NAV_HISTORY,
  navLine,
  navLines,
  positions,
  POSITIONS,
  SHADOW_HEAD,
  shadowHead,
  T0,
} from '../test/documents.js';
import { filesBelow, makeRoots } from '../test/roots.js';
import type { Roots } from '../test/roots.js';
import { createSync } from './index.js';
import type { Sync, SyncOptions } from './index.js';

function syncOf({ from, to }: Roots, options: Partial<SyncOptions> = {}): Sync {
  return createSync({ from, to, now: () => T0 + 1000, patienceMs: 0, ...options });
}

function kept(roots: Roots): string[] {
  return filesBelow(join(roots.to, 'quarantine'));
}

describe('a document in quarantine', () => {
  test('is there byte for byte, with what is wrong with it, once', async () => {
    const roots = makeRoots();
    const torn = Buffer.concat([Buffer.from(shadowHead(T0).slice(0, 30)), Buffer.from([0xff, 0])]);
    roots.put(SHADOW_HEAD, torn);
    const report = await syncOf(roots).once();
    const [copy = '', record = ''] = kept(roots);
    expect(copy).toMatch(/^state\/pipeline_v6_shadow_head\.[0-9a-f]{12}\.json$/);
    expect(record).toBe(`${copy}.finding.json`);
    expect(report.quarantined).toEqual([`quarantine/${copy}`, `quarantine/${record}`]);
    expect(roots.mirrored(`quarantine/${copy}`)).toEqual(torn);
    const said: unknown = JSON.parse(roots.mirrored(`quarantine/${record}`).toString());
    expect(validateWriterView('quarantine', said)).toEqual([]);
    expect(said).toMatchObject({ file: SHADOW_HEAD, bytes: 32, kept_bytes: 32, findings: [{ rule: 'json-encoding' }] });
    for (const sync of [syncOf(roots), syncOf(roots)])
      expect(await sync.once()).toMatchObject({ quarantined: [], skipped: [SHADOW_HEAD] });
    expect(kept(roots)).toHaveLength(2);
  });

  test('gives way to younger ones, and is cut where it is long', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    for (let index = 0; index < 12; index += 1) {
      roots.put(SHADOW_HEAD, `{"torn":${index}`);
      await sync.once();
      await sleep(2);
    }
    const texts = kept(roots)
      .filter((file) => !file.endsWith('.finding.json'))
      .map((file) => roots.mirrored(`quarantine/${file}`).toString());
    expect(texts.toSorted()).toEqual([10, 11, 4, 5, 6, 7, 8, 9].map((index) => `{"torn":${index}`));
    roots.put(SHADOW_HEAD, `{"${'x'.repeat(3_000_000)}`);
    await sync.once();
    expect(kept(roots)).toHaveLength(16);
    const lengths = kept(roots).map((file) => roots.mirrored(`quarantine/${file}`).length);
    expect(Math.max(...lengths)).toBe(1024 * 1024);
  });

  test('is only spoken of where the file has another name too: it may not be of the source', async () => {
    const roots = makeRoots();
    const outside = roots.put('../secret', 'root:x:0:0');
    unlinkIfThere(join(roots.from, SHADOW_HEAD));
    linkSync(outside, join(roots.from, SHADOW_HEAD));
    expect(await syncOf(roots).once()).toMatchObject({ skipped: [SHADOW_HEAD], quarantined: [], ok: false });
    expect(filesBelow(roots.to)).toEqual([]);
  });
});

describe('a document that is not whole', () => {
  test('is read again for a while, and put in place when it becomes whole', async () => {
    const roots = makeRoots();
    const source = roots.put(SHADOW_HEAD, shadowHead(T0).slice(0, 20));
    const sync = syncOf(roots, { patienceMs: 20_000 });
    const pass = sync.once();
    await sleep(20);
    writeFileSync(source, shadowHead(T0));
    expect(await pass).toMatchObject({ ok: true, mirrored: [SHADOW_HEAD], findings: [] });
  });

  test('is no error while it is young, and one when it stays so', async () => {
    const roots = makeRoots();
    roots.put(SHADOW_HEAD, '{');
    roots.putMirror(SHADOW_HEAD, shadowHead(T0));
    const reports: { ok: boolean; kept: number }[] = [];
    const sync = syncOf(roots, {
      patienceMs: 150,
      intervalMs: 10,
      onPass: ({ ok, skipped }) => {
        expect(skipped).toEqual([SHADOW_HEAD]);
        reports.push({ ok, kept: kept(roots).length });
      },
    });
    sync.start();
    await expect.poll(() => reports.at(-1)?.kept, { timeout: 20_000 }).toBe(2);
    await sync.stop();
    expect(reports[0]).toEqual({ ok: true, kept: 0 });
    expect(reports.at(-1)).toEqual({ ok: false, kept: 2 });
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(shadowHead(T0));
  });
});

describe('a document with an invalid field', () => {
  const faulty = shadowHead(T0 + 5).replace('"total":3', '"total":"three"');

  test('is put in place with its findings, so that its other fields can be read', async () => {
    const roots = makeRoots();
    roots.putMirror(SHADOW_HEAD, shadowHead(T0));
    const source = roots.put(SHADOW_HEAD, faulty);
    const sync = syncOf(roots);
    for (const status of ['mirrored', 'unchanged']) {
      const report = await sync.once();
      expect(report).toMatchObject({ ok: false, [status]: [SHADOW_HEAD], quarantined: [], lag_s: 0 });
      expect(report.findings).toMatchObject([
        { rule: 'type-mismatch', pointer: '/total', file: source },
        { rule: 'mirror-with-faults' },
      ]);
    }
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(faulty);
    roots.put(SHADOW_HEAD, shadowHead(T0 + 6));
    expect(await sync.once()).toMatchObject({ ok: true, mirrored: [SHADOW_HEAD], findings: [] });
  });

  test.each([
    ['is to be strict', faulty, { strict: true }],
    ['would lose the time of the copy', faulty.replace(`${T0 + 5}`, '"soon"'), {}],
    ['has nothing left that can be read', JSON.stringify({ generated_ts: T0 + 9 }), {}],
  ])('is withheld and kept in quarantine where the mirror %s', async (_why, content, options) => {
    const roots = makeRoots();
    roots.putMirror(SHADOW_HEAD, shadowHead(T0));
    roots.put(SHADOW_HEAD, content);
    expect(await syncOf(roots, options).once()).toMatchObject({ ok: false, skipped: [SHADOW_HEAD] });
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(shadowHead(T0));
    expect(kept(roots)).toHaveLength(2);
  });

  const undated = shadowHead(null);
  const undatedFaulty = undated.replace('"total":3', '"total":"three"');
  test.each([
    ['a valid one without a time', undated, undatedFaulty, false],
    ['a faulty one without a time', undatedFaulty.replace('three', 'four'), undatedFaulty, true],
    ['one that is refused', '{', undatedFaulty, true],
    ['a valid one without a time, where it has a time', undated, faulty, true],
  ])('takes the place of %s only where nothing better is lost', async (_what, copy, content, isPlaced) => {
    const roots = makeRoots();
    roots.putMirror(SHADOW_HEAD, copy);
    roots.put(SHADOW_HEAD, content);
    const sync = syncOf(roots);
    expect(await sync.once()).toMatchObject({ ok: false, [isPlaced ? 'mirrored' : 'skipped']: [SHADOW_HEAD] });
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(isPlaced ? content : copy);
    expect(kept(roots)).toHaveLength(isPlaced ? 0 : 2);
  });

  test('does not take the place of a younger one', async () => {
    const roots = makeRoots();
    roots.putMirror(SHADOW_HEAD, shadowHead(T0 + 9));
    roots.put(SHADOW_HEAD, faulty);
    expect(await syncOf(roots).once()).toMatchObject({ skipped: [SHADOW_HEAD], quarantined: [] });
    expect(roots.mirrored(SHADOW_HEAD).toString()).toBe(shadowHead(T0 + 9));
  });

  test('shows the other rows where it is one of several', async () => {
    const roots = makeRoots();
    roots.putMirror(POSITIONS, positions(['BTCUSDT', T0]));
    const content = positions(['BTCUSDT', T0 + 1], ['ETHUSDT', T0 + 1]).replace('"qty":1', '"qty":"1,0"');
    roots.put(POSITIONS, content);
    expect((await syncOf(roots).once()).mirrored).toEqual([POSITIONS]);
    expect(roots.mirrored(POSITIONS).toString()).toBe(content);
  });
});

describe('a document or a record from the future', () => {
  test('is mirrored and reported', async () => {
    const roots = makeRoots();
    const source = roots.put(SHADOW_HEAD, shadowHead(T0 + 5000));
    const ledger = roots.put(NAV_HISTORY, navLines(998, 1100));
    const report = await syncOf(roots).once();
    expect(report).toMatchObject({ ok: true, mirrored: [NAV_HISTORY, SHADOW_HEAD], invalid_lines: 0, quarantined: [] });
    expect(report.findings).toMatchObject([
      { rule: 'timestamp-future', file: source, pointer: '/generated_ts' },
      { rule: 'timestamp-future', file: ledger, line: 5 },
    ]);
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(998, 1100));
  });
});

describe('a broken line', () => {
  interface Listed {
    readonly line: number;
    readonly offset: number;
    readonly base64: string;
    readonly intact: readonly { offset: number; length: number }[];
    readonly findings: readonly { rule: string }[];
  }

  function listed(roots: Roots): Listed[] {
    const lines = roots.mirrored(`quarantine/${NAV_HISTORY}`).toString().trimEnd().split('\n');
    return lines.map((line) => {
      const record: unknown = JSON.parse(line);
      expect(validateWriterView('quarantine', record)).toEqual([]);
      return record as Listed;
    });
  }

  test('is mirrored as it is and listed once, with its bytes and place, through restarts', async () => {
    const roots = makeRoots();
    const source = roots.put(NAV_HISTORY, `${navLine(1)}{"torn\n${navLine(3)}`);
    expect((await syncOf(roots).once()).quarantined).toEqual([`quarantine/${NAV_HISTORY}`]);
    writeFileSync(source, Buffer.from([0xff, 0x0a]), { flag: 'a' });
    expect((await syncOf(roots).once()).findings).toMatchObject([{ rule: 'json-encoding', line: 4 }]);
    expect((await syncOf(roots).once()).findings).toEqual([]);
    rmSync(join(roots.to, NAV_HISTORY));
    await syncOf(roots).once();
    expect(roots.mirrored(NAV_HISTORY)).toEqual(readFileSync(source));
    expect(
      listed(roots).map(({ line, offset, base64 }) => [line, offset, Buffer.from(base64, 'base64').toString('hex')]),
    ).toEqual([
      [2, navLine(1).length, Buffer.from('{"torn').toString('hex')],
      [4, navLines(1, 1).length + 7 + navLine(3).length, 'ff'],
    ]);
  });

  test.each([
    ['a torn record before a whole one', `{"ts":1765000002,"nav${navLine(3)}`, 'line-glued', [navLine(3)]],
    ['two records', `${navLine(2).trimEnd()}${navLine(3)}`, 'line-glued', [navLine(2), navLine(3)]],
    ['a record and a torn one', `${navLine(2).trimEnd()}{"ts":17\n`, 'line-glued', [navLine(2)]],
    ['a text that is torn, and a record', `{"ts":17,"note":"a${navLine(3)}`, 'line-glued', [navLine(3)]],
    ['NUL bytes and a record', `${'\0'.repeat(4096)}${navLine(3)}`, 'line-nul-filled', [navLine(3)]],
    ['NUL bytes', `${'\0'.repeat(4096)}\n`, 'line-nul-filled', []],
  ])('that holds %s tells where the whole records are', async (_what, line, rule, whole) => {
    const roots = makeRoots();
    const content = `${navLine(1)}${line}${navLine(9)}`;
    roots.put(NAV_HISTORY, content);
    const report = await syncOf(roots).once();
    expect(report).toMatchObject({ lines: 3, invalid_lines: 1, findings: [{ rule, line: 2 }] });
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(content);
    const [record] = listed(roots);
    expect(record?.intact.map(({ offset, length }) => `${line.slice(offset, offset + length)}\n`)).toEqual(whole);
  });

  test('does not keep the mirror from going on where it cannot be listed', async () => {
    const roots = makeRoots();
    roots.putMirror('quarantine', 'a file');
    roots.put(NAV_HISTORY, `{"torn\n${navLine(2)}`);
    const report = await syncOf(roots).once();
    expect(report.findings.map(({ rule }) => rule)).toEqual(['write-failed', 'json-syntax']);
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`{"torn\n${navLine(2)}`);
  });

  test('is put on a new list when the list is long', async () => {
    const roots = makeRoots();
    const list = `quarantine/${NAV_HISTORY}`;
    roots.putMirror(list, `${'x'.repeat(5 * 1024 * 1024)}\n`);
    roots.put(NAV_HISTORY, '{"torn\n');
    await syncOf(roots).once();
    expect(listed(roots)).toHaveLength(1);
    expect(roots.mirrored(list.replace('.jsonl', '.1.jsonl')).length).toBeGreaterThan(5 * 1024 * 1024);
  });
});

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was never there.
  }
}
