import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';

import { describe, expect, test } from 'vitest';

import { NAV_HISTORY, navLine, navLines, T0 } from '../test/documents.js';
import { seeded, testSeed } from '../test/random.js';
import { makeRoots } from '../test/roots.js';
import type { Roots } from '../test/roots.js';
import { createSync } from './index.js';
import type { Sync } from './index.js';

const NOW = T0 + 100_000;

function syncOf({ from, to }: Roots): Sync {
  return createSync({ from, to, now: () => NOW });
}

describe('a source that was rotated, truncated or rewritten', () => {
  const old = navLines(1, 40);
  const fresh = navLines(101, 103);

  test.each([
    ['renamed away', (source: string) => renameSync(source, `${source}.1`), []],
    ['copied away and truncated', copyAway, []],
    ['truncated', (source: string) => truncateSync(source), ['mirror-diverged']],
    ['removed', (source: string) => unlinkSync(source), ['mirror-diverged']],
  ])('has its lines mirrored once behind the old ones when it was %s', async (_how, rotate, said) => {
    const roots = makeRoots();
    let sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, old);
    await sync.once();
    rotate(source);
    appendFileSync(source, fresh);
    const report = await sync.once();
    expect(report.findings.map(({ rule }) => rule)).toEqual(said);
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

  test.each([false, true])(
    'has an equal record mirrored again: a rotated ledger may begin as the old one ended (restart: %s)',
    async (restart) => {
      const roots = makeRoots();
      const sync = syncOf(roots);
      const source = roots.put(NAV_HISTORY, navLines(1, 3));
      await sync.once();
      renameSync(source, `${source}.1`);
      writeFileSync(source, navLines(3, 4));
      await (restart ? syncOf(roots) : sync).once();
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(`${navLines(1, 3)}${navLines(3, 4)}`);
    },
  );

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

function copyAway(source: string): void {
  copyFileSync(source, `${source}.1`);
  truncateSync(source);
}
