import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { navLine, navLines } from '../test/documents.js';
import { temporaryDirectory } from '../test/roots.js';
import type { Extent } from './byte-extent.js';
import { align } from './ledger-align.js';

const MIB = 1024 * 1024;

function extent(content: string): Extent {
  const path = join(temporaryDirectory(), 'ledger');
  writeFileSync(path, content);
  const fd = openSync(path, 'r');
  onTestFinished(() => closeSync(fd));
  return { fd, size: Buffer.byteLength(content) };
}

/** Lines of exactly so many bytes. */
function linesOf(bytes: number): string {
  const whole = navLines(1, Math.floor(bytes / 512) - 1, 511).slice(0, bytes - 2);
  return `${whole}${'y'.repeat(bytes - whole.length - 1)}\n`;
}

describe('after a restart', () => {
  const fresh = navLines(90_001, 90_400, 300);
  const grown = `${fresh}${navLines(90_401, 99_999, 300)}`;

  test.each([4096, MIB - 4097, MIB - 4096, MIB - 1, MIB, MIB + 1, 3 * MIB - 1, 3 * MIB, 3 * MIB + 77])(
    'a generation is found behind %i bytes of older ones, however much of it is mirrored',
    (bytes) => {
      const old = linesOf(bytes);
      expect(old).toHaveLength(bytes);
      for (const mirrored of [1, 20, navLine(90_001, 300).length, 5000, fresh.length]) {
        const mirror = extent(`${old}${fresh.slice(0, mirrored)}`);
        const expected = { alignment: { shared: 0, resumed: bytes }, diverged: false };
        expect(align(extent(fresh), mirror, null)).toEqual(expected);
        expect(align(extent(grown), mirror, null)).toEqual(expected);
      }
    },
  );

  test('a generation that is not in the mirror continues at its end', () => {
    const old = linesOf(2 * MIB);
    const found = align(extent(fresh), extent(old), null);
    expect(found).toEqual({ alignment: { shared: 0, resumed: old.length }, diverged: true });
  });

  test('the longest overlap counts', () => {
    const twice = `${fresh}${fresh}`;
    const found = align(extent(`${twice}${navLine(1)}`), extent(`${navLine(7)}${twice}`), null);
    expect(found).toEqual({ alignment: { shared: 0, resumed: navLine(7).length }, diverged: false });
  });

  test('a ledger of nothing but equal lines is given up on in bounded time', { timeout: 10_000 }, () => {
    const mirror = extent(`${'{}\n'.repeat(MIB)}{"x":1}\n`);
    const found = align(extent('{}\n'.repeat(2 * MIB)), mirror, null);
    expect(found.diverged).toBe(true);
  });
});
