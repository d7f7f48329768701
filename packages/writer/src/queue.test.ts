import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from '@hedge-telemetry/contract';
import { describe, expect, it } from 'vitest';
import { fileOf, linesOf, navPoint, temporaryDirectory } from '../test/fixtures.js';
import { createWriter } from './index.js';
import type { WriterOptions } from './index.js';

/** The least that a queue can be. */
const BYTES = 64 * 1024;
const RECORDS = 6000;

describe('a ledger that cannot be written', () => {
  it('has a queue; when it is full append() refuses with a finding, and what was taken is written later, in order', async () => {
    const { writer, dir, heal, append } = setUp({ queue: { bytes: BYTES } });
    const results = append(0, RECORDS);
    const taken = results.filter(({ ok }) => ok).length;
    expect(taken).toBeGreaterThan(100);
    expect(taken).toBeLessThan(RECORDS);
    expect(results.slice(taken).every(({ ok }) => !ok)).toBe(true);
    expect(results.at(-1)?.findings).toMatchObject([
      { rule: 'queue-full', level: 'error', surface: 'nav_history', expected: `room in a queue of ${BYTES} bytes` },
    ]);
    expect(writer.stats().ledgers.nav_history).toMatchObject({
      appended: taken,
      rejected: RECORDS - taken,
      written: 0,
    });
    heal();
    expect((await writer.close()).ok).toBe(true);
    expect(numbersIn(fileOf(dir, 'nav_history'))).toEqual(Array.from({ length: taken }, (_, number) => number));
    expect(writer.stats().ledgers.nav_history).toMatchObject({ written: taken });
  });

  it('spills to a second file where that is asked for; nothing is lost, and both files are in order', async () => {
    const spillDir = path.join(temporaryDirectory(), 'other-disk');
    const { writer, dir, heal, append } = setUp({ queue: { bytes: BYTES, policy: 'spill', spillDir } });
    const results = [];
    for (let from = 0; from < RECORDS; from += 500) {
      results.push(...append(from, 500));
      await writer.flush();
    }
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(results.at(-1)?.findings).toMatchObject([{ rule: 'record-spilled', level: 'warning' }]);
    const { appended, spilled } = writer.stats().ledgers.nav_history;
    expect([appended, spilled > 0]).toEqual([RECORDS, true]);
    heal();
    expect((await writer.flush()).ok).toBe(true);
    append(RECORDS, 10);
    expect((await writer.close()).ok).toBe(true);
    const ledger = numbersIn(fileOf(dir, 'nav_history'));
    const spill = numbersIn(path.join(spillDir, 'nav_history.spill.jsonl'));
    expect(spill).toHaveLength(spilled);
    expect([...ledger, ...spill].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: RECORDS + 10 }, (_, number) => number),
    );
    for (const numbers of [ledger, spill]) expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(ledger.slice(-10)).toEqual(Array.from({ length: 10 }, (_, number) => RECORDS + number));
  });

  it('takes a record of the general way too, as long as there is room', async () => {
    const { writer, dir, heal } = setUp({ queue: { bytes: BYTES } });
    const results = Array.from({ length: RECORDS }, (_, number) =>
      writer.append('nav_history', { ...navPoint(number), unrealized_pnl: NaN }),
    );
    const taken = results.filter(({ ok }) => ok).length;
    expect(results.at(-1)?.findings.map(({ rule }) => rule)).toContain('queue-full');
    heal();
    await writer.close();
    expect(numbersIn(fileOf(dir, 'nav_history'))).toHaveLength(taken);
  });
});

it('a flush ends although records keep coming, with those that were there before', async () => {
  const dir = temporaryDirectory();
  const writer = createWriter({ dir });
  let number = 0;
  let done = false;
  const goOn = (): void => {
    for (let count = 0; count < 200; count += 1) writer.append('nav_history', navPoint((number += 1)));
    if (!done) setImmediate(goOn);
  };
  goOn();
  for (let round = 0; round < 5; round += 1) {
    const before = number;
    expect((await writer.flush()).ok).toBe(true);
    expect(writer.stats().ledgers.nav_history.written).toBeGreaterThanOrEqual(before);
  }
  done = true;
  expect((await writer.close()).ok).toBe(true);
});

it('a second writer of a ledger is refused with a finding that names the first, until that one is closed', async () => {
  const dir = temporaryDirectory();
  const first = createWriter({ dir });
  first.append('nav_history', navPoint(1));
  await first.flush();
  const heard: Finding[] = [];
  const second = createWriter({ dir, onFinding: (each) => heard.push(each) });
  second.append('nav_history', navPoint(2));
  expect(await second.flush()).toMatchObject({ ok: false, findings: [{ rule: 'ledger-locked' }] });
  expect(heard.some(({ actual }) => actual?.includes(String(process.pid)))).toBe(true);
  expect(second.append('nav_history', navPoint(3))).toMatchObject({ ok: false, findings: [{ rule: 'ledger-locked' }] });
  await first.close();
  expect((await second.close()).ok).toBe(true);
  expect(numbersIn(fileOf(dir, 'nav_history'))).toEqual([1, 2]);
});

it('a ledger is rotated by size, its segments compressed, and no line is lost', async () => {
  const dir = temporaryDirectory();
  const heard: Finding[] = [];
  const rotation = { maxBytes: 4096 };
  const writer = createWriter({ dir, rotation, onFinding: (each) => heard.push(each) });
  for (let number = 0; number < 500; number += 1) {
    writer.append('nav_history', navPoint(number));
    if (number % 50 === 0) await writer.flush();
  }
  await writer.close();
  const segments = heard.flatMap(({ rule, actual }) => (rule === 'ledger-rotated' && actual !== null ? [actual] : []));
  expect(segments.length).toBeGreaterThan(3);
  const all = [...segments, fileOf(dir, 'nav_history')].flatMap(numbersIn);
  expect(all).toEqual(Array.from({ length: 500 }, (_, number) => number));
});

/** A writer whose logs directory is a file, until it is healed. */
function setUp(options: Omit<WriterOptions, 'dir'>) {
  const dir = path.join(temporaryDirectory(), 'logs');
  writeFileSync(dir, '');
  const writer = createWriter({ dir, ...options });
  return {
    dir,
    writer,
    heal: () => {
      rmSync(dir);
      mkdirSync(dir);
    },
    append: (from: number, count: number) =>
      Array.from({ length: count }, (_, number) => writer.append('nav_history', navPoint(from + number))),
  };
}

function numbersIn(file: string): number[] {
  if (!existsSync(file)) throw new Error(readFileSync(file, 'utf8'));
  return linesOf(file).map((line) => (JSON.parse(line) as { nav_total: number }).nav_total);
}
