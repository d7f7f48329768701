import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '@hedge-telemetry/contract';
import { describe, expect, test } from 'vitest';
import { HEAD, makeLogs, NAV_HISTORY, navLines, shadowHead, T0 } from '../test/logs.js';
import { createEgressScan } from './egress.js';
import type { EgressScan } from './egress.js';
import { createLedgerSender } from './ledger-sender.js';
import { createMemorySink } from './memory-sink.js';
import { createRemoteSync } from './remote-sync.js';
import type { RemoteSink } from './sink.js';

const place = { env: 'prod', executor: 'exec-1' };

describe('a ledger on its way to a sink', () => {
  test('loses no line to an error between reading it and handing it over', async () => {
    const [logs, sink, scan] = [makeLogs(), createMemorySink(), createEgressScan()];
    logs.append(NAV_HISTORY, navLines(1, 10));
    let troubles = 1;
    const failing: EgressScan = (surface, bytes) => {
      if (Buffer.from(bytes).toString() === navLines(5, 5) && troubles > 0) {
        troubles -= 1;
        throw new Error('out of memory');
      }
      return scan(surface, bytes);
    };
    const session = await sink.open(place);
    const entry = { ...registry.nav_history, name: 'nav_history' as const };
    const options = { entry, from: logs.dir, source: 'host-a', start: null, held: true, maxPayload: 1000 };
    const sender = createLedgerSender({ ...options, scan: failing });
    const appender = session.appender(0);
    const allowance = { ledgerBytes: Infinity, lineFindings: 100, isInterrupted: () => false };
    expect(await sender.pass(appender, allowance)).toMatchObject({ status: 'skipped', lines: 4 });
    expect(sender.position?.offset).toBe(navLines(1, 3).length);
    expect(await sender.pass(appender, allowance)).toMatchObject({ status: 'sent', lines: 6 });
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 10));
  });

  test('says of a line in which file and line it stands', async () => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    logs.append(NAV_HISTORY, `${navLines(1, 3)}{"broken\n`);
    const sync = createRemoteSync({ from: logs.dir, sink, ...place });
    expect((await sync.once()).findings).toMatchObject([{ file: join(logs.dir, NAV_HISTORY), line: 4 }]);
    logs.append(NAV_HISTORY, `${navLines(4, 4)}broken\n`);
    expect((await sync.once()).findings).toMatchObject([
      { surface: 'nav_history', file: join(logs.dir, NAV_HISTORY), line: 6 },
    ]);
  });

  test.each([false, true])('that cannot be read stops no other surface (a new sync: %s)', async (restart) => {
    const [logs, sink] = [makeLogs(), createMemorySink()];
    const make = () => createRemoteSync({ from: logs.dir, sink, ...place, source: 'host-a', now: () => T0 });
    const one = make();
    logs.append(NAV_HISTORY, navLines(1, 3));
    logs.append('execution/events.jsonl', '{"type":"boot"}\n');
    await one.once();
    await one.stop();
    logs.rename(NAV_HISTORY, 'away');
    mkdirSync(join(logs.dir, NAV_HISTORY));
    logs.append('execution/events.jsonl', '{"type":"more"}\n');
    logs.put(HEAD, shadowHead(T0));
    const sync = restart ? make() : one;
    const report = await sync.once();
    expect(report).toMatchObject({ connected: true, skipped: [NAV_HISTORY], lines: 1 });
    expect(report.sent).toContain(HEAD);
    expect(report.findings).toMatchObject([
      { rule: 'file-unreadable', surface: 'nav_history', file: join(logs.dir, NAV_HISTORY), actual: 'a directory' },
    ]);
    rmdirSync(join(logs.dir, NAV_HISTORY));
    logs.rename('away', NAV_HISTORY);
    logs.append(NAV_HISTORY, navLines(4, 5));
    expect(await sync.once()).toMatchObject({ ok: true, lines: 2, findings: [] });
    expect(sink.ledger(place, 'nav_history').toString()).toBe(navLines(1, 5));
  });

  test('keeps the presence alive however long it takes', async () => {
    const [logs, memory] = [makeLogs(), createMemorySink()];
    logs.append(NAV_HISTORY, navLines(1, 3000));
    let [time, renewals] = [T0, 0];
    const sink: RemoteSink = {
      open: async (executor) => {
        const session = await memory.open(executor);
        return {
          ...session,
          appender: (last) => {
            const appender = session.appender(last);
            const send: typeof appender.send = (ledger, record) => {
              time += 0.01;
              return appender.send(ledger, record);
            };
            return { ...appender, send };
          },
          putPresence: (record, expected) => {
            renewals += 1;
            return session.putPresence(record, expected);
          },
        };
      },
    };
    const report = await createRemoteSync({ from: logs.dir, sink, ...place, now: () => time }).once();
    expect(report).toMatchObject({ ok: true, lines: 3000 });
    expect(renewals).toBeGreaterThanOrEqual(6);
    expect(memory.ledger(place, 'nav_history').toString()).toBe(navLines(1, 3000));
  });
});
