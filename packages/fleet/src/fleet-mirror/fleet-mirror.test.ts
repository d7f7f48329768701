import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import { registry, stateNames } from '@hedge-telemetry/contract';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { HEAD, makeLogs, NAV_HISTORY, navLines, seeded, shadowHead, temporaryDirectory } from '../../test/logs.js';
import type { Logs } from '../../test/logs.js';
import { hasNatsServer, natsServer } from '../../test/nats-server.js';
import type { NatsServer } from '../../test/nats-server.js';
import { createNatsSink } from '../nats/nats-sink.js';
import { createRemoteSync } from '../remote-sync.js';
import type { RemoteSyncReport } from '../remote-report.js';
import { createFleetMirror } from './fleet-mirror.js';
import type { FleetMirrorReport } from './fleet-mirror.js';

const EXAMPLES = resolve(import.meta.dirname, '../../../../schemas/examples');
const CHILD = resolve(import.meta.dirname, '../../test/mirror-child.mjs');
const SEED = Number(process.env['FLEET_SEED'] ?? Date.now() % 1_000_000_007);
/** MIRROR_KILLS=100 runs longer. */
const ROUNDS = Number(process.env['MIRROR_KILLS'] ?? 6);
const EVENTS = 'execution/events.jsonl';
const WAIT = { timeout: 30_000, interval: 10 };

describe.skipIf(!hasNatsServer)('a mirror of a fleet', () => {
  test('gives each executor a directory that holds the bytes of its host, and writes nothing twice', async () => {
    const { server, to } = await started();
    const [one, other] = [makeLogs(), makeLogs()];
    for (const surface of stateNames)
      one.put(registry[surface].file, readFileSync(join(EXAMPLES, surface, 'valid/typical.json')));
    one.append(NAV_HISTORY, `${navLines(1, 500)}{"broken\n\n\0\n${navLines(501, 600)}`);
    other.append(NAV_HISTORY, navLines(7, 9));
    other.put(HEAD, shadowHead(1_765_000_000.5).replace('"total":3', '"total": 3.0'));
    await send(server, one, 'exec-1');
    await send(server, other, 'exec-2');
    const first = await mirrored(server, to);
    expect(first).toMatchObject({ connected: true, lines: 606, findings: [] });
    expect(first.mirrored).toHaveLength(stateNames.length + 1);
    expectSame(one, join(to, 'exec-1'));
    expectSame(other, join(to, 'exec-2'));
    one.append(NAV_HISTORY, navLines(601, 605));
    await send(server, one, 'exec-1');
    expect(await mirrored(server, to)).toMatchObject({ mirrored: [], lines: 5, findings: [] });
    expectSame(one, join(to, 'exec-1'));
  });

  test(
    'goes on where it was killed, through a server that lost its tail: every line once, in order',
    { timeout: 60_000 + ROUNDS * 20_000 },
    async () => {
      console.log(`FLEET_SEED=${SEED}`);
      const random = seeded(SEED);
      const { server, to } = await started();
      const logs = makeLogs();
      logs.put(HEAD, shadowHead(1_765_000_000));
      let written = 0;
      const write = (): void => {
        const count = 1 + random(400);
        logs.append(NAV_HISTORY, navLines(written + 1, written + count));
        logs.append(EVENTS, `{"number":${written},"pad":"${'x'.repeat(random(3000))}"}\n`.repeat(1 + random(20)));
        written += count;
      };
      for (let round = 0; round < ROUNDS; round += 1) {
        const child = spawn(process.execPath, [CHILD, server.url, to], { stdio: ['ignore', 'pipe', 'inherit'] });
        onTestFinished(() => void child.kill('SIGKILL'));
        const disturbed = async (): Promise<void> => {
          write();
          await send(server, logs, 'exec-1');
          await sleep(random(150));
          write();
          await send(server, logs, 'exec-1');
        };
        await once(child.stdout, 'data');
        if (round % 3 === 1) await server.rollBack(disturbed);
        else await disturbed();
        await sleep(random(60));
        child.kill('SIGKILL');
        await once(child, 'close');
      }
      await send(server, logs, 'exec-1');
      expect(await mirrored(server, to)).toMatchObject({ connected: true, findings: [] });
      for (const file of [NAV_HISTORY, EVENTS])
        expect(readFileSync(join(to, 'exec-1', file)).equals(readFileSync(join(logs.dir, file))), file).toBe(true);
    },
  );

  test('follows new executors, documents and lines until it is stopped', async () => {
    const { server, to } = await started();
    const logs = makeLogs();
    const reports: FleetMirrorReport[] = [];
    const mirror = createFleetMirror({ servers: server.url, to, onReport: (report) => reports.push(report) });
    onTestFinished(() => mirror.stop());
    mirror.start();
    logs.put(HEAD, shadowHead(Date.now() / 1000));
    logs.append(NAV_HISTORY, navLines(1, 3));
    await send(server, logs, 'exec-1');
    await vi.waitUntil(() => isSame(logs, join(to, 'exec-1'), [HEAD, NAV_HISTORY]), WAIT);
    logs.put(HEAD, shadowHead(Date.now() / 1000, 4));
    logs.append(NAV_HISTORY, navLines(4, 9));
    await send(server, logs, 'exec-1');
    await vi.waitUntil(() => isSame(logs, join(to, 'exec-1'), [HEAD, NAV_HISTORY]), WAIT);
    await mirror.stop();
    expect(reports.at(-1)).toMatchObject({ connected: true, executors: { 'exec-1': 'down' } });
    expect(reports.reduce((sum, { lines }) => sum + lines, 0)).toBe(9);
  });

  test('keeps a document that is younger than the one on the server, and one that can be read', async () => {
    const { server, to } = await started();
    const [old, now] = [makeLogs(), Date.now() / 1000];
    old.put(HEAD, shadowHead(now, 1));
    await send(server, old, 'exec-1');
    await mirrored(server, to);
    const path = join(to, 'exec-1', HEAD);
    writeFileSync(path, shadowHead(now + 1, 2));
    expect((await mirrored(server, to)).findings).toMatchObject([{ rule: 'mirror-kept-last-good', file: path }]);
    expect(readFileSync(path, 'utf8')).toBe(shadowHead(now + 1, 2));
    const nc = await connect({ servers: server.url });
    await nc.request('$KV.TLM_STATE_prod.exec-1.pipeline_v6_shadow_head', '{"torn');
    await nc.close();
    const { findings } = await mirrored(server, to);
    expect(findings).toMatchObject([{ level: 'error', surface: 'pipeline_v6_shadow_head', file: path }]);
    expect(readFileSync(path, 'utf8')).toBe(shadowHead(now + 1, 2));
  });

  test('leaves a ledger alone that is not what it wrote, and says so; one that was moved away is built anew, and what a killed mirror left is removed', async () => {
    const { server, to } = await started();
    const logs = makeLogs();
    logs.put(HEAD, shadowHead(1_765_000_000));
    logs.append(NAV_HISTORY, navLines(1, 50));
    await send(server, logs, 'exec-1');
    await mirrored(server, to);
    const path = join(to, 'exec-1', NAV_HISTORY);
    for (const directory of ['state', '.fleet'])
      writeFileSync(join(to, 'exec-1', directory, '.nav.json.2147483646.1.a0b1c2d3.tmp'), 'part');
    appendFileSync(path, 'something else\n');
    logs.append(NAV_HISTORY, navLines(51, 60));
    await send(server, logs, 'exec-1');
    expect((await mirrored(server, to)).findings).toMatchObject([{ rule: 'remote-mirror-diverged', file: path }]);
    expect(readFileSync(path, 'utf8')).toBe(`${navLines(1, 50)}something else\n`);
    rmSync(path);
    expect(await mirrored(server, to)).toMatchObject({ lines: 60, findings: [] });
    expectSame(logs, join(to, 'exec-1'));
    expect(readdirSync(join(to, 'exec-1/.fleet'))).toEqual(['nav_history.json']);
  });

  test('makes no directory of a name that is none, and says where no server answers', async () => {
    const { server, to } = await started();
    await send(server, makeLogs(), 'exec-1');
    const nc = await connect({ servers: server.url });
    for (const name of ['a/b', 'Exec', '-x'])
      await nc.request(`$KV.TLM_STATE_prod.${name}.nav`, readFileSync(join(EXAMPLES, 'nav/valid/typical.json')));
    await nc.close();
    expect(await mirrored(server, to)).toMatchObject({ connected: true, executors: {}, mirrored: [] });
    expect(existsSync(to) ? readdirSync(to) : []).toEqual([]);
    await server.kill();
    expect(await mirrored(server, to)).toMatchObject({
      connected: false,
      findings: [{ rule: 'remote-unreachable', actual: expect.stringContaining(server.url) }],
    });
  });
});

async function started(): Promise<{ server: NatsServer; to: string }> {
  const directory = temporaryDirectory();
  const server = await natsServer(join(directory, 'nats'));
  onTestFinished(() => server.kill());
  await server.start();
  return { server, to: join(directory, 'mirror') };
}

async function send(server: NatsServer, logs: Logs, executor: string): Promise<RemoteSyncReport> {
  const sync = createRemoteSync({ from: logs.dir, executor, sink: createNatsSink({ servers: server.url }) });
  const report = await sync.once();
  await sync.stop();
  expect(report).toMatchObject({ connected: true, stopped: null, lag_bytes: 0 });
  return report;
}

function mirrored(server: NatsServer, to: string): Promise<FleetMirrorReport> {
  return createFleetMirror({ servers: server.url, to }).once();
}

function isSame(logs: Logs, mirror: string, files: readonly string[]): boolean {
  return files.every(
    (file) =>
      existsSync(join(mirror, file)) && readFileSync(join(mirror, file)).equals(readFileSync(join(logs.dir, file))),
  );
}

function expectSame(logs: Logs, mirror: string): void {
  for (const directory of ['state', 'execution']) {
    const names = readdirSync(join(logs.dir, directory));
    if (names.length === 0) continue;
    expect(readdirSync(join(mirror, directory)).toSorted()).toEqual(names.toSorted());
    for (const name of names) expect(isSame(logs, mirror, [join(directory, name)]), name).toBe(true);
  }
}
