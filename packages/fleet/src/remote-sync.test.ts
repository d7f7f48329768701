import { appendFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { registry, stateNames, validateWriterView } from '@hedge-telemetry/contract';
import { describe, expect, test } from 'vitest';
import { place, rulesOf, syncOf } from '../test/carried.js';
import { HEAD, makeLogs, NAV_HISTORY, navLines, shadowHead, T0 } from '../test/logs.js';
import type { Logs } from '../test/logs.js';
import { HEADER } from './headers.js';
import { createMemorySink } from './memory-sink.js';

const EXAMPLES = resolve(import.meta.dirname, '../../../schemas/examples');

function segment(logs: Logs, name: string): string {
  return join(logs.dir, `execution/nav_history.${name}.jsonl`);
}

function rotate(logs: Logs, name: string): void {
  renameSync(join(logs.dir, NAV_HISTORY), segment(logs, name));
}

describe('a sync to a sink', () => {
  test('sends state files and ledgers byte for byte, once', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    for (const surface of stateNames)
      logs.put(registry[surface].file, readFileSync(join(EXAMPLES, surface, 'valid/typical.json')));
    logs.append(NAV_HISTORY, navLines(1, 50));
    const sync = syncOf(logs, sink);
    const report = await sync.once();
    expect(validateWriterView('remote_sync_report', report)).toEqual([]);
    expect(report).toMatchObject({ ok: true, connected: true, lines: 50, lag_bytes: 0, lag_s: 0, findings: [] });
    expect(report.sent).toHaveLength(stateNames.length + 1);
    for (const surface of stateNames)
      expect(Buffer.from(sink.state(place, surface)?.bytes ?? [])).toEqual(
        readFileSync(join(logs.dir, registry[surface].file)),
      );
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 50));
    expect(await sync.once()).toMatchObject({ sent: [], lines: 0 });
    expect(await syncOf(logs, sink).once()).toMatchObject({ sent: [], lines: 0 });
  });

  test('says of a state document what it is and when it was written', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    logs.put(HEAD, shadowHead(T0 + 5));
    await syncOf(logs, sink).once();
    expect(sink.state(place, 'pipeline_v6_shadow_head')?.headers).toEqual({
      [HEADER.schema]: 'pipeline_v6_shadow_head_v1',
      [HEADER.sha256]: expect.stringMatching(/^[0-9a-f]{64}$/),
      [HEADER.source]: 'host-a',
      [HEADER.time]: String(T0 + 5),
    });
  });

  test('keeps invalid and torn documents at home, and what the sink has stays', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const sync = syncOf(logs, sink);
    logs.put(HEAD, shadowHead(T0));
    await sync.once();
    for (const broken of [
      '',
      shadowHead(T0 + 1).slice(0, -1),
      '{"total":"three","allowed":1,"vetoed":1,"generated_ts":1}',
    ]) {
      logs.put(HEAD, broken);
      expect(await sync.once()).toMatchObject({ ok: false, skipped: [HEAD], sent: [] });
    }
    expect(Buffer.from(sink.state(place, 'pipeline_v6_shadow_head')?.bytes ?? []).toString()).toBe(shadowHead(T0));
  });

  test('never puts an older document over a newer one, whoever sends it', async () => {
    const [old, young, sink] = [makeLogs(), makeLogs(), createMemorySink()];
    old.put(HEAD, shadowHead(T0, 1));
    young.put(HEAD, shadowHead(T0 + 60, 2));
    const first = syncOf(young, sink);
    await first.once();
    await first.stop();
    const report = await syncOf(old, sink, { source: 'host-b' }).once();
    expect(report.skipped).toEqual([HEAD]);
    expect(rulesOf(report)).toEqual(['remote-kept-newer']);
    expect(Buffer.from(sink.state(place, 'pipeline_v6_shadow_head')?.bytes ?? []).toString()).toBe(
      shadowHead(T0 + 60, 2),
    );
  });

  test('waits for a newline, and sends a malformed line as it is', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const sync = syncOf(logs, sink);
    const strange = Buffer.concat([
      Buffer.from('{"a":1}{"b":'),
      Buffer.from([0, 0, 0xff, 0xfe]),
      Buffer.from('\r\n\n'),
    ]);
    logs.append(NAV_HISTORY, Buffer.concat([Buffer.from(navLines(1, 1)), strange, Buffer.from('{"ts":')]));
    const report = await sync.once();
    expect(report).toMatchObject({ lines: 3, malformed_lines: 2, lag_bytes: 6 });
    expect(rulesOf(report)).toEqual(['json-encoding', 'json-syntax', 'line-unterminated']);
    expect(sink.ledger(place, 'nav_history')).toEqual(Buffer.concat([Buffer.from(navLines(1, 1)), strange]));
    expect(sink.records(place, 'nav_history')[1]?.headers[HEADER.finding]).toBe('json-encoding');
    logs.append(NAV_HISTORY, '1,"nav_total":2}\n');
    expect(await sync.once()).toMatchObject({ ok: true, lines: 1, lag_bytes: 0 });
  });

  test.each([false, true])('sends the rest of rotated segments first (restart: %s)', async (restart) => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    let sync = syncOf(logs, sink);
    logs.append(NAV_HISTORY, navLines(1, 10));
    await sync.once();
    if (restart) sync = syncOf(logs, sink);
    logs.append(NAV_HISTORY, navLines(11, 20));
    rotate(logs, '20261128T100000.000Z');
    logs.append(NAV_HISTORY, `${navLines(21, 30)}{"torn`);
    rotate(logs, '20261128T110000.000Z');
    const packed = gzipSync(readFileSync(segment(logs, '20261128T110000.000Z')));
    rmSync(segment(logs, '20261128T110000.000Z'));
    writeFileSync(`${segment(logs, '20261128T110000.000Z')}.gz`, packed);
    logs.append(NAV_HISTORY, navLines(31, 40));
    const report = await sync.once();
    expect(report).toMatchObject({ lines: 31, lag_bytes: 0 });
    expect(rulesOf(report)).toEqual(['json-syntax']);
    expect(sink.ledger(place, 'nav_history').toString()).toBe(`${navLines(1, 30)}{"torn${navLines(31, 40)}`);
    expect(await syncOf(logs, sink).once()).toMatchObject({ lines: 0, findings: [] });
  });

  test('goes on in a compressed segment that it had begun when it was plain', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    logs.append(NAV_HISTORY, navLines(1, 10));
    await syncOf(logs, sink).once();
    logs.append(NAV_HISTORY, navLines(11, 20));
    writeFileSync(`${segment(logs, '20261128T100000.000Z')}.gz`, gzipSync(readFileSync(join(logs.dir, NAV_HISTORY))));
    rmSync(join(logs.dir, NAV_HISTORY));
    expect(await syncOf(logs, sink).once()).toMatchObject({ ok: true, lines: 10 });
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 20));
  });

  test('sends each of two generations that begin alike', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const head = '{"type":"boot"}\n';
    logs.append(NAV_HISTORY, `${head}${navLines(1, 5)}`);
    await syncOf(logs, sink).once();
    rotate(logs, '20261128T100000.000Z');
    logs.append(NAV_HISTORY, head);
    const sync = syncOf(logs, sink);
    await sync.once();
    logs.append(NAV_HISTORY, navLines(6, 9));
    await syncOf(logs, sink).once();
    expect(sink.ledger(place, 'nav_history').toString()).toBe(`${head}${navLines(1, 5)}${head}${navLines(6, 9)}`);
  });

  test('reports a ledger that was truncated or rewritten, and sends the new one whole, but no segment again', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const sync = syncOf(logs, sink);
    logs.append(NAV_HISTORY, navLines(1, 10));
    rotate(logs, '20261128T100000.000Z');
    logs.append(NAV_HISTORY, navLines(11, 20));
    await sync.once();
    truncateSync(join(logs.dir, NAV_HISTORY));
    logs.append(NAV_HISTORY, navLines(21, 22));
    const report = await sync.once();
    expect(rulesOf(report)).toEqual(['remote-gap']);
    expect(report.lines).toBe(2);
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 22));
    expect(await sync.once()).toMatchObject({ ok: true, lines: 0 });
  });

  test('reports segments that were removed before they were sent, and goes on', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    logs.append(NAV_HISTORY, navLines(1, 10));
    await syncOf(logs, sink).once();
    rotate(logs, '20261128T100000.000Z');
    logs.append(NAV_HISTORY, navLines(11, 20));
    rotate(logs, '20261128T110000.000Z');
    logs.append(NAV_HISTORY, navLines(21, 30));
    rmSync(segment(logs, '20261128T100000.000Z'));
    const report = await syncOf(logs, sink).once();
    expect(rulesOf(report)).toEqual(['remote-gap']);
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 30));
  });

  test.each([false, true])(
    'goes on behind the last shared line where a ledger was restored from a copy (new lines before it is seen: %s)',
    async (late) => {
      const [logs, sink] = [makeLogs(), createMemorySink()];
      logs.append(NAV_HISTORY, navLines(1, 3));
      rotate(logs, '20261128T100000.000Z');
      logs.append(NAV_HISTORY, navLines(11, 100));
      appendFileSync(join(logs.dir, 'execution/events.jsonl'), '{"between":1}\n');
      await syncOf(logs, sink).once();
      truncateSync(join(logs.dir, NAV_HISTORY), navLines(11, 40).length);
      if (late) logs.append(NAV_HISTORY, navLines(200, 300));
      const report = await syncOf(logs, sink).once();
      expect(rulesOf(report)).toEqual(['remote-diverged']);
      expect(await syncOf(logs, sink).once()).toMatchObject({ ok: true, lines: 0, findings: [] });
      if (!late) logs.append(NAV_HISTORY, navLines(200, 300));
      expect(await syncOf(logs, sink).once()).toMatchObject({ ok: true, findings: [] });
      expect(sink.ledger(place, 'nav_history').toString()).toBe(
        `${navLines(1, 3)}${navLines(11, 100)}${navLines(200, 300)}`,
      );
    },
  );

  test('sends again what the sink has lost, and says so', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const sync = syncOf(logs, sink);
    logs.append(NAV_HISTORY, navLines(1, 20));
    await sync.once();
    sink.rollBack(place, 7);
    logs.append(NAV_HISTORY, navLines(21, 25));
    const report = await sync.once();
    expect(rulesOf(report)).toEqual(['remote-rolled-back']);
    expect(report).toMatchObject({ ok: true, lines: 12 });
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 25));
  });

  test('loses nothing while the sink cannot be reached', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const sync = syncOf(logs, sink);
    logs.append(NAV_HISTORY, navLines(1, 5));
    sink.setReachable(false);
    expect(await sync.once()).toMatchObject({
      connected: false,
      lag_s: null,
      findings: [{ rule: 'remote-unreachable' }],
    });
    logs.append(NAV_HISTORY, navLines(6, 9));
    sink.setReachable(true);
    expect(await sync.once()).toMatchObject({ ok: true, lines: 9 });
  });

  test('follows the directory from start to stop, and takes its presence back', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const lines: number[] = [];
    const sync = syncOf(logs, sink, { onPass: (report) => lines.push(report.lines) });
    sync.start();
    while (!sink.isPresent(place)) await new Promise((resolve) => setTimeout(resolve, 5));
    appendFileSync(join(logs.dir, NAV_HISTORY), navLines(1, 3));
    while (sink.records(place, 'nav_history').length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    await sync.stop();
    expect(sink.isPresent(place)).toBe(false);
    expect(lines.reduce((sum, each) => sum + each, 0)).toBe(3);
  });

  test('refuses names that are none', () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    for (const executor of ['', 'Exec', 'a.b', 'a*', '-a', 'ä', 'a'.repeat(33)])
      expect(() => syncOf(logs, sink, { executor })).toThrow(RangeError);
    expect(() => syncOf(logs, sink, { env: 'a>' })).toThrow(RangeError);
  });
});
