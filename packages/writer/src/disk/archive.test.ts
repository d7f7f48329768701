import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Finding } from '@hedge-telemetry/contract';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { build } from '../../test/children.js';
import { ledgerBench, lines, range } from '../../test/disk.js';
import { temporaryDirectory } from '../../test/fixtures.js';
import { mountTmpfs } from '../../test/tmpfs.js';
import { createArchive } from './archive.js';
import { compressSegment } from './compress-segment.js';
import { createHousekeeping } from './housekeeping.js';
import type { HousekeepingOptions } from './housekeeping.js';
import { segmentsOf } from './segments.js';

const NAME = 'events.20261128T120000.000Z.jsonl';
const TIMEOUT_MS = 60_000;
const MANY_PIECES = 5_000_000;

beforeAll(build, TIMEOUT_MS);

function segment(content: Uint8Array = lines(1, 1000)): { dir: string; file: string; content: Uint8Array } {
  const dir = path.join(temporaryDirectory(), 'execution');
  mkdirSync(dir);
  writeFileSync(path.join(dir, NAME), content);
  return { dir, file: path.join(dir, NAME), content };
}

describe('compressing a segment', () => {
  it('leaves a file that gunzip gives back to the byte, also one of many pieces', () => {
    const text = Buffer.alloc(MANY_PIECES, lines(1, 997, 'é'));
    const { dir, file } = segment(text);
    expect(compressSegment(file)).toMatchObject({ file: `${file}.gz`, plainBytes: MANY_PIECES });
    expect(readdirSync(dir)).toEqual([`${NAME}.gz`]);
    const digest = createHash('sha256').update(text).digest('hex');
    expect(
      createHash('sha256')
        .update(gunzipSync(readFileSync(`${file}.gz`)))
        .digest('hex'),
    ).toBe(digest);
    const read = execFileSync('gzip', ['-dc', `${file}.gz`], { maxBuffer: MANY_PIECES * 2 });
    expect(createHash('sha256').update(read).digest('hex')).toBe(digest);
  });

  it('removes the plain file where a crash left it beside the result', () => {
    const { dir, file, content } = segment();
    compressSegment(file);
    writeFileSync(file, content);
    compressSegment(file);
    expect(readdirSync(dir)).toEqual([`${NAME}.gz`]);
    expect(gunzipSync(readFileSync(`${file}.gz`))).toEqual(content);
  });

  it('overwrites no other file that has the name of the result', () => {
    const { dir, file, content } = segment();
    const theirs = gzipSync('something else\n');
    writeFileSync(`${file}.gz`, theirs);
    expect(() => compressSegment(file)).toThrow('another file has the name of the result');
    expect(readdirSync(dir)).toEqual([NAME, `${NAME}.gz`]);
    expect([readFileSync(file), readFileSync(`${file}.gz`)]).toEqual([content, theirs]);
  });

  it('keeps the plain file and nothing else where the disk is full', ({ skip }) => {
    const dir = temporaryDirectory();
    const unavailable = mountTmpfs(dir, '512k');
    if (unavailable !== null) return skip(unavailable);
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index) % 251));
    writeFileSync(path.join(dir, NAME), content);
    writeFileSync(path.join(dir, 'filler'), Buffer.alloc(200_000));
    expect(() => compressSegment(path.join(dir, NAME))).not.toThrow();
    writeFileSync(path.join(dir, NAME), randomLike(300_000));
    expect(() => compressSegment(path.join(dir, NAME))).toThrow(/ENOSPC/);
    expect(readdirSync(dir).toSorted()).toEqual([NAME, `${NAME}.gz`, 'filler'].toSorted());
  });
});

describe('the archive', () => {
  function archiving(): { archive: ReturnType<typeof createArchive>; heard: Finding[] } {
    const heard: Finding[] = [];
    const archive = createArchive({ say: (each) => heard.push(each) });
    onTestFinished(() => archive.close());
    return { archive, heard };
  }

  it('compresses segments one after the other, and reports each', async () => {
    const [one, two] = [segment(), segment()];
    const { archive, heard } = archiving();
    for (const { file } of [one, two]) archive.add({ segment: file, shown: `execution/${NAME}`, surface: 'events' });
    await expect.poll(() => archive.poll(), { timeout: TIMEOUT_MS }).toBe(false);
    expect(heard).toMatchObject(
      [1, 2].map(() => ({
        rule: 'segment-archived',
        level: 'info',
        surface: 'events',
        file: `execution/${NAME}.gz`,
        actual: expect.stringMatching(/^\d+ bytes in \d+$/) as string,
      })),
    );
    expect([existsSync(`${one.file}.gz`), existsSync(`${two.file}.gz`)]).toEqual([true, true]);
  });

  it('needs no event loop: it is heard by a thread that only waits', () => {
    const { file } = segment();
    const { archive, heard } = archiving();
    archive.add({ segment: file, shown: NAME, surface: 'events' });
    const pause = new Int32Array(new SharedArrayBuffer(4));
    for (let round = 0; round < 3000 && archive.poll(); round += 1) Atomics.wait(pause, 0, 0, 10);
    expect(heard).toMatchObject([{ rule: 'segment-archived' }]);
  });

  it('reports a segment that cannot be compressed, and goes on with the next', async () => {
    const { file } = segment();
    const { archive, heard } = archiving();
    for (const each of [path.join(path.dirname(file), 'missing'), file])
      archive.add({ segment: each, shown: path.basename(each), surface: 'events' });
    await expect.poll(() => archive.poll(), { timeout: TIMEOUT_MS }).toBe(false);
    expect(heard).toMatchObject([
      { rule: 'archive-failed', level: 'warning', file: 'missing', actual: 'ENOENT' },
      { rule: 'segment-archived' },
    ]);
  });
});

describe('housekeeping', () => {
  function keeping(options: Partial<HousekeepingOptions>): {
    house: ReturnType<typeof createHousekeeping>;
    heard: Finding[];
  } {
    const heard: Finding[] = [];
    const house = createHousekeeping({ now: () => Date.now() / 1000, say: (each) => heard.push(each), ...options });
    onTestFinished(() => house.close());
    return { house, heard };
  }

  it('compresses what the ledger rotates while the ledger goes on, and what an earlier process left', async () => {
    const { house, heard } = keeping({ gzip: true });
    const { dir, file, target } = ledgerBench(undefined, {
      rotation: { maxBytes: 2000 },
      held: () => house.begin(place),
      rotated: (each) => house.rotated(place, each),
    });
    const place = { file, shown: 'logs/execution/events.jsonl', surface: 'events' };
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(path.join(path.dirname(file), NAME), lines(1, 10));
    for (let from = 11; from <= 500; from += 10) target.write(lines(from, from + 9));
    await expect.poll(() => house.poll(), { timeout: TIMEOUT_MS }).toBe(false);
    const segments = segmentsOf(file);
    expect(segments.length).toBeGreaterThan(3);
    expect(segments.every(({ compressed }) => compressed)).toBe(true);
    const plain = segments.toSorted((a, b) => a.rotated - b.rotated).map((each) => gunzipSync(readFileSync(each.file)));
    expect(Buffer.concat([...plain, readFileSync(file)])).toEqual(Buffer.concat([lines(1, 10), lines(11, 500)]));
    expect(heard.map(({ rule }) => rule)).toEqual(segments.map(() => 'segment-archived'));
    expect(existsSync(dir)).toBe(true);
  });

  it('removes nothing unless it is asked to, and what it removes only once nothing is being compressed', async () => {
    const { dir, file } = segment();
    for (const hour of range(13, 15)) writeFileSync(file.replace('T12', `T${hour}`), lines(1, 100));
    const place = { file: path.join(dir, 'events.jsonl'), shown: 'execution/events.jsonl', surface: 'events' };
    const keepsAll = keeping({});
    keepsAll.house.begin(place);
    expect([keepsAll.house.poll(), readdirSync(dir).length, keepsAll.heard]).toEqual([false, 4, []]);
    const keepsTwo = keeping({ gzip: true, keep: { segments: 2 } });
    keepsTwo.house.begin(place);
    await expect.poll(() => keepsTwo.house.poll(), { timeout: TIMEOUT_MS }).toBe(false);
    expect(readdirSync(dir)).toEqual([14, 15].map((hour) => `${NAME.replace('T12', `T${hour}`)}.gz`));
    expect(keepsTwo.heard.map(({ rule }) => rule)).toEqual([
      ...range(1, 4).map(() => 'segment-archived'),
      'segment-removed',
      'segment-removed',
    ]);
  });
});

/** Bytes that do not compress; the same in every run. */
function randomLike(length: number): Buffer {
  const parts = Array.from({ length: Math.ceil(length / 64) }, (_, index) =>
    createHash('sha512').update(String(index)).digest(),
  );
  return Buffer.concat(parts).subarray(0, length);
}
