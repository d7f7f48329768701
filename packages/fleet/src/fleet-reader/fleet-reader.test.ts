import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Kvm } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import { registry, stateNames } from '@hedge-telemetry/contract';
import { createReader } from '@hedge-telemetry/reader';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { HEAD, makeLogs, NAV_HISTORY, navLines, shadowHead, temporaryDirectory } from '../../test/logs.js';
import type { Logs } from '../../test/logs.js';
import { hasNatsServer, natsServer } from '../../test/nats-server.js';
import type { NatsServer } from '../../test/nats-server.js';
import { createNatsSink } from '../nats/nats-sink.js';
import { provisionFleet } from '../provision-fleet.js';
import { createRemoteSync } from '../remote-sync.js';
import type { RemoteSync } from '../remote-sync.js';
import { createFleetReader } from './fleet-reader.js';
import type { FleetReader, FleetReaderOptions } from './fleet-reader.js';

const EXAMPLES = resolve(import.meta.dirname, '../../../../schemas/examples');
const WAIT = { timeout: 20_000, interval: 5 };

describe.skipIf(!hasNatsServer)('a reader of a fleet', () => {
  test('reads of each executor what a reader of its directory reads', async () => {
    const { server, logs, sync } = await fleetOf('exec-1');
    for (const surface of stateNames)
      logs.put(registry[surface].file, readFileSync(join(EXAMPLES, surface, 'valid/typical.json')));
    await sync.once();
    const now = clock();
    const [local, fleet] = [createReader({ dir: logs.dir, now: () => now }), fleetReader(server, { now: () => now })];
    await fleet.ready();
    expect(fleet.executors()).toEqual(['exec-1']);
    const readings = await fleet.executor('exec-1').readAll();
    expect(withoutFiles(readings)).toEqual(withoutFiles(await local.readAll()));
    expect(readings.filter(({ value }) => value === null)).toEqual([]);
    expect(fleet.read('exec-2', 'nav')).toMatchObject({ state: 'never', value: null });
  });

  test('is told of every change without asking', async () => {
    const { server, logs, sync } = await fleetOf('exec-1');
    await sync.once();
    const changes: string[] = [];
    const fleet = fleetReader(server, {
      onChange: (change) =>
        changes.push(change.kind === 'state' ? `${change.executor}/${change.surface}` : change.kind),
    });
    await fleet.ready();
    for (let total = 1; total <= 3; total += 1) {
      logs.put(HEAD, shadowHead(clock(), total));
      await sync.once();
      await vi.waitUntil(() => fleet.read('exec-1', 'pipeline_v6_shadow_head').value?.total === total, WAIT);
    }
    expect(changes.filter((each) => each === 'exec-1/pipeline_v6_shadow_head').length).toBe(3);
  });

  test('ends the tail of an executor that is not there, and keeps the connection that all watches share', async () => {
    const { server, sync } = await fleetOf('exec-1');
    await sync.once();
    const fleet = fleetReader(server);
    await fleet.ready();
    expect(await all(fleet.tail('exec-9', 'nav_history'))).toEqual([]);
    expect(fleet.status()).toMatchObject({ connected: true });
  });

  test('takes a state that an operator has deleted for one that was never sent', async () => {
    const { server, logs, sync } = await fleetOf('exec-1');
    logs.put(HEAD, shadowHead(clock()));
    await sync.once();
    const fleet = fleetReader(server);
    await fleet.ready();
    const nc = await connect({ servers: server.url });
    await (await new Kvm(nc).open('TLM_STATE_prod')).delete('exec-1.pipeline_v6_shadow_head');
    await nc.close();
    await vi.waitUntil(() => fleet.read('exec-1', 'pipeline_v6_shadow_head').state === 'never', WAIT);
    logs.put(HEAD, shadowHead(clock(), 4));
    expect(await sync.once()).toMatchObject({ ok: true });
    await vi.waitUntil(() => fleet.read('exec-1', 'pipeline_v6_shadow_head').value?.total === 4, WAIT);
  });

  test('says why where a server has nothing to watch, and watches once it has', async () => {
    const server = await natsServer(join(temporaryDirectory(), 'nats'));
    onTestFinished(() => server.kill());
    await server.start();
    let losses = 0;
    const fleet = fleetReader(server, {
      onChange: ({ kind }) => {
        if (kind === 'connection') losses += 1;
      },
    });
    await vi.waitUntil(() => losses === 3, WAIT);
    expect(fleet.status()).toMatchObject({ connected: false, finding: { rule: 'remote-not-provisioned' } });
    await provisionFleet({ servers: server.url, executors: ['exec-1'] });
    await vi.waitUntil(() => fleet.status().connected, WAIT);
  });

  test('tells an executor that is down from a state that is stale', async () => {
    const { server, logs, sync } = await fleetOf('exec-1');
    logs.put(HEAD, shadowHead(clock() - 100_000));
    await sync.once();
    const fleet = fleetReader(server);
    await fleet.ready();
    await vi.waitUntil(() => fleet.presence('exec-1').state === 'up', WAIT);
    expect(fleet.read('exec-1', 'pipeline_v6_shadow_head').state).toBe('stale');
    logs.put(HEAD, shadowHead(clock()));
    await sync.once();
    await sync.stop();
    await vi.waitUntil(() => fleet.presence('exec-1').state === 'down', WAIT);
    expect(fleet.read('exec-1', 'pipeline_v6_shadow_head').state).toBe('fresh');
    expect(fleet.presence('exec-9')).toEqual({ state: 'down', heard: null });
  });

  test('takes a sync that was killed for down once its presence has run out', async () => {
    const { server, sync } = await fleetOf('exec-1', { presenceSeconds: 2 });
    await sync.once();
    const fleet = fleetReader(server);
    await fleet.ready();
    await vi.waitUntil(() => fleet.presence('exec-1').state === 'up', WAIT);
    await vi.waitUntil(() => fleet.presence('exec-1').state === 'down', WAIT);
    expect(fleet.presence('exec-1').heard).toBeGreaterThan(clock() - 20);
  });

  test('knows nothing of presence, and shows what it last knew, while the server is away', async () => {
    const { server, logs, sync } = await fleetOf('exec-1');
    logs.put(HEAD, shadowHead(clock()));
    await sync.once();
    const fleet = fleetReader(server);
    await fleet.ready();
    expect(fleet.status()).toEqual({ connected: true, finding: null });
    await server.kill();
    await vi.waitUntil(() => !fleet.status().connected, WAIT);
    expect(fleet.status().finding?.rule).toBe('remote-unreachable');
    expect(fleet.presence('exec-1').state).toBe('unknown');
    expect(fleet.read('exec-1', 'pipeline_v6_shadow_head').value?.total).toBe(3);
    await server.start();
    logs.put(HEAD, shadowHead(clock(), 4));
    await vi.waitUntil(async () => (await sync.once()).connected, WAIT);
    await vi.waitUntil(() => fleet.read('exec-1', 'pipeline_v6_shadow_head').value?.total === 4, WAIT);
  });

  test('says unreadable, not never, before it has reached a server', async () => {
    const server = await natsServer(join(temporaryDirectory(), 'nats'));
    const fleet = fleetReader(server);
    expect(fleet.read('exec-1', 'nav')).toMatchObject({
      state: 'unreadable',
      findings: [{ rule: 'remote-unreachable' }],
    });
  });

  test('tails a ledger from the stream, and goes on at the number where it ended', async () => {
    const { server, logs, sync } = await fleetOf('exec-1');
    logs.append(NAV_HISTORY, `${navLines(1, 3)}{"broken\n${navLines(4, 5)}`);
    await sync.once();
    const fleet = fleetReader(server);
    const entries = await all(fleet.tail('exec-1', 'nav_history', { limit: 4 }));
    expect(entries.map(({ record }) => record?.nav_total ?? null)).toEqual([1001, 1002, 1003, null]);
    expect(entries[3]?.findings.map(({ rule }) => rule)).toEqual(['json-syntax']);
    expect(entries[0]?.position).toMatchObject({ offset: 0, length: navLines(1, 1).length });
    const rest = await all(fleet.tail('exec-1', 'nav_history', { from: entries[3]?.end ?? 0 }));
    expect(rest.map(({ record }) => record?.nav_total)).toEqual([1004, 1005]);
  });

  test('follows a ledger through a server that is killed and one that lost its tail', async () => {
    const { server, logs, sync } = await fleetOf('exec-1');
    const fleet = fleetReader(server);
    const numbers: (number | null | undefined)[] = [];
    const stop = new AbortController();
    logs.append(NAV_HISTORY, navLines(1, 100));
    await sync.once();
    const following = (async () => {
      for await (const { record } of fleet.tail('exec-1', 'nav_history', { follow: true, signal: stop.signal }))
        numbers.push(record?.nav_total);
    })();
    await vi.waitUntil(() => numbers.length === 100, WAIT);
    await server.rollBack(async () => {
      logs.append(NAV_HISTORY, navLines(101, 200));
      await vi.waitUntil(async () => (await sync.once()).connected, WAIT);
      await vi.waitUntil(() => numbers.length === 200, WAIT);
    });
    logs.append(NAV_HISTORY, navLines(201, 250));
    await vi.waitUntil(async () => (await sync.once()).connected, WAIT);
    await vi.waitUntil(() => numbers.length === 250, WAIT);
    stop.abort();
    await following;
    expect(numbers).toEqual(Array.from({ length: 250 }, (_, index) => 1001 + index));
  });
});

/** As JSON, so that files, which differ, can be left out. */
function withoutFiles(readings: readonly object[]): unknown {
  return JSON.parse(JSON.stringify(readings, (key, value: unknown) => (key === 'file' ? undefined : value)));
}

async function all<T>(entries: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const entry of entries) list.push(entry);
  return list;
}

function clock(): number {
  return Date.now() / 1000;
}

async function fleetOf(
  executor: string,
  retention: { readonly presenceSeconds?: number } = {},
): Promise<{ server: NatsServer; logs: Logs; sync: RemoteSync }> {
  const server = await natsServer(join(temporaryDirectory(), 'nats'));
  onTestFinished(() => server.kill());
  await server.start();
  await provisionFleet({ servers: server.url, executors: [executor], ...retention });
  const logs = makeLogs();
  const sync = createRemoteSync({ from: logs.dir, executor, sink: createNatsSink({ servers: server.url }) });
  onTestFinished(() => sync.stop());
  return { server, logs, sync };
}

function fleetReader(server: NatsServer, options: Partial<FleetReaderOptions> = {}): FleetReader {
  const fleet = createFleetReader({ servers: server.url, ...options });
  onTestFinished(() => fleet.close());
  return fleet;
}
