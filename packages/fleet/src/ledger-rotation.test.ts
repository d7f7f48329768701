import { appendFileSync, copyFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { makeLogs, NAV_HISTORY, navLines, T0 } from '../test/logs.js';
import type { Logs } from '../test/logs.js';
import { createMemorySink } from './memory-sink.js';
import type { MemorySink } from './memory-sink.js';
import { createRemoteSync } from './remote-sync.js';
import type { RemoteSync } from './remote-sync.js';

const place = { env: 'prod', executor: 'exec-1' };

describe.each([false, true])('a ledger that others rotate (a new sync after each rotation: %s)', (restart) => {
  test.each([
    ['counted, as logrotate does', ['.jsonl.1']],
    ['counted and compressed', ['.jsonl.1', '.jsonl.2.gz']],
    ['dated', ['.jsonl-20261128']],
    ['dated before the extension', ['-20261128.jsonl']],
    ['dated as Python does', ['.jsonl.2026-11-28_17-35']],
  ])('is sent whole and once where segments are %s', async (_how, [first = '', second]) => {
    const { logs, sink, sync } = carried(restart);
    logs.append(NAV_HISTORY, navLines(1, 10));
    await sync().once();
    logs.append(NAV_HISTORY, navLines(11, 20));
    rename(logs, '.jsonl', first);
    logs.append(NAV_HISTORY, navLines(21, 25));
    expect(await sync().once()).toMatchObject({ ok: true, lines: 15, findings: [] });
    logs.append(NAV_HISTORY, navLines(26, 30));
    if (second !== undefined) {
      writeFileSync(file(logs, second), gzipSync(readFileSync(file(logs, first))));
      rename(logs, '.jsonl', first);
    }
    logs.append(NAV_HISTORY, navLines(31, 35));
    expect(await sync().once()).toMatchObject({ ok: true, lag_bytes: 0, findings: [] });
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 35));
  });

  test('is sent whole and once where every rotation renames all segments', async () => {
    const { logs, sink, sync } = carried(restart);
    for (let round = 0; round < 6; round += 1) {
      logs.append(NAV_HISTORY, navLines(round * 10 + 1, round * 10 + 5));
      if (round % 2 === 0) await sync().once();
      logs.append(NAV_HISTORY, navLines(round * 10 + 6, round * 10 + 10));
      rmSync(file(logs, '.jsonl.3'), { force: true });
      for (let count = Math.min(round, 2); count > 0; count -= 1)
        rename(logs, `.jsonl.${count}`, `.jsonl.${count + 1}`);
      rename(logs, '.jsonl', '.jsonl.1');
    }
    expect(await sync().once()).toMatchObject({ lag_bytes: 0, findings: [] });
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 60));
  });

  test('is sent whole and once where it is copied and truncated, however far that has come', async () => {
    const { logs, sink, sync } = carried(restart);
    logs.append(NAV_HISTORY, navLines(1, 10));
    await sync().once();
    logs.append(NAV_HISTORY, navLines(11, 20));
    writeFileSync(file(logs, '.jsonl.1'), readFileSync(file(logs, '.jsonl')).subarray(0, navLines(1, 15).length + 9));
    expect(await sync().once()).toMatchObject({ ok: true, lines: 10, findings: [] });
    copyFileSync(file(logs, '.jsonl'), file(logs, '.jsonl.1'));
    expect(await sync().once()).toMatchObject({ ok: true, lines: 0, findings: [] });
    truncateSync(file(logs, '.jsonl'));
    logs.append(NAV_HISTORY, navLines(21, 40));
    expect(await sync().once()).toMatchObject({ ok: true, lines: 20, findings: [] });
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 40));
  });

  test('is sent up to the damage of a compressed segment, and on behind it', async () => {
    const { logs, sink, sync } = carried(restart);
    const packed = gzipSync(navLines(1, 5000));
    writeFileSync(file(logs, '.jsonl.2.gz'), 'no gzip at all');
    writeFileSync(file(logs, '.jsonl.1.gz'), packed.subarray(0, packed.length / 2));
    logs.append(NAV_HISTORY, navLines(6001, 6010));
    const { findings } = await sync().once();
    expect(findings.map(({ rule, file: path }) => [rule, path])).toEqual([
      ['file-unreadable', file(logs, '.jsonl.2.gz')],
      ['file-unreadable', file(logs, '.jsonl.1.gz')],
    ]);
    const text = sink.ledger(place, 'nav_history').toString();
    expect(text.startsWith(navLines(1, 1000))).toBe(true);
    expect(text.endsWith(navLines(6001, 6010))).toBe(true);
    expect(await sync().once()).toMatchObject({ lines: 0, lag_bytes: 0 });
  });
});

function carried(restart: boolean): { logs: Logs; sink: MemorySink; sync: () => RemoteSync } {
  const [logs, sink] = [makeLogs(), createMemorySink()];
  const make = (): RemoteSync =>
    createRemoteSync({ from: logs.dir, sink, executor: place.executor, source: 'host-a', now: () => T0 + 10_000 });
  const one = make();
  return { logs, sink, sync: () => (restart ? make() : one) };
}

function file(logs: Logs, suffix: string): string {
  return join(logs.dir, `execution/nav_history${suffix}`);
}

function rename(logs: Logs, from: string, to: string): void {
  renameSync(file(logs, from), file(logs, to));
  if (from === '.jsonl') appendFileSync(file(logs, from), '');
}
