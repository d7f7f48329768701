import { chmodSync, mkdirSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { seeded, testSeed } from '../test/random.js';
import { temporaryDirectory } from '../test/roots.js';
import { isAsStamped, lookAt, settledDirectory, stampOf } from './file-look.js';

test('a stamp stands for as long as the file is what it was, whatever its times are', () => {
  const path = join(temporaryDirectory(), 'file');
  const random = seeded(testSeed('stamps'));
  for (let round = 0; round < 300; round += 1) {
    writeFileSync(path, 'x'.repeat(random(9)));
    if (round % 2 === 0) utimesSync(path, random(2 ** 31) + random(1_000_000) / 1_000_000, random(2 ** 31) + 0.123_457);
    const stamp = stampOf(lookAt(path));
    expect(isAsStamped(path, stamp), JSON.stringify(stamp)).toBe(true);
  }
});

test('a stamp falls with a change of content, times or kind, and with the file', () => {
  const path = join(temporaryDirectory(), 'file');
  writeFileSync(path, 'a');
  const other = join(path, '..', 'other');
  writeFileSync(other, 'a');
  for (const each of [path, other]) utimesSync(each, 1_000, 1_000);
  const stamp = stampOf(lookAt(path));
  expect(isAsStamped(other, stamp)).toBe(false);
  // Of the times this changes that of the last change alone.
  chmodSync(path, 0o600);
  expect(isAsStamped(path, stamp)).toBe(false);
  const earlier = stampOf(lookAt(path));
  utimesSync(path, 1_000, 1_000.001);
  expect(isAsStamped(path, earlier)).toBe(false);
  const longer = stampOf(lookAt(path));
  writeFileSync(path, 'ab');
  expect(isAsStamped(path, longer)).toBe(false);
  const there = stampOf(lookAt(path));
  unlinkSync(path);
  expect(isAsStamped(path, there)).toBe(false);
  const gone = stampOf(lookAt(path));
  expect(isAsStamped(path, gone)).toBe(true);
  symlinkSync('nowhere', path);
  expect([isAsStamped(path, gone), isAsStamped(path, there)]).toEqual([false, false]);
  expect(isAsStamped(path, stampOf(lookAt(path)))).toBe(true);
});

test('a directory says when a name came or went, once it has settled', async () => {
  const directory = join(temporaryDirectory(), 'execution');
  expect(settledDirectory(directory)).toBe('');
  mkdirSync(directory);
  expect(settledDirectory(directory)).toBe(null);
  await expect.poll(() => settledDirectory(directory)).toMatch(/^\d+:\d+ /);
  const before = settledDirectory(directory);
  writeFileSync(join(directory, 'a'), '');
  expect(settledDirectory(directory)).toBe(null);
  await expect.poll(() => settledDirectory(directory)).toMatch(/^\d+:\d+ /);
  expect(settledDirectory(directory)).not.toBe(before);
});
