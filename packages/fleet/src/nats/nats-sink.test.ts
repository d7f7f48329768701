import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { ledgerNames } from '@hedge-telemetry/contract';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HEAD, makeLogs, NAV_HISTORY, navLines, shadowHead, temporaryDirectory } from '../../test/logs.js';
import { hasNatsServer, hasOpenssl, natsServer } from '../../test/nats-server.js';
import type { NatsServer } from '../../test/nats-server.js';
import { readStream } from '../../test/stream.js';
import { HEADER } from '../headers.js';
import { provisionFleet } from '../provision-fleet.js';
import { createRemoteSync } from '../remote-sync.js';
import type { SinkSession } from '../sink.js';
import { createNatsSink } from './nats-sink.js';

const place = { env: 'prod', executor: 'exec-1' };

describe.skipIf(!hasNatsServer)('a sink on NATS', () => {
  test('keeps states where any key-value client finds them, byte for byte', async () => {
    const server = await started();
    const logs = makeLogs();
    const text = shadowHead(Date.now() / 1000).replace('"total":3', '"total": 3.0');
    logs.put(HEAD, text);
    await createRemoteSync({ from: logs.dir, sink: createNatsSink({ servers: server.url }), ...place }).once();
    const nc = await client(server);
    const bucket = await new Kvm(nc).open('TLM_STATE_prod');
    expect((await bucket.get('exec-1.pipeline_v6_shadow_head'))?.string()).toBe(text);
    expect((await bucket.status()).ttl).toBe(0);
    const presence = await new Kvm(nc).open('TLM_PRESENCE_prod');
    expect((await presence.get('exec-1'))?.json()).toMatchObject({ instance: expect.any(String) });
    expect((await presence.status()).ttl).toBe(15_000);
  });

  test('refuses a document in place of one that it no longer is', async () => {
    const server = await started();
    const [one, other] = [await session(server), await session(server)];
    const record = (text: string) => ({ bytes: Buffer.from(text), headers: { [HEADER.time]: '1' } });
    const first = await one.putState('nav', record('1'), 0);
    await expect(other.putState('nav', record('2'), 0)).rejects.toMatchObject({ code: 'conflict' });
    const second = await other.putState('nav', record('2'), first);
    await expect(one.putState('nav', record('3'), first)).rejects.toMatchObject({ code: 'conflict' });
    expect(await one.state('nav')).toMatchObject({ revision: second, headers: { [HEADER.time]: '1' } });
  });

  test('takes only one of two chains, though the numbers of the other come to fit', async () => {
    const server = await started();
    const [killed, young] = [await session(server), await session(server)];
    const record = (text: string) => ({ bytes: Buffer.from(text), headers: {} });
    const before = killed.appender(0);
    await before.send('events', record('a1'));
    await before.flush();
    const after = young.appender((await young.position(ledgerNames)).last);
    await after.send('events', record('b1'));
    await after.flush();
    for (const text of ['a2', 'a3', 'a4', 'a5']) await before.send('events', record(text));
    await expect(before.flush()).rejects.toMatchObject({ code: 'conflict' });
    for (const text of ['b2', 'b3']) await after.send('events', record(text));
    await after.flush();
    expect((await readStream(server.url, place)).ledgers.get('events')?.toString()).toBe('a1b1b2b3');
  });

  test('loses the whole rest of a chain with the record that is lost', async () => {
    const server = await started();
    const sessions = [await session(server), await session(server)] as const;
    const appender = sessions[0].appender(0);
    const record = { bytes: Buffer.from('x'), headers: {} };
    for (let count = 0; count < 500; count += 1) {
      if (count === 250) {
        await appender.flush();
        const between = sessions[1].appender(250);
        await between.send('events', record);
        await between.flush();
      }
      await appender.send('events', record);
    }
    await expect(appender.flush()).rejects.toMatchObject({ code: 'conflict' });
    expect((await readStream(server.url, place)).records).toBe(251);
  });

  test('makes streams that nobody can purge, and says so where they are missing', async () => {
    const server = await started();
    const logs = makeLogs();
    const sink = createNatsSink({ servers: server.url, provision: false });
    const sync = createRemoteSync({ from: logs.dir, sink, ...place });
    expect(await sync.once()).toMatchObject({ connected: false, findings: [{ rule: 'remote-not-provisioned' }] });
    const made = await provisionFleet({ servers: server.url, executors: ['exec-1'], eventDays: 7 });
    expect(made).toEqual({
      made: ['TLM_EVENTS_prod_OF_exec-1', 'KV_TLM_STATE_prod', 'KV_TLM_PRESENCE_prod'],
      findings: [],
    });
    expect((await provisionFleet({ servers: server.url, executors: ['exec-1'] })).made).toEqual([]);
    expect(await sync.once()).toMatchObject({ ok: true, connected: true });
    const jsm = await jetstreamManager(await client(server));
    await expect(jsm.streams.purge('TLM_EVENTS_prod_OF_exec-1')).rejects.toThrow(/purge/);
    await expect(jsm.streams.deleteMessage('KV_TLM_STATE_prod', 1)).rejects.toThrow(/delete/);
  });

  test('repeats the place of a quiet ledger before retention takes it', async () => {
    const server = await started();
    const logs = makeLogs();
    const sink = createNatsSink({ servers: server.url });
    await provisionFleet({ servers: server.url, executors: ['exec-1'], eventBytes: 60_000 });
    logs.append(NAV_HISTORY, navLines(1, 2));
    let busy = 0;
    for (let round = 0; round < 12; round += 1) {
      const lines = Array.from({ length: 50 }, () => `${JSON.stringify({ number: (busy += 1) })}\n`);
      appendFileSync(join(logs.dir, 'execution/events.jsonl'), lines.join(''));
      const sync = createRemoteSync({ from: logs.dir, sink, ...place });
      const report = await sync.once();
      expect(report.lines).toBe(round === 0 ? 52 : 50);
      await sync.stop();
    }
    const jsm = await jetstreamManager(await client(server));
    const { state } = await jsm.streams.info('TLM_EVENTS_prod_OF_exec-1');
    expect(state.first_seq).toBeGreaterThan(100);
  });

  test.skipIf(!hasOpenssl)('is talked to over TLS alone where a certificate is given', async () => {
    const directory = temporaryDirectory();
    const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    execFileSync('openssl', [...made, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
    const server = await started(`tls { cert_file: "${cert}", key_file: "${key}" }`);
    const logs = makeLogs();
    logs.append(NAV_HISTORY, navLines(1, 3));
    const known = createNatsSink({ servers: server.url, tlsCaFile: cert });
    expect(await createRemoteSync({ from: logs.dir, sink: known, ...place }).once()).toMatchObject({
      ok: true,
      lines: 3,
    });
    const unknown = createNatsSink({ servers: server.url });
    const report = await createRemoteSync({ from: logs.dir, sink: unknown, ...place }).once();
    expect(report).toMatchObject({ connected: false, findings: [{ rule: 'remote-unreachable' }] });
  });

  test('tells what is wrong with a credentials file, and nothing of what is in it', async () => {
    const server = await started();
    const file = join(temporaryDirectory(), 'creds');
    writeFileSync(file, 'SUABOGUSBOGUS');
    for (const credsFile of [file, `${file}-missing`]) {
      const sink = createNatsSink({ servers: server.url, credsFile });
      const report = await createRemoteSync({ from: makeLogs().dir, sink, ...place }).once();
      expect(report.findings).toMatchObject([{ rule: 'remote-denied' }]);
      expect(JSON.stringify(report)).not.toContain(readFileSync(file, 'utf8'));
    }
  });

  test.each(['nats://user:hunter2x@127.0.0.1:4222', 'http://127.0.0.1', 'hunter2x'])(
    'refuses the address %s without repeating it',
    (servers) => {
      expect(() => createNatsSink({ servers })).toThrow(RangeError);
      expect(() => createNatsSink({ servers })).not.toThrow(/hunter2x/);
    },
  );
});

async function started(config = ''): Promise<NatsServer> {
  const server = await natsServer(join(temporaryDirectory(), 'nats'), config);
  onTestFinished(() => server.kill());
  await server.start();
  return server;
}

async function session(server: NatsServer): Promise<SinkSession> {
  const opened = await createNatsSink({ servers: server.url }).open(place);
  onTestFinished(() => opened.close());
  return opened;
}

async function client(server: NatsServer): Promise<NatsConnection> {
  const nc = await connect({ servers: server.url });
  onTestFinished(() => nc.close());
  return nc;
}
