import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { navLine, navLines } from '../test/documents.js';
import { temporaryDirectory } from '../test/roots.js';
import { fileExtent } from './extent.js';
import type { Extent } from './extent.js';
import { locate } from './ledger-align.js';

const MIB = 1024 * 1024;

function extent(content: string): Extent {
  const path = join(temporaryDirectory(), 'ledger');
  writeFileSync(path, content);
  const fd = openSync(path, 'r');
  onTestFinished(() => closeSync(fd));
  return fileExtent(fd, Buffer.byteLength(content));
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
        const expected = { at: bytes, shared: 0, resumed: bytes };
        expect(locate(extent(fresh), mirror)).toEqual(expected);
        expect(locate(extent(grown), mirror)).toEqual(expected);
      }
    },
  );

  test('a generation that is not in the mirror is not found', () => {
    const old = linesOf(2 * MIB);
    expect(locate(extent(fresh), extent(old))).toBeNull();
  });

  test('the longest overlap counts', () => {
    const twice = `${fresh}${fresh}`;
    const found = locate(extent(`${twice}${navLine(1)}`), extent(`${navLine(7)}${twice}`));
    expect(found).toEqual({ at: navLine(7).length, shared: 0, resumed: navLine(7).length });
  });

  test('a ledger of nothing but equal lines is given up on in bounded time', { timeout: 10_000 }, () => {
    const mirror = extent(`${'{}\n'.repeat(MIB)}{"x":1}\n`);
    expect(locate(extent('{}\n'.repeat(2 * MIB)), mirror)?.resumed).toBe(mirror.end);
  });
});
