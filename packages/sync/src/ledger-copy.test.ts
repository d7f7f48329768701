import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { navLines } from '../test/documents.js';
import { temporaryDirectory } from '../test/roots.js';
import type { Extent } from './byte-extent.js';
import { copyLines } from './ledger-copy.js';

function open(content: string): Extent & { path: string } {
  const path = join(temporaryDirectory(), 'ledger');
  writeFileSync(path, content);
  const fd = openSync(path, 'a+');
  onTestFinished(() => closeSync(fd));
  return { fd, size: content.length, path };
}

test('copying stops at the end of a line once its limit is reached', async () => {
  const source = open(navLines(1, 5000, 1000));
  const mirror = open('');
  const copied = await copyLines({ source, mirror, start: 0, limit: 1_500_000, passing: () => undefined });
  expect(copied).toMatchObject({ end: source.size, failure: null });
  expect(copied.cursor).toBeGreaterThanOrEqual(1_500_000);
  expect(copied.cursor).toBeLessThan(2_600_000);
  expect(readFileSync(mirror.path, 'utf8')).toBe(navLines(1, 5000, 1000).slice(0, copied.cursor));
  expect(readFileSync(mirror.path, 'utf8').at(-1)).toBe('\n');
});

test('copying hands on exactly the bytes that it appended', async () => {
  const source = open(`${navLines(1, 3000, 900)}{"torn`);
  const mirror = open(navLines(1, 10, 900));
  const passed: Buffer[] = [];
  const passing = (chunk: Buffer): void => void passed.push(Buffer.from(chunk));
  await copyLines({ source, mirror, start: mirror.size, limit: Infinity, passing });
  expect(Buffer.concat(passed).toString()).toBe(navLines(11, 3000, 900));
  expect(readFileSync(mirror.path, 'utf8')).toBe(navLines(1, 3000, 900));
});

test('copying stops when somebody else appended to the mirror', async () => {
  const source = open(navLines(1, 10));
  const mirror = open(navLines(1, 5));
  const copied = await copyLines({
    source,
    mirror: { fd: mirror.fd, size: 0 },
    start: 0,
    limit: Infinity,
    passing: () => undefined,
  });
  expect(copied).toMatchObject({ cursor: 0, failure: 'another process writes to the mirror' });
  expect(readFileSync(mirror.path, 'utf8')).toBe(navLines(1, 5));
});

test('copying finds nothing in a source that became empty since it was looked at', async () => {
  const source = open(navLines(1, 10));
  const mirror = open('');
  writeFileSync(source.path, '');
  const copied = await copyLines({ source, mirror, start: 0, limit: Infinity, passing: () => undefined });
  expect(copied).toEqual({ cursor: 0, end: 0, failure: null });
  expect(readFileSync(mirror.path, 'utf8')).toBe('');
});
