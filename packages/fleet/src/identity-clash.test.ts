import { hostname } from 'node:os';
import { validateWriterView } from '@hedge-telemetry/contract';
import { describe, expect, test } from 'vitest';
import { place, rulesOf, syncOf } from '../test/carried.js';
import { HEAD, makeLogs, NAV_HISTORY, navLines, shadowHead, T0 } from '../test/logs.js';
import { createMemorySink } from './memory-sink.js';

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
      expect(report.findings[0]?.actual).toContain(hostname());
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
