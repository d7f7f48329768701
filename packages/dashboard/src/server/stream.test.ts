import { spawn } from 'node:child_process';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { stateNames } from '@hedge-telemetry/contract';
import { afterEach, describe, expect, it } from 'vitest';
import { writeHealthy } from '../../test/conditions.js';
import { openStream } from '../../test/event-stream.js';
import type { StreamReader } from '../../test/event-stream.js';
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

function numbersOf(reader: StreamReader): unknown[] {
  return reader
    .entries('nav_history')
    .map(({ record }) => (record as { nav_total: unknown } | null)?.nav_total ?? null);
}

async function seen(reader: StreamReader, number: number): Promise<void> {
  await reader.next('ledger', ({ entries }) =>
    entries.some(({ record }) => (record as { nav_total?: unknown } | null)?.nav_total === number),
  );
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

describe('a reader that comes back', () => {
  it('gets what it missed, in order and once, also from a server that was restarted', async () => {
    const dir = await bench.directory();
    const ledger = navLedger(dir);
    ledger.append(1, 3);
    let server = await bench.serve({ dir });
    const got: unknown[] = [];
    let id: string | null = null;
    for (let round = 0; round < 6; round += 1) {
      const reader = await open(server.port, id);
      expect((await reader.next('hello')).resumed).toBe(round > 0);
      const base = 4 + 20 * round;
      ledger.append(base, base + 9);
      await seen(reader, base + 9);
      got.push(...numbersOf(reader));
      id = reader.lastId();
      reader.close();
      if (round % 2 === 1) await server.close();
      ledger.append(base + 10, base + 19);
      if (round % 2 === 1) server = await bench.serve({ dir });
    }
    const last = await open(server.port, id);
    await seen(last, 123);
    expect([...got, ...numbersOf(last)]).toEqual(range(4, 123));
  });

  it('gets what was rotated away meanwhile, plain and compressed', async () => {
    const dir = await bench.directory();
    const ledger = navLedger(dir);
    ledger.append(1, 5);
    const { port } = await bench.serve({ dir });
    const first = await open(port);
    const { positions } = await first.next('hello');
    ledger.append(6, 8);
    await seen(first, 8);
    const id = first.lastId();
    first.close();
    ledger.append(9, 10);
    ledger.rotate('20261128T173555.123Z', true);
    ledger.append(11, 12);
    ledger.rotate('20261128T183555.123Z');
    ledger.append(13, 14);
    const second = await open(port, id);
    await seen(second, 14);
    expect(numbersOf(second)).toEqual(range(9, 14));
    expect(positions.nav_history).toMatch(/^[0-9a-f]{16}\.\d+$/);
  });

  it('stays in order while the ledger is rotated under it', async () => {
    const dir = await bench.directory();
    const ledger = navLedger(dir);
    ledger.append(1, 5);
    const { port } = await bench.serve({ dir });
    const reader = await open(port);
    await reader.next('hello');
    ledger.append(6, 8);
    ledger.rotate('20261128T173555.123Z');
    ledger.append(9, 12);
    await seen(reader, 12);
    expect(numbersOf(reader)).toEqual(range(6, 12));
  });

  it('is told to fetch again where the file was replaced', async () => {
    const dir = await bench.directory();
    const ledger = navLedger(dir);
    ledger.append(1, 5);
    const { port } = await bench.serve({ dir });
    const reader = await open(port);
    await reader.next('hello');
    ledger.replace(range(100, 110).map(navLine).join(''));
    const { position } = await reader.next('reset', (message) => message.ledger === 'nav_history');
    const page = await raw(
      port,
      request(`GET /api/v1/ledgers/nav_history?before=${position}&limit=3 HTTP/1.1`, `Host: 127.0.0.1:${port}`),
    );
    expect(
      JSON.parse(page.body).entries.map(({ record }: { record: { nav_total: number } }) => record.nav_total),
    ).toEqual([108, 109, 110]);
    ledger.append(111, 111);
    await seen(reader, 111);
    expect(numbersOf(reader)).toEqual([111]);
  });

  it('misses and doubles nothing while a writer appends and it reconnects all the time', async () => {
    const dir = await bench.directory();
    await mkdir(join(dir, 'execution'));
    let server = await bench.serve({ dir });
    const total = 3_000;
    const writer = spawn(process.execPath, ['-e', appender(join(dir, 'execution/nav_history.jsonl'), total)]);
    const got: unknown[] = [];
    let id: string | null = null;
    for (let round = 0; got.at(-1) !== total; round += 1) {
      const reader = await open(server.port, id);
      await reader.next('hello');
      const ended = seen(reader, total).catch(() => undefined);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 10 + 37 * (round % 7)))]);
      got.push(...numbersOf(reader));
      id = reader.lastId();
      reader.close();
      if (round % 5 !== 4) continue;
      await server.close();
      server = await bench.serve({ dir });
    }
    writer.kill();
    expect(got).toEqual(range(1, total));
  });
});

/** A program that appends numbered lines in small bursts. */
function appender(file: string, total: number): string {
  return `const { appendFileSync } = require('node:fs');
  let n = 0;
  const timer = setInterval(() => {
    let text = '';
    for (let i = 0; i < 17 && n < ${total}; i += 1) {
      n += 1;
      text += JSON.stringify({ schema: 'nav_history_v1', ts: 1800000000 + n, nav_total: n }) + '\\n';
    }
    appendFileSync(${JSON.stringify(file)}, text);
    if (n >= ${total}) clearInterval(timer);
  }, 5);`;
}

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
