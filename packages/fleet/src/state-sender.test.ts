import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { HEAD, makeLogs, shadowHead, T0 } from '../test/logs.js';
import type { Logs } from '../test/logs.js';
import { createMemorySink } from './memory-sink.js';
import type { MemorySink } from './memory-sink.js';
import type { RemoteSyncReport } from './remote-report.js';
import { createRemoteSync } from './remote-sync.js';

const place = { env: 'prod', executor: 'exec-1' };
const SURFACE = 'pipeline_v6_shadow_head';
const LONG_AGO = 1_000_000_000;

describe('a state document', () => {
  test('is waited for while it is torn and young, and sent when it is whole', async () => {
    const { logs, sink, once } = carried();
    logs.put(HEAD, shadowHead(T0).slice(0, 20));
    const sending = once();
    logs.put(HEAD, shadowHead(T0));
    expect(await sending).toMatchObject({ ok: true, sent: [HEAD], findings: [] });
    expect(textIn(sink)).toBe(shadowHead(T0));
  });

  test('that stays torn is a finding that says where, what, and how to mend it, and leaves the last good one', async () => {
    const { logs, sink, once } = carried();
    logs.put(HEAD, shadowHead(T0));
    await once();
    logs.put(HEAD, shadowHead(T0 + 1).slice(0, 20));
    const report = await once();
    expect(report).toMatchObject({ ok: false, skipped: [HEAD] });
    expect(report.findings).toMatchObject([{ level: 'error', surface: SURFACE, file: join(logs.dir, HEAD) }]);
    for (const { expected, actual, fix } of report.findings)
      expect([expected, actual, fix].filter((each) => each === null || each === '')).toEqual([]);
    expect(textIn(sink)).toBe(shadowHead(T0));
  });

  test('is read again, without a finding of its own, by a sync that follows', async () => {
    const { logs, sink } = carried();
    const reports: RemoteSyncReport[] = [];
    const sync = createRemoteSync({ from: logs.dir, sink, ...place, onPass: (report) => reports.push(report) });
    logs.put(HEAD, shadowHead(T0).slice(0, 20));
    sync.start();
    await vi.waitUntil(() => reports.length > 0);
    logs.put(HEAD, shadowHead(T0));
    await vi.waitUntil(() => textIn(sink) === shadowHead(T0));
    await sync.stop();
    expect(reports.flatMap(({ findings }) => findings.filter(({ level }) => level === 'error'))).toEqual([]);
  });

  test('of which single fields are invalid is sent with its findings, as the local mirror does', async () => {
    const { logs, sink, once } = carried();
    const faulty = shadowHead(T0).replace('"allowed":2', '"allowed":"two"');
    logs.put(HEAD, faulty);
    const report = await once();
    expect(report).toMatchObject({ ok: false, sent: [HEAD] });
    expect(report.findings.map(({ rule, pointer }) => [rule, pointer])).toContainEqual(['mirror-with-faults', null]);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ level: 'error', pointer: '/allowed', file: join(logs.dir, HEAD) }),
    );
    expect(textIn(sink)).toBe(faulty);
    expect(await once()).toMatchObject({ sent: [], unchanged: [HEAD], findings: report.findings });
  });

  test('of which single fields are invalid and which has no time leaves one that can be dated', async () => {
    const { logs, sink, once } = carried();
    logs.put(HEAD, shadowHead(T0));
    await once();
    logs.put(HEAD, shadowHead(T0).replace(String(T0), '"soon"'));
    expect(await once()).toMatchObject({ ok: false, skipped: [HEAD] });
    expect(textIn(sink)).toBe(shadowHead(T0));
  });

  test('from the future is sent and reported, for as long as it is', async () => {
    let now = T0;
    const { logs, once } = carried(() => now);
    logs.put(HEAD, shadowHead(T0 + 3600));
    utimesSync(join(logs.dir, HEAD), LONG_AGO, LONG_AGO);
    for (const _ of [1, 2]) expect((await once()).findings).toMatchObject([{ rule: 'timestamp-future' }]);
    now = T0 + 3601;
    expect((await once()).findings).toEqual([]);
  });

  test('larger than the sink takes stays at home', async () => {
    const { logs, sink, once } = carried(() => T0, createMemorySink({ maxPayload: 64 }));
    logs.put(HEAD, shadowHead(T0).replace('{', `{${' '.repeat(100)}`));
    const { findings } = await once();
    expect(findings).toMatchObject([
      { rule: 'remote-payload-too-large', file: join(logs.dir, HEAD), expected: 'at most 64 bytes' },
    ]);
    expect(findings[0]?.message).toContain('stays on this host');
    expect(textIn(sink)).toBeNull();
  });
});

function carried(
  now = () => T0,
  sink = createMemorySink(),
): { logs: Logs; sink: MemorySink; once: () => Promise<RemoteSyncReport> } {
  const logs = makeLogs();
  const sync = createRemoteSync({ from: logs.dir, sink, ...place, source: 'host-a', now });
  return { logs, sink, once: () => sync.once() };
}

function textIn(sink: MemorySink): string | null {
  const held = sink.state(place, SURFACE);
  return held === null ? null : Buffer.from(held.bytes).toString();
}
