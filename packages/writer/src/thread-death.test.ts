import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../test/children.js';
import { fileOf, linesOf, nav, navPoint, navTotals, readJson, temporaryDirectory } from '../test/fixtures.js';
import { createWriter } from './index.js';
import type { Finding } from './index.js';

const threads: Worker[] = [];
const note = (thread: Worker): void => void threads.push(thread);

beforeAll(() => {
  build();
  process.on('worker', note);
});
afterAll(() => void process.off('worker', note));

describe('what a thread leaves that ends', () => {
  it('is the document that it had taken and could not write, which the next thread writes', async () => {
    const { writer, dir, heal, endThread, heard } = setUp();
    writer.publish('nav', nav(1));
    expect((await writer.flush()).ok).toBe(false);
    await endThread();
    heal();
    expect(await writer.flush()).toEqual({ ok: true, findings: [] });
    expect(readJson(fileOf(dir, 'nav'))).toMatchObject({ nav_total: 1 });
    expect(writer.stats().surfaces.nav).toMatchObject({ published: 1, written: 1 });
    expect(heard.map(({ rule }) => rule)).toContain('thread-ended');
    await writer.close();
  });

  it.each([
    ['the same memory', nav(1), nav(2)],
    ['memory that had grown', nav(1), withPad(2, 100_000)],
    ['memory that had grown twice', withPad(1, 20_000), withPad(2, 500_000)],
  ])('is the newest of the documents in %s', async (_title, first, second) => {
    const { writer, dir, heal, endThread } = setUp();
    for (const document of [first, second]) {
      expect(writer.publish('nav', document).ok).toBe(true);
      expect((await writer.flush()).ok).toBe(false);
    }
    await endThread();
    heal();
    expect(await writer.flush()).toEqual({ ok: true, findings: [] });
    expect(readJson(fileOf(dir, 'nav'))).toMatchObject({ nav_total: 2 });
    const { published, written, coalesced } = writer.stats().surfaces.nav;
    expect([published, written, coalesced]).toEqual([2, 1, 1]);
    await writer.close();
  });

  it.each([
    ['the same memory', nav(2)],
    ['memory that grows for it', withPad(2, 100_000)],
  ])('is a document that a newer one in %s overtakes before the next thread starts', async (_title, newer) => {
    const { writer, dir, heal, endThread } = setUp();
    writer.publish('nav', nav(1));
    expect((await writer.flush()).ok).toBe(false);
    await endThread();
    writer.publish('nav', newer);
    heal();
    expect(await writer.flush()).toEqual({ ok: true, findings: [] });
    expect(readJson(fileOf(dir, 'nav'))).toMatchObject({ nav_total: 2 });
    expect(writer.stats().surfaces.nav).toMatchObject({ published: 2, written: 1, coalesced: 1 });
    await writer.close();
  });

  it('is no document that is in its file: that is not written again', async () => {
    const { writer, dir, heal, endThread } = setUp();
    heal();
    for (const document of [nav(1), withPad(2, 100_000)]) {
      writer.publish('nav', document);
      expect((await writer.flush()).ok).toBe(true);
    }
    const before = statSync(fileOf(dir, 'nav')).ino;
    await endThread();
    expect((await writer.flush()).ok).toBe(true);
    expect(statSync(fileOf(dir, 'nav')).ino).toBe(before);
    expect(writer.stats().surfaces.nav).toMatchObject({ published: 2, written: 2 });
    await writer.close();
  });

  it('are the records that it could not write: each is written once, in order', async () => {
    const { writer, dir, heal, endThread } = setUp();
    for (let number = 0; number < 500; number += 1) writer.append('nav_history', navPoint(number));
    expect((await writer.flush()).ok).toBe(false);
    await endThread();
    for (let number = 500; number < 1000; number += 1) writer.append('nav_history', navPoint(number));
    heal();
    expect(await writer.flush()).toEqual({ ok: true, findings: [] });
    expect(navTotals(fileOf(dir, 'nav_history'))).toEqual(Array.from({ length: 1000 }, (_, number) => number));
    await writer.close();
  });

  it('are records under way: none is lost, and none but those of one batch comes twice', async () => {
    const { writer, dir, heal, endThread } = setUp();
    heal();
    const RECORDS = 60_000;
    let number = 0;
    for (let round = 0; round < 6; round += 1) {
      for (const end = (round + 1) * (RECORDS / 6); number < end; number += 1)
        expect(writer.append('nav_history', navPoint(number)).ok).toBe(true);
      await endThread();
      expect((await writer.flush()).ok).toBe(true);
    }
    await writer.close();
    const seen = linesOf(fileOf(dir, 'nav_history')).flatMap((line) => totalOf(line));
    expect([...new Set(seen)]).toEqual(Array.from({ length: RECORDS }, (_, each) => each));
  });
});

/** A cut line, which a thread left that ended within a write, is none. */
function totalOf(line: string): number[] {
  try {
    return [(JSON.parse(line) as { nav_total: number }).nav_total];
  } catch {
    return [];
  }
}

/** A document of so many bytes and more. */
function withPad(total: number, bytes: number) {
  const offexchange = Object.fromEntries(
    Array.from({ length: Math.ceil(bytes / 60) }, (_, index) => [
      `ASSET${index}`,
      { qty: 1, avg_cost: null, mark: null, usd_value: null },
    ]),
  );
  return { ...nav(total), aum: { futures: total, offexchange, total } };
}

/** A writer whose logs directory is a file, until it is healed. */
function setUp() {
  const dir = path.join(temporaryDirectory(), 'logs');
  writeFileSync(dir, '');
  const heard: Finding[] = [];
  threads.length = 0;
  return {
    dir,
    heard,
    writer: createWriter({ dir, onFinding: (each) => heard.push(each) }),
    heal: (): void => {
      rmSync(dir);
      mkdirSync(dir);
    },
    /** Ends the thread that was started last, wherever it is. */
    endThread: async () => void (await threads.at(-1)?.terminate()),
  };
}
