import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { headers as newHeaders, nkeys } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentedServer } from '../../test/documented-server.js';
import { HEAD, makeLogs, NAV_HISTORY, navLines, shadowHead } from '../../test/logs.js';
import { hasNatsServer } from '../../test/nats-server.js';
import type { NatsServer } from '../../test/nats-server.js';
import { createFleetReader } from '../fleet-reader/fleet-reader.js';
import { provisionFleet } from '../provision-fleet.js';
import type { Provisioned } from '../provision-fleet.js';
import { createRemoteSync } from '../remote-sync.js';
import { connectNats } from './connect.js';
import { createNatsSink } from './nats-sink.js';

const EVENTS = 'TLM_EVENTS_prod_OF_exec-1';
const STATE = 'KV_TLM_STATE_prod';

describe.skipIf(!hasNatsServer)('the permissions that docs/fleet.md gives', () => {
  let server: NatsServer;
  let directory: string;
  let provisioned: Provisioned;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'fleet-acl-'));
    server = await documentedServer(directory, {
      OPERATOR: seedOf('OPERATOR'),
      EXECUTOR_1: seedOf('EXECUTOR_1'),
      DASHBOARD: seedOf('DASHBOARD'),
    });
    await server.start();
    provisioned = await provisionFleet({ ...placeOf('OPERATOR'), executors: ['exec-1', 'exec-2'] });
  });

  afterAll(async () => {
    await server.kill();
    rmSync(directory, { recursive: true, force: true });
  });

  test('are enough for an operator, a sync and a reader', async () => {
    expect(provisioned).toMatchObject({ made: expect.arrayContaining([EVENTS, STATE]), findings: [] });
    const logs = makeLogs();
    logs.put(HEAD, shadowHead(Date.now() / 1000));
    logs.append(NAV_HISTORY, navLines(1, 300));
    const sync = createRemoteSync({ from: logs.dir, executor: 'exec-1', sink: createNatsSink(placeOf('EXECUTOR_1')) });
    expect(await sync.once()).toMatchObject({ ok: true, lines: 300, findings: [] });
    logs.append(NAV_HISTORY, navLines(301, 400));
    logs.put(HEAD, shadowHead(Date.now() / 1000, 7));
    expect(await sync.once()).toMatchObject({ ok: true, lines: 100, findings: [] });
    const fleet = createFleetReader(placeOf('DASHBOARD'));
    await fleet.ready();
    expect(fleet.read('exec-1', 'pipeline_v6_shadow_head').value?.total).toBe(7);
    let lines = 0;
    for await (const { record } of fleet.tail('exec-1', 'nav_history')) lines += record === null ? 0 : 1;
    expect(lines).toBe(400);
    expect(fleet.presence('exec-1').state).toBe('up');
    await sync.stop();
    await fleet.close();
  });

  test('keep an executor from writing or reading under another name', async () => {
    const logs = makeLogs();
    logs.append(NAV_HISTORY, navLines(1, 3));
    const sync = createRemoteSync({ from: logs.dir, executor: 'exec-2', sink: createNatsSink(placeOf('EXECUTOR_1')) });
    expect(await sync.once()).toMatchObject({ ok: false, lines: 0, findings: [{ rule: 'remote-denied' }] });
    await as('EXECUTOR_1', async (nc) => {
      await isDenied(nc, 'tlm.prod.events.exec-2.nav_history');
      await isDenied(nc, '$KV.TLM_STATE_prod.exec-2.nav');
      await isDenied(nc, '$KV.TLM_PRESENCE_prod.exec-2');
      await isDenied(nc, `$JS.API.DIRECT.GET.${STATE}.$KV.TLM_STATE_prod.exec-2.nav`);
      await isDenied(nc, `$JS.API.STREAM.MSG.GET.${STATE}`);
    });
  });

  test.each(['EXECUTOR_1', 'DASHBOARD'])('keep %s from purging, deleting and changing streams', async (role) => {
    await as(role, async (nc) => {
      for (const stream of [EVENTS, STATE]) {
        for (const verb of ['PURGE', 'DELETE', 'MSG.DELETE', 'UPDATE', 'CREATE'])
          await isDenied(nc, `$JS.API.STREAM.${verb}.${stream}`);
      }
    });
    expect(await lastSequence(EVENTS)).toBe(400);
  });

  test('keep the dashboard from writing', async () => {
    await as('DASHBOARD', async (nc) => {
      await isDenied(nc, 'tlm.prod.events.exec-1.nav_history');
      await isDenied(nc, '$KV.TLM_STATE_prod.exec-1.nav');
      await isDenied(nc, '$KV.TLM_PRESENCE_prod.exec-1');
    });
  });

  test('keep what an executor has sent from being rolled up, though the subject is its own', async () => {
    await as('EXECUTOR_1', async (nc) => {
      const headers = newHeaders();
      headers.set('Nats-Rollup', 'sub');
      const answer = await nc.request('tlm.prod.events.exec-1.nav_history', '', { headers, timeout: 2000 });
      expect(answer.json()).toMatchObject({ error: { description: expect.stringContaining('rollup') } });
    });
    expect(await lastSequence(EVENTS)).toBe(400);
  });

  test('are enough to find where a ledger that was restored differs from what was sent', async () => {
    const logs = makeLogs();
    logs.append(NAV_HISTORY, navLines(1, 250));
    const sink = createNatsSink(placeOf('EXECUTOR_1'));
    const sync = createRemoteSync({ from: logs.dir, executor: 'exec-1', sink, takeOver: true });
    const report = await sync.once();
    expect(report.findings).toMatchObject([{ rule: 'remote-diverged', surface: 'nav_history' }]);
    logs.append(NAV_HISTORY, navLines(500, 519));
    expect(await sync.once()).toMatchObject({ ok: true, lines: 20 });
    truncateSync(join(logs.dir, NAV_HISTORY), navLines(1, 200).length);
    expect((await sync.once()).findings).toMatchObject([{ rule: 'remote-diverged' }]);
    logs.append(NAV_HISTORY, navLines(600, 604));
    expect(await sync.once()).toMatchObject({ ok: true, lines: 5 });
    await sync.stop();
    expect(await lastSequence(EVENTS)).toBe(400 + 1 + 20 + 1 + 5);
  });

  test('refuse a user whose seed the server does not know', async () => {
    const stranger = join(directory, 'stranger.nk');
    writeFileSync(stranger, Buffer.from(nkeys.createUser().getSeed()));
    const sync = createRemoteSync({
      from: makeLogs().dir,
      executor: 'exec-1',
      sink: createNatsSink({ servers: server.url, credsFile: stranger }),
    });
    expect(await sync.once()).toMatchObject({ connected: false, findings: [{ rule: 'remote-denied' }] });
  });

  function seedOf(role: string): string {
    return join(directory, `${role}.nk`);
  }

  function placeOf(role: string): { servers: string; credsFile: string } {
    return { servers: server.url, credsFile: seedOf(role) };
  }

  async function as(role: string, run: (nc: NatsConnection) => Promise<void>): Promise<void> {
    const inboxPrefix = role === 'DASHBOARD' ? '_INBOX.reader' : '_INBOX.executor.exec-1';
    const nc = await connectNats(placeOf(role), { name: role, inboxPrefix, reconnect: false });
    try {
      await run(nc);
    } finally {
      await nc.close();
    }
  }

  async function lastSequence(stream: string): Promise<number> {
    const nc = await connectNats(placeOf('OPERATOR'), {
      name: 'operator',
      inboxPrefix: '_INBOX.operator',
      reconnect: false,
    });
    try {
      return (await (await jetstreamManager(nc)).streams.info(stream)).state.last_seq;
    } finally {
      await nc.close();
    }
  }
});

async function isDenied(nc: NatsConnection, subject: string): Promise<void> {
  await expect(nc.request(subject, '{}', { timeout: 2000 }), subject).rejects.toMatchObject({
    cause: { name: 'PermissionViolationError' },
  });
}
