import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lacks, ledgerBench, lines, numbers, range } from '../../test/disk.js';
import type { LedgerBench } from '../../test/disk.js';
import { mountTmpfs } from '../../test/tmpfs.js';
import { segmentName, segmentsOf } from './segments.js';

const NOON = Date.UTC(2026, 10, 28, 12) / 1000;
const DAY = 86_400;

/** The numbers in the segments, oldest first, and in the ledger. */
function chain({ file }: LedgerBench): (number | null)[][] {
  return [...segmentsOf(file).map((segment) => segment.file), file].map(numbers);
}

it('rotates by size at a line boundary, to names that sort by time, and loses no line', () => {
  const rotated: string[] = [];
  const bench = ledgerBench(undefined, { rotation: { maxBytes: 1000 }, rotated: (segment) => rotated.push(segment) });
  for (let from = 1; from <= 400; from += 40) expect(bench.target.write(lines(from, from + 39)).lines).toBe(40);
  const parts = chain(bench);
  expect(parts.flat()).toEqual(range(1, 400));
  expect(parts.length).toBeGreaterThan(5);
  const segments = segmentsOf(bench.file);
  expect(segments.map(({ file }) => file)).toEqual(rotated);
  expect(rotated.toSorted()).toEqual(rotated);
  for (const { file, bytes } of segments) {
    expect(path.basename(file)).toMatch(/^events\.\d{8}T\d{6}\.\d{3}Z\.jsonl$/);
    expect(bytes).toBeLessThanOrEqual(1000);
    expect(bytes).toBeGreaterThan(900);
  }
  expect(bench.heard[0]).toMatchObject({
    rule: 'ledger-rotated',
    level: 'info',
    file: 'logs/execution/events.jsonl',
    actual: `logs/execution/${path.basename(rotated[0] ?? '')}`,
  });
});

it('gives a line that is longer than a segment a segment of its own', () => {
  const bench = ledgerBench(undefined, { rotation: { maxBytes: 100 } });
  const batch = Buffer.concat([lines(1, 2), lines(3, 3, 'x'.repeat(500)), lines(4, 4)]);
  expect(bench.target.write(batch)).toEqual({ bytes: batch.length, lines: 4, failure: null });
  expect(chain(bench)).toEqual([[1, 2], [3], [4]]);
});

it('rotates at the first line of a UTC day, also after a restart, and never an empty file', () => {
  let time = NOON;
  const first = ledgerBench(undefined, { rotation: { daily: true }, now: () => time });
  first.target.write(lines(1, 1));
  time += DAY / 2 - 1;
  first.target.write(lines(2, 2));
  time += 1;
  first.target.write(lines(3, 3));
  expect(chain(first)).toEqual([[1, 2], [3]]);
  expect(path.basename(segmentsOf(first.file)[0]?.file ?? '')).toBe('events.20261129T000000.000Z.jsonl');
  first.target.close();
  utimesSync(first.file, time, time);
  const second = ledgerBench(undefined, { file: first.file, rotation: { daily: true }, now: () => time + DAY });
  second.target.write(lines(4, 4));
  second.target.write(lines(5, 5));
  expect(chain(second)).toEqual([[1, 2], [3], [4, 5]]);
});

it('takes the next free millisecond where a segment has the name, plain or compressed', () => {
  const bench = ledgerBench(undefined, { rotation: { maxBytes: 40 }, now: () => NOON });
  mkdirSync(path.dirname(bench.file), { recursive: true });
  const taken = segmentName(bench.file, NOON * 1000);
  writeFileSync(taken, 'theirs\n');
  writeFileSync(`${taken.replace('000Z', '001Z')}.gz`, 'theirs');
  bench.target.write(lines(1, 4));
  expect(readFileSync(taken, 'utf8')).toBe('theirs\n');
  expect(readdirSync(path.dirname(bench.file)).filter((name) => !name.startsWith('.'))).toEqual([
    'events.20261128T120000.000Z.jsonl',
    'events.20261128T120000.001Z.jsonl.gz',
    'events.20261128T120000.002Z.jsonl',
    'events.jsonl',
  ]);
  expect(numbers(taken.replace('000Z', '002Z'))).toEqual([1, 2]);
});

it('does not rotate in the middle of a line that a full disk cut', ({ skip }) => {
  const bench = ledgerBench(undefined, { rotation: { maxBytes: 60_000 } });
  mkdirSync(bench.dir);
  const unavailable = mountTmpfs(bench.dir, '256k');
  if (unavailable !== null) return skip(unavailable);
  const filler = path.join(bench.dir, 'filler');
  writeFileSync(filler, Buffer.alloc(224 * 1024));
  const batch = lines(1, 3, 'y'.repeat(50_000));
  expect(bench.target.write(batch)).toMatchObject({ bytes: 0, failure: { actual: 'ENOSPC' } });
  expect(statSync(bench.file).size).toBeGreaterThan(10_000);
  rmSync(filler);
  expect(bench.target.write(batch)).toEqual({ bytes: batch.length, lines: 3, failure: null });
  expect(chain(bench)).toEqual([[1], [2], [3]]);
  const files = [...segmentsOf(bench.file).map(({ file }) => file), bench.file];
  expect(Buffer.concat(files.map((file) => readFileSync(file)))).toEqual(batch);
});

it('goes on in the ledger where it cannot be renamed, and tries again a minute later', ({ skip }) => {
  let time = NOON;
  const bench = ledgerBench('', { rotation: { maxBytes: 60 }, now: () => time });
  const unavailable = lacks('chattr', '+a', bench.file);
  if (unavailable !== null) return skip(unavailable);
  onTestFinished(() => void spawnSync('chattr', ['-a', bench.file]));
  for (let n = 1; n <= 8; n += 1) bench.target.write(lines(n, n));
  expect(bench.rules()).toEqual(['rotation-failed']);
  expect(bench.heard[0]).toMatchObject({ level: 'warning', actual: 'EPERM', file: 'logs/execution/events.jsonl' });
  spawnSync('chattr', ['-a', bench.file]);
  bench.target.write(lines(9, 9));
  expect(chain(bench)).toEqual([range(1, 9)]);
  time += 60;
  bench.target.write(lines(10, 10));
  expect(chain(bench)).toEqual([range(1, 9), [10]]);
});
