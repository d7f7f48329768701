import { appendFileSync, closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { navLines } from '../test/documents.js';
import { temporaryDirectory } from '../test/roots.js';
import { fileExtent } from './extent.js';
import type { Extent } from './extent.js';
import { copyLines } from './ledger-copy.js';
import { openLedgerTarget } from './ledger-target.js';
import type { LedgerTarget } from './ledger-target.js';

function source(content: string): Extent & { path: string } {
  const path = join(temporaryDirectory(), 'ledger.jsonl');
  writeFileSync(path, content);
  const fd = openSync(path, 'r');
  onTestFinished(() => closeSync(fd));
  return { ...fileExtent(fd, content.length), path };
}

function mirror(content: string): LedgerTarget & { path: string } {
  const path = join(temporaryDirectory(), 'ledger.jsonl');
  writeFileSync(path, content);
  const target = openLedgerTarget(path, true);
  if (typeof target === 'string') throw new Error(target);
  onTestFinished(() => target.close());
  return Object.assign(target, { path });
}

const ignoring = { before: () => undefined, after: () => undefined };

test('copying stops at the end of a line once its limit is reached', async () => {
  const from = source(navLines(1, 5000, 1000));
  const target = mirror('');
  const copied = await copyLines({ source: from, target, start: 0, limit: 1_500_000, ...ignoring });
  expect(copied).toMatchObject({ end: from.end, failure: null });
  expect(copied.cursor).toBeGreaterThanOrEqual(1_500_000);
  expect(copied.cursor).toBeLessThan(2_600_000);
  expect(readFileSync(target.path, 'utf8')).toBe(navLines(1, 5000, 1000).slice(0, copied.cursor));
  expect(readFileSync(target.path, 'utf8').at(-1)).toBe('\n');
});

test('copying hands on exactly the bytes that it appends, before and after it does', async () => {
  const from = source(`${navLines(1, 3000, 900)}{"torn`);
  const target = mirror(navLines(1, 10, 900));
  const before: Buffer[] = [];
  const after: Buffer[] = [];
  await copyLines({
    source: from,
    target,
    start: target.size,
    limit: Infinity,
    before: (chunk) => void before.push(Buffer.from(chunk)),
    after: (chunk, written) => void after.push(Buffer.from(chunk.subarray(0, written))),
  });
  expect(Buffer.concat(before).equals(Buffer.from(navLines(11, 3000, 900)))).toBe(true);
  expect(Buffer.concat(after).equals(Buffer.concat(before))).toBe(true);
  expect(readFileSync(target.path).equals(Buffer.from(navLines(1, 3000, 900)))).toBe(true);
});

test('copying stops when somebody else appended to the mirror', async () => {
  const target = mirror('');
  appendFileSync(target.path, navLines(1, 5));
  const copied = await copyLines({ source: source(navLines(1, 10)), target, start: 0, limit: Infinity, ...ignoring });
  expect(copied).toMatchObject({ cursor: 0, failure: 'another process writes to the mirror' });
  expect(readFileSync(target.path, 'utf8')).toBe(navLines(1, 5));
});

test('copying finds nothing in a source that became empty since it was looked at', async () => {
  const from = source(navLines(1, 10));
  const target = mirror('');
  writeFileSync(from.path, '');
  const copied = await copyLines({ source: from, target, start: 0, limit: Infinity, ...ignoring });
  expect(copied).toEqual({ cursor: 0, end: 0, failure: null });
  expect(readFileSync(target.path, 'utf8')).toBe('');
});
