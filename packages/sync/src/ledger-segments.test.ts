import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  renameSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { NAV_HISTORY, navLine, navLines, T0 } from '../test/documents.js';
import { makeRoots, temporaryDirectory } from '../test/roots.js';
import type { Roots } from '../test/roots.js';
import { createSync } from './index.js';
import type { Sync } from './index.js';
import { createPasses } from './pass.js';
import type { Passes } from './pass.js';
import { belongsToLedger, listSegments } from './ledger-segments.js';

const TIMES = ['20261128T173555.123Z', '20261128T173555.124Z', '20261201T000000.000Z'];

function syncOf({ from, to }: Roots): Sync {
  return createSync({ from, to, now: () => T0 + 100_000 });
}

/** Ways in which a ledger is rotated; each gives the path of the segment of the lines before. */
const ways: Readonly<Record<string, (file: string, turn: number) => string>> = {
  'renamed to a time': (file, turn) => renamed(file, file.replace('.jsonl', `.${TIMES[turn]}.jsonl`)),
  'renamed to a time and compressed': (file, turn) =>
    compressed(renamed(file, file.replace('.jsonl', `.${TIMES[turn]}.jsonl`))),
  counted: (file, turn) => counted(file, turn),
  'counted and compressed': (file, turn) => compressed(counted(file, turn)),
  'copied to a date and truncated': (file, turn) => {
    const segment = `${file}-2026112${turn}`;
    copyFileSync(file, segment);
    truncateSync(file);
    return segment;
  },
};

describe.each(Object.entries(ways))('a ledger that is %s', (_way, rotate) => {
  test.each([
    ['while the mirror runs', false],
    ['while the mirror is stopped', true],
  ])('has every line mirrored once, however often that happens between two passes: %s', async (_when, restarts) => {
    for (const rotations of [1, 2, 3]) {
      const roots = makeRoots();
      let sync = syncOf(roots);
      const source = roots.put(NAV_HISTORY, navLines(1, 300));
      await sync.once();
      appendFileSync(source, navLines(301, 400));
      for (let turn = 0; turn < rotations; turn += 1) {
        rotate(source, turn);
        appendFileSync(source, navLines(401 + 100 * turn, 500 + 100 * turn));
      }
      if (restarts) sync = syncOf(roots);
      const report = await sync.once();
      const all = navLines(1, 400 + 100 * rotations);
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(all);
      expect(report).toMatchObject({ lines: 100 + 100 * rotations, findings: [], undeclared: [], lag_bytes: 0 });
      appendFileSync(source, navLine(9999));
      await (restarts ? syncOf(roots) : sync).once();
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${all}${navLine(9999)}`);
    }
  });

  test('is mirrored from its oldest line on where the mirror is new', async () => {
    const roots = makeRoots();
    const source = roots.put(NAV_HISTORY, '');
    for (let turn = 0; turn < 3; turn += 1) {
      appendFileSync(source, navLines(100 * turn, 100 * turn + 99));
      rotate(source, turn);
    }
    appendFileSync(source, navLines(300, 310));
    await syncOf(roots).once();
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(0, 310));
  });

  test('has the rest of its lines mirrored though no new file was begun', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, navLines(1, 5));
    await sync.once();
    appendFileSync(source, navLines(6, 9));
    rotate(source, 0);
    for (const each of [sync, syncOf(roots)]) {
      await each.once();
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 9));
    }
  });
});

describe('a segment', () => {
  test('is told from other files by its name, and sorted by it', () => {
    const file = join(temporaryDirectory(), 'events.jsonl');
    const inOrder = {
      time: [`events.${TIMES[0]}.jsonl`, `events.${TIMES[1]}.jsonl.gz`, `events.${TIMES[2]}.jsonl`],
      count: ['events.jsonl.10.gz', 'events.jsonl.9.gz', 'events.jsonl.2', 'events.jsonl.1'],
      date: ['events.jsonl-20261127', 'events.jsonl-20261128.gz', 'events.jsonl-20261128-1700'],
    };
    const others = [
      'events.jsonl.gz.tmp',
      `.events.${TIMES[0]}.jsonl.gz.12.ab.tmp`,
      'events.notes.jsonl',
      'events.jsonl.bak',
      '.events.jsonl.lock',
      'my_events.jsonl.1',
      'events.jsonl~',
    ];
    for (const names of Object.values(inOrder)) {
      for (const name of [...names.toReversed(), ...others]) writeFileSync(join(file, '..', name), '');
      expect(listSegments(file).map(({ path }) => basename(path))).toEqual(names);
      for (const name of names) {
        expect(belongsToLedger(name), name).toBe(true);
        unlinkSync(join(file, '..', name));
      }
    }
    expect(others.filter(belongsToLedger)).toEqual([`.events.${TIMES[0]}.jsonl.gz.12.ab.tmp`, '.events.jsonl.lock']);
  });

  test('counts once where it is there compressed and not', async () => {
    const roots = makeRoots();
    const segment = roots.put(`execution/nav_history.${TIMES[0]}.jsonl`, navLines(1, 9));
    writeFileSync(`${segment}.gz`, gzipSync(readFileSync(segment)).subarray(0, 30));
    roots.put(NAV_HISTORY, navLine(10));
    expect((await syncOf(roots).once()).findings).toEqual([]);
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 10));
  });

  test('that is damaged is mirrored as far as it can be unpacked, and reported', async () => {
    const roots = makeRoots();
    const content = gzipSync(Buffer.from(navLines(1, 5000)));
    const segment = roots.put(`execution/nav_history.${TIMES[0]}.jsonl.gz`, content.subarray(0, content.length / 2));
    roots.put(NAV_HISTORY, navLine(9999));
    const report = await syncOf(roots).once();
    expect(report.findings[0]).toMatchObject({ rule: 'file-unreadable', file: segment });
    const lines = roots.mirrored(NAV_HISTORY).toString().split('\n');
    expect(lines.length).toBeGreaterThan(1000);
    expect(lines.slice(0, -2).join('\n')).toBe(navLines(1, lines.length - 2).trimEnd());
    expect(lines.at(-2)).toBe(navLine(9999).trimEnd());
  });

  test('that took the inode of another file is known by its content', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, navLines(1, 300));
    await sync.once();
    appendFileSync(source, navLines(301, 310));
    copyFileSync(source, `${source}.1`);
    truncateSync(source);
    writeFileSync(source, navLines(311, 900));
    await sync.once();
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 900));
  });

  test('whose last line was torn has it kept in quarantine, and the next file begins on a line of its own', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, `${navLines(1, 5)}{"ts":17`);
    await sync.once();
    const segment = renamed(source, `${source}.1`);
    writeFileSync(source, navLine(6));
    expect(await sync.once()).toMatchObject({
      findings: [{ rule: 'line-unterminated', file: segment }],
      quarantined: [`quarantine/${NAV_HISTORY}`],
      lag_bytes: 0,
    });
    expect((await syncOf(roots).once()).findings).toEqual([]);
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 6));
    const record = JSON.parse(roots.mirrored(`quarantine/${NAV_HISTORY}`).toString()) as { base64: string };
    expect(Buffer.from(record.base64, 'base64').toString()).toBe('{"ts":17');
  });

  test('that a writer still appends to is finished first, and lines that come too late are kept in quarantine', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, navLines(1, 5));
    await sync.once();
    const segment = renamed(source, `${source}.1`);
    await sync.once();
    appendFileSync(segment, navLines(6, 7));
    writeFileSync(source, navLine(8));
    expect((await sync.once()).findings).toEqual([]);
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 8));
    appendFileSync(segment, navLine(9));
    await sleep(30);
    appendFileSync(source, navLine(10));
    expect((await sync.once()).findings).toMatchObject([{ rule: 'ledger-late-lines', actual: '1 lines' }]);
    appendFileSync(source, navLine(11));
    expect((await sync.once()).findings).toEqual([]);
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${navLines(1, 8)}${navLines(10, 11)}`);
    expect(roots.mirrored(`quarantine/${NAV_HISTORY}`).toString()).toContain(
      Buffer.from(navLine(9).trimEnd()).toString('base64'),
    );
  });

  test('that was rotated a moment ago is waited for before the next file begins', async (context) => {
    const passes = (roots: Roots): Passes =>
      createPasses({
        ...roots,
        now: () => T0,
        cleanSource: true,
        include: () => false,
        patienceMs: 0,
        strict: false,
        segmentBytes: Infinity,
      });
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const roots = makeRoots();
      const { run } = passes(roots);
      const source = roots.put(NAV_HISTORY, navLines(1, 5));
      await run({ ledgerBytes: Infinity, isPatient: true });
      const begun = Date.now();
      renameSync(source, `${source}.1`);
      writeFileSync(source, navLine(6));
      const { report } = await run({ ledgerBytes: Infinity, isPatient: false });
      if (Date.now() - begun > 15) continue;
      expect(report).toMatchObject({ lag_bytes: navLine(6).length, lines: 0 });
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 5));
      await run({ ledgerBytes: Infinity, isPatient: true });
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 6));
      return;
    }
    context.skip('no pass was done within 15 ms');
  });

  test('of the mirror is put aside at a size of its own, when the source begins a file', async () => {
    const roots = makeRoots();
    const options = { ...roots, now: () => Date.parse('2026-11-28T17:35:55.123Z') / 1000, segmentBytes: 1000 };
    let sync = createSync(options);
    const source = roots.put(NAV_HISTORY, navLines(1, 100));
    await sync.once();
    for (const first of [101, 201, 301]) {
      renamed(source, `${source}.1`);
      agedBy(60, `${source}.1`);
      writeFileSync(source, navLines(first, first + 99));
      if (first === 201) sync = createSync(options);
      await sync.once();
    }
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(301, 400));
    const parts = listSegments(join(roots.to, NAV_HISTORY)).map(({ path }) => path);
    expect(parts.map((path) => basename(path))).toEqual([
      'nav_history.20261128T173555.123Z.jsonl',
      'nav_history.20261128T173555.124Z.jsonl',
      'nav_history.20261128T173555.125Z.jsonl',
    ]);
    expect(parts.map((path) => readFileSync(path, 'utf8')).join('')).toBe(navLines(1, 300));
    unlinkSync(join(roots.to, NAV_HISTORY));
    await createSync(options).once();
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(301, 400));
  });
});

function renamed(from: string, to: string): string {
  renameSync(from, to);
  return to;
}

function counted(file: string, turn: number): string {
  for (let count = turn; count > 0; count -= 1)
    for (const extension of ['', '.gz']) {
      try {
        renameSync(`${file}.${count}${extension}`, `${file}.${count + 1}${extension}`);
      } catch {
        // Only one of the two is there.
      }
    }
  return renamed(file, `${file}.1`);
}

function compressed(path: string): string {
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
  unlinkSync(path);
  return `${path}.gz`;
}

function agedBy(seconds: number, path: string): void {
  const time = Date.now() / 1000 - seconds;
  utimesSync(path, time, time);
}
