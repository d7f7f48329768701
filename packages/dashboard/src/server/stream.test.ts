import { rename, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { stateNames } from '@hedge-telemetry/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { writeHealthy } from '../../test/conditions.js';
import { openStream } from '../../test/event-stream.js';
import type { StreamReader } from '../../test/event-stream.js';
import { numbersOf, seen } from '../../test/nav-stream.js';
import { navLedger, navLine, range } from '../../test/records.js';
import { createBench, raw, request } from '../../test/server.js';

const bench = createBench();
const readers: StreamReader[] = [];

afterEach(async () => {
  for (const each of readers.splice(0)) each.close();
  await bench.dispose();
});

async function open(port: number, lastId: string | null = null): Promise<StreamReader> {
  const reader = await openStream(port, lastId);
  readers.push(reader);
  return reader;
}

async function replaceNav(dir: string, nav: number): Promise<void> {
  const text = JSON.stringify({
    nav_total: nav,
    nav_age_s: 0,
    sources_ok: true,
    aum: { futures: nav, offexchange: {}, total: nav },
    nav_health_snapshot: null,
    updated_at: Date.now() / 1000,
  });
  await writeFile(join(dir, 'state/.nav.tmp'), text);
  await rename(join(dir, 'state/.nav.tmp'), join(dir, 'state/nav.json'));
}

describe('the event stream', () => {
  it('begins with hello and every surface, and tells each change once', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, Date.now() / 1000);
    const { port } = await bench.serve({ dir });
    const reader = await open(port);
    const hello = await reader.next('hello');
    expect(hello).toMatchObject({ protocol: 1, resumed: false, heartbeat_s: 5 });
    await reader.next('surface', ({ surface }) => surface.name === stateNames.at(-1));
    expect(reader.events.slice(0, stateNames.length + 1).map(({ event }) => event)).toEqual([
      'hello',
      ...stateNames.map(() => 'surface'),
    ]);
    await replaceNav(dir, 4_242);
    const { surface } = await reader.next(
      'surface',
      (message) => message.surface.name === 'nav' && JSON.stringify(message).includes('4242'),
    );
    expect(surface).toMatchObject({ state: 'fresh', readings: { nav_total: { state: 'fresh', value: 4_242 } } });
  });

  it('tells a change of state that time alone brings', async () => {
    const dir = await bench.directory();
    const clock = { offset: 0 };
    await writeHealthy(dir, Date.now() / 1000);
    const { port } = await bench.serve({ dir, now: () => Date.now() / 1000 + clock.offset });
    const reader = await open(port);
    await reader.next('surface', ({ surface }) => surface.name === 'risk_snapshot' && surface.state === 'fresh');
    clock.offset = 301;
    await reader.next('surface', ({ surface }) => surface.name === 'risk_snapshot' && surface.state === 'stale');
    await reader.next('status', ({ status }) => status.worst === 'stale');
  });

  it('brings complete lines only, broken ones with what is wrong', async () => {
    const dir = await bench.directory();
    const ledger = navLedger(dir);
    ledger.append(1, 2);
    const { port } = await bench.serve({ dir });
    const reader = await open(port);
    await reader.next('hello');
    ledger.appendText(navLine(3).slice(0, 20));
    ledger.appendText(`${navLine(3).slice(20)}{"ts": "no"}\n${navLine(4)}`);
    await seen(reader, 4);
    expect(numbersOf(reader)).toEqual([3, null, 4]);
    expect(reader.entries('nav_history')[1]).toMatchObject({ record: null, raw: '{"ts": "no"}' });
  });

  it('sends a heartbeat', async () => {
    const { port } = await bench.serve({ dir: await bench.directory(), limits: { heartbeatMs: 30 } });
    const { now } = await (await open(port)).next('heartbeat');
    expect(Math.abs(now - Date.now() / 1000)).toBeLessThan(60);
  });

  it('starts anew where the id is not understood', async () => {
    const { port } = await bench.serve({ dir: await bench.directory() });
    for (const id of ['nonsense', '1:none.0', 'x'.repeat(500)])
      expect((await (await open(port, id)).next('hello')).resumed).toBe(false);
  });
});

describe('many readers', () => {
  it('cost one read of each changed file, however many there are', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, Date.now() / 1000);
    const { port, hub } = await bench.serve({ dir, limits: { maxClients: 1_000 } });
    const clients = await Promise.all(range(1, 1_000).map(() => quietReader(port)));
    const before = hub.reads();
    await replaceNav(dir, 777);
    await Promise.all(clients.map((client) => client.saw('"value":777')));
    expect(hub.reads() - before).toBeLessThanOrEqual(2);
    const refused = await raw(port, request('GET /events HTTP/1.1', `Host: 127.0.0.1:${port}`));
    expect(refused.status).toBe(429);
    for (const client of clients) client.close();
  });

  it('are dropped where they read nothing, and the others go on', async () => {
    const dir = await bench.directory();
    await writeHealthy(dir, Date.now() / 1000);
    const { port } = await bench.serve({ dir, limits: { maxUnreadBytes: 256 * 1024, graceMs: 150, heartbeatMs: 20 } });
    const lazy = connect(port, '127.0.0.1');
    lazy.on('error', () => undefined);
    lazy.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    lazy.pause();
    const keen = await open(port);
    await keen.next('hello');
    const line = `${JSON.stringify({ type: 'x'.repeat(3_000) })}\n`.repeat(100);
    const count = async (): Promise<number> =>
      Number(
        /hedge_dashboard_dropped_clients_total (\d+)/.exec(
          (await raw(port, request('GET /metrics HTTP/1.1', `Host: 127.0.0.1:${port}`))).body,
        )?.[1],
      );
    const file = navLedger(dir);
    for (let round = 0; round < 200 && (await count()) === 0; round += 1) file.appendText(line);
    expect(await count()).toBe(1);
    await replaceNav(dir, 31_337);
    await keen.next('surface', (message) => JSON.stringify(message).includes('31337'));
    lazy.destroy();
  });
});

/** A reader that keeps no more than it must, so that a thousand of them fit into one process. */
async function quietReader(port: number): Promise<{ saw(text: string): Promise<void>; close(): void }> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  let wanted: { readonly text: string; readonly done: () => void } | null = null;
  let tail = '';
  let isGreeted = (): void => undefined;
  const greeted = new Promise<void>((resolve) => {
    isGreeted = resolve;
  });
  socket.on('data', (chunk) => {
    tail = `${tail}${chunk.toString('latin1')}`;
    if (tail.includes('"name":"v6_runtime_probe"')) isGreeted();
    if (wanted !== null && tail.includes(wanted.text)) wanted.done();
    if (tail.length > 200_000) tail = tail.slice(-50_000);
  });
  socket.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  await greeted;
  return {
    saw: (text) =>
      new Promise((done) => {
        wanted = { text, done };
        if (tail.includes(text)) done();
      }),
    close: () => socket.destroy(),
  };
}
