import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { EVENTS, NAV_HISTORY, navLine, navLines, T0 } from '../test/documents.js';
import { makeRoots } from '../test/roots.js';
import type { Roots } from '../test/roots.js';
import { createSync } from './index.js';
import type { Sync } from './index.js';

const NOW = T0 + 1000;

function syncOf({ from, to }: Roots): Sync {
  return createSync({ from, to, now: () => NOW });
}

describe('lines', () => {
  test('are mirrored verbatim: long integers, floats, CRLF, blank and broken lines, bytes that are not UTF-8', async () => {
    const roots = makeRoots();
    const content = Buffer.concat([
      Buffer.from('{"ts":1765000000,"nav_total":1.0,"id":9223372036854775807,"z":1,"1":-0.0,"e":1e-7}\n'),
      Buffer.from('{"ts":1765000001,"nav_total":0.10}\r\n'),
      Buffer.from('\n'),
      Buffer.from("{'ts': None}\n"),
      Buffer.from([0x22, 0xff, 0xfe, 0x0d, 0x0a]),
      Buffer.from('{"ts":1765000002,"nav_total":1,"s":"\u2028\u0085"}\n\0\0\n'),
    ]);
    const source = roots.put(NAV_HISTORY, content);
    const report = await syncOf(roots).once();
    expect(roots.mirrored(NAV_HISTORY)).toEqual(content);
    expect(report).toMatchObject({ mirrored: [NAV_HISTORY], lines: 7, invalid_lines: 4, lag_bytes: 0, lag_s: 0 });
    expect(report.findings).toMatchObject([
      { rule: 'json-syntax', line: 3, file: source, surface: 'nav_history' },
      { rule: 'json-syntax', line: 4 },
      { rule: 'json-encoding', line: 5 },
      { rule: 'line-nul-filled', line: 7 },
    ]);
  });

  test('wait for their newline', async () => {
    const roots = makeRoots();
    const sync = syncOf(roots);
    const whole = navLine(1);
    const source = roots.put(NAV_HISTORY, `${whole}{"ts":17650`);
    for (const [index, report] of [await sync.once(), await sync.once(), await syncOf(roots).once()].entries()) {
      expect(report).toMatchObject({
        ok: true,
        [index === 0 ? 'mirrored' : 'unchanged']: [NAV_HISTORY],
        lag_bytes: 11,
      });
      expect(report.findings).toMatchObject([{ rule: 'line-unterminated', actual: '11 bytes without one' }]);
      expect(roots.mirrored(NAV_HISTORY).toString()).toBe(whole);
    }
    appendFileSync(source, '00000,"nav_total":null}\n');
    expect(await sync.once()).toMatchObject({ lines: 1, invalid_lines: 0, lag_bytes: 0, findings: [] });
    expect(roots.mirrored(NAV_HISTORY)).toEqual(readFileSync(source));
  });

  test('are found before a long line that is not complete yet', async () => {
    const roots = makeRoots();
    const torn = navLine(9, 300_000).slice(0, -1);
    roots.put(NAV_HISTORY, `${navLines(1, 5)}${torn}`);
    expect(await syncOf(roots).once()).toMatchObject({ lines: 5, lag_bytes: torn.length });
    expect(roots.mirrored(NAV_HISTORY).toString()).toBe(navLines(1, 5));
  });

  test('that are invalid keep their number in the file through later passes and restarts', async () => {
    const roots = makeRoots();
    let sync = syncOf(roots);
    const source = roots.put(NAV_HISTORY, `${navLines(1, 3)}{}\n${navLine(5)}`);
    const numbers: (number | null)[] = [];
    for (let pass = 0; pass < 4; pass += 1) {
      const { findings } = await sync.once();
      numbers.push(...findings.map(({ line }) => line));
      appendFileSync(source, `${navLine(6)}[]\n`);
      if (pass === 1) sync = syncOf(roots);
    }
    expect(numbers).toEqual([4, 7, 9, 11]);
  });

  test('that are invalid are reported up to a hundred a pass, and all counted', async () => {
    const roots = makeRoots();
    roots.put(NAV_HISTORY, '{}\n'.repeat(90));
    roots.put(EVENTS, '{}\n'.repeat(90));
    const report = await syncOf(roots).once();
    expect(report).toMatchObject({ lines: 180, invalid_lines: 180 });
    expect(report.findings).toHaveLength(100);
  });

  test('longer than a chunk are mirrored; beyond the limit of a reader they are reported too', async () => {
    const roots = makeRoots();
    const content = `${navLine(1, 3_000_000)}${navLine(2, 5_000_000)}${navLine(3)}`;
    roots.put(NAV_HISTORY, content);
    const report = await syncOf(roots).once();
    expect(roots.mirrored(NAV_HISTORY).equals(Buffer.from(content))).toBe(true);
    expect(report).toMatchObject({ lines: 3, invalid_lines: 1 });
    expect(report.findings).toMatchObject([{ rule: 'line-too-long', line: 2 }]);
  });

  test('of an empty ledger make an empty mirror', async () => {
    const roots = makeRoots();
    roots.put(NAV_HISTORY, '');
    expect((await syncOf(roots).once()).mirrored).toEqual([NAV_HISTORY]);
    expect(roots.mirrored(NAV_HISTORY)).toHaveLength(0);
    expect(statSync(join(roots.to, NAV_HISTORY)).mode & 0o777).toBe(0o644);
  });
});
