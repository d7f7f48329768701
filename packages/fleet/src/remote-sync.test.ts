import { appendFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { registry, stateNames, validateWriterView } from '@hedge-telemetry/contract';
import { describe, expect, test } from 'vitest';
import { HEAD, makeLogs, NAV_HISTORY, navLines, shadowHead, T0 } from '../test/logs.js';
import type { Logs } from '../test/logs.js';
import { HEADER } from './headers.js';
import { createMemorySink } from './memory-sink.js';
import type { MemorySink } from './memory-sink.js';
import { createRemoteSync } from './remote-sync.js';
import type { RemoteSync, RemoteSyncOptions } from './remote-sync.js';

const EXAMPLES = resolve(import.meta.dirname, '../../../schemas/examples');
const place = { env: 'prod', executor: 'exec-1' };
const SECRET = 'Qx7Zp2Lm9Kd4Rt6W8Hs3Vb5Nf1Jc0GyA';

function syncOf(logs: Logs, sink: MemorySink, options: Partial<RemoteSyncOptions> = {}): RemoteSync {
  return createRemoteSync({
    from: logs.dir,
    sink,
    executor: place.executor,
    source: 'host-a',
    now: () => T0 + 1000,
    ...options,
  });
}

function segment(logs: Logs, name: string): string {
  return join(logs.dir, `execution/nav_history.${name}.jsonl`);
}

function rotate(logs: Logs, name: string): void {
  renameSync(join(logs.dir, NAV_HISTORY), segment(logs, name));
}

function rulesOf({ findings }: { findings: readonly { rule: string }[] }): string[] {
  return findings.map(({ rule }) => rule);
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

describe('two hosts with one name', () => {
  test('are told apart: the second stops with SYNC_IDENTITY_CLASH and sends nothing', async () => {
    const [one, other, sink] = [makeLogs(), makeLogs(), createMemorySink()];
    one.append(NAV_HISTORY, navLines(1, 5));
    other.append(NAV_HISTORY, navLines(101, 105));
    other.put(HEAD, shadowHead(T0));
    const first = syncOf(one, sink);
    await first.once();
    const second = syncOf(other, sink, { source: 'host-b' });
    for (let round = 0; round < 2; round += 1) {
      const report = await second.once();
      expect(report).toMatchObject({ ok: false, stopped: 'SYNC_IDENTITY_CLASH', sent: [], lines: 0 });
      expect(validateWriterView('remote_sync_report', report)).toEqual([]);
      expect(rulesOf(report)).toEqual(['sync-identity-clash']);
    }
    await first.stop();
    expect(await syncOf(other, sink, { source: 'host-b' }).once()).toMatchObject({ stopped: 'SYNC_IDENTITY_CLASH' });
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 5));
    expect(sink.state(place, 'pipeline_v6_shadow_head')).toBeNull();
  });

  test('are not two where two processes sync one directory: the younger goes on, nothing comes twice', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    let time = T0 + 1000;
    const options = { now: () => time };
    const [older, younger] = [syncOf(logs, sink, options), syncOf(logs, sink, options)];
    let stopped = null;
    for (let round = 0; round < 20; round += 1) {
      logs.append(NAV_HISTORY, navLines(round * 10 + 1, round * 10 + 10));
      const reports = await Promise.all([older.once(), round < 5 ? null : younger.once()]);
      ({ stopped } = reports[0]);
      time += 1;
    }
    expect(stopped).toBe('SYNC_IDENTITY_CLASH');
    expect(await older.once()).toMatchObject({ stopped: 'SYNC_IDENTITY_CLASH' });
    expect(await younger.once()).toMatchObject({ ok: true, stopped: null });
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 200));
  });

  test('are told apart from a process that was displaced and connects again: it does not come back', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const [older, younger] = [syncOf(logs, sink), syncOf(logs, sink)];
    await older.once();
    expect(await younger.once()).toMatchObject({ ok: true });
    sink.setReachable(false);
    await older.once();
    sink.setReachable(true);
    expect(await older.once()).toMatchObject({ stopped: 'SYNC_IDENTITY_CLASH' });
    expect(await younger.once()).toMatchObject({ ok: true });
  });

  test('are one where the directory has moved', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    logs.append(NAV_HISTORY, navLines(1, 5));
    const first = syncOf(logs, sink);
    await first.once();
    await first.stop();
    logs.append(NAV_HISTORY, navLines(6, 8));
    expect(await syncOf(logs, sink, { source: 'host-b' }).once()).toMatchObject({ ok: true, stopped: null, lines: 3 });
  });

  test('can be made to change places, but not while the first is alive', async () => {
    const [one, other, sink] = [makeLogs(), makeLogs(), createMemorySink()];
    one.append(NAV_HISTORY, navLines(1, 5));
    other.append(NAV_HISTORY, navLines(101, 105));
    const first = syncOf(one, sink);
    await first.once();
    const options = { source: 'host-b', takeOver: true };
    expect(await syncOf(other, sink, options).once()).toMatchObject({ stopped: 'SYNC_IDENTITY_CLASH' });
    await first.stop();
    const second = syncOf(other, sink, options);
    expect(await second.once()).toMatchObject({ ok: true, lines: 5, findings: [] });
    expect(await syncOf(other, sink, { source: 'host-b' }).once()).toMatchObject({ ok: true, stopped: null });
    await second.stop();
    expect(sink.ledger(place, 'nav_history').toString()).toBe(`${navLines(1, 5)}${navLines(101, 105)}`);
    expect(await syncOf(one, sink).once()).toMatchObject({ stopped: 'SYNC_IDENTITY_CLASH' });
  });
});

describe('a secret that has got as far as the files', () => {
  test('does not leave: the string is replaced, every other byte stays', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const line = (text: string): string =>
      `{"ts":${T0}.0, "nav_total":1e3 ,"note":${JSON.stringify(text)},"id":9007199254740993}\n`;
    logs.append(NAV_HISTORY, `${navLines(1, 1)}${line(`token ${SECRET}`)}${navLines(2, 2)}`);
    const report = await syncOf(logs, sink, { secrets: [SECRET] }).once();
    expect(report).toMatchObject({ ok: false, lines: 3, withheld_lines: 1 });
    expect(report.findings).toMatchObject([{ rule: 'remote-secret', surface: 'nav_history', pointer: '/note' }]);
    expect(JSON.stringify(report)).not.toContain(SECRET);
    const sent = sink.ledger(place, 'nav_history').toString();
    expect(sent).toBe(`${navLines(1, 1)}${line('token [redacted:env-value]')}${navLines(2, 2)}`);
    expect(sink.records(place, 'nav_history')[1]?.headers).toMatchObject({ [HEADER.withheld]: 'redacted' });
    expect(sink.records(place, 'nav_history')[1]?.headers[HEADER.line]).toBeUndefined();
    expect(await syncOf(logs, sink, { secrets: [SECRET] }).once()).toMatchObject({ lines: 0 });
  });

  test.each([
    ['in a key', `{"ts":1,"${SECRET}":1}`],
    ['in what is no JSON', `{"ts":1,"note":"${SECRET}"`],
    ['under a key that is there twice', `{"ts":1,"note":"${SECRET}","note":"fine"}`],
  ])('keeps the record at home %s, and its place is sent', async (_where, text) => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    logs.append(NAV_HISTORY, `${navLines(1, 1)}${text}\n${navLines(2, 2)}`);
    const report = await syncOf(logs, sink, { secrets: [SECRET] }).once();
    expect(report).toMatchObject({ lines: 3, withheld_lines: 1 });
    expect(JSON.stringify(report)).not.toContain(SECRET);
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 2));
    expect(sink.records(place, 'nav_history')[1]?.headers[HEADER.withheld]).toBe('secret');
    expect(await syncOf(logs, sink, { secrets: [SECRET] }).once()).toMatchObject({ lines: 0 });
  });

  test('does not leave in a state document either', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    logs.put(HEAD, shadowHead(T0).replace('{', `{"note":"${SECRET}",`));
    const report = await syncOf(logs, sink, { secrets: [SECRET] }).once();
    expect(rulesOf(report)).toEqual(['remote-secret']);
    expect(Buffer.from(sink.state(place, 'pipeline_v6_shadow_head')?.bytes ?? []).toString()).toBe(
      shadowHead(T0).replace('{', '{"note":"[redacted:env-value]",'),
    );
  });
});

describe('records larger than the sink takes', () => {
  test('are reported, and only their place is sent', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink({ maxPayload: 4096 })];
    const long = `${JSON.stringify({ ts: T0, nav_total: 1, pad: 'x'.repeat(5000) })}\n`;
    const huge = `${'y'.repeat(5 * 1024 * 1024)}\n`;
    logs.append(NAV_HISTORY, `${navLines(1, 1)}${long}${huge}${navLines(2, 2)}`);
    const report = await syncOf(logs, sink).once();
    expect(report).toMatchObject({ ok: false, lines: 4, withheld_lines: 2, lag_bytes: 0 });
    expect(rulesOf(report)).toEqual(['remote-payload-too-large', 'remote-payload-too-large']);
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 2));
    expect(await syncOf(logs, sink).once()).toMatchObject({ ok: true, lines: 0 });
  });
});
