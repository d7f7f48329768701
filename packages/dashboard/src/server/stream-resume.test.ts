import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
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

  it('gets all of a ledger that began, and was rotated, after it had gone', async () => {
    const dir = await bench.directory();
    const { port } = await bench.serve({ dir });
    const first = await open(port);
    const { positions } = await first.next('hello');
    expect(positions.nav_history).toBe('none.0');
    const id = first.lastId();
    first.close();
    const ledger = navLedger(dir);
    ledger.append(1, 3);
    ledger.rotate('20261128T173555.123Z', true);
    ledger.append(4, 5);
    ledger.rotate('20261128T183555.123Z');
    ledger.append(6, 7);
    const second = await open(port, id);
    await seen(second, 7);
    expect(numbersOf(second)).toEqual(range(1, 7));
  });

  it('gets what was rotated away before a line was written to the new file', async () => {
    const dir = await bench.directory();
    const ledger = navLedger(dir);
    ledger.append(1, 2);
    ledger.rotate('20261128T173555.123Z');
    let server = await bench.serve({ dir });
    const first = await open(server.port);
    await first.next('hello');
    const id = first.lastId();
    first.close();
    await server.close();
    ledger.append(3, 4);
    server = await bench.serve({ dir });
    const second = await open(server.port, id);
    await seen(second, 4);
    expect(numbersOf(second)).toEqual([3, 4]);
  });

  it('gets long lines in messages of about a mebibyte', async () => {
    const dir = await bench.directory();
    const ledger = navLedger(dir);
    ledger.append(1, 1);
    const { port } = await bench.serve({ dir });
    const first = await open(port);
    await first.next('hello');
    const id = first.lastId();
    first.close();
    for (const number of range(2, 99)) ledger.appendText(longLine(number, 60_000));
    const second = await open(port, id);
    await seen(second, 99);
    expect(numbersOf(second)).toEqual(range(2, 99));
    const sizes = second.events.map(({ data }) => JSON.stringify(data).length);
    expect(Math.max(...sizes)).toBeLessThan(1.2 * 1024 * 1024);
  });

  it('is dropped where it takes nothing of what it missed', async () => {
    const dir = await bench.directory();
    const ledger = navLedger(dir);
    ledger.append(1, 1);
    const { port, hub } = await bench.serve({ dir, limits: { maxUnreadMs: 300, heartbeatMs: 50 } });
    const first = await open(port);
    await first.next('hello');
    const id = first.lastId();
    first.close();
    for (const number of range(2, 25)) ledger.appendText(longLine(number, 1_000_000));
    await hub.look();
    const lazy = connect(port, '127.0.0.1');
    lazy.on('error', () => undefined);
    lazy.write(`GET /events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nLast-Event-ID: ${id}\r\n\r\n`);
    lazy.pause();
    await expect.poll(() => droppedClients(port), { timeout: 20_000 }).toBe(1);
    lazy.destroy();
  });

  it('gets all of a ledger that begins and is rotated between two looks', async () => {
    const dir = await bench.directory();
    const { port } = await bench.serve({ dir });
    const reader = await open(port);
    await reader.next('hello');
    const ledger = navLedger(dir);
    ledger.append(1, 3);
    ledger.rotate('20261128T173555.123Z');
    ledger.append(4, 5);
    await seen(reader, 5);
    expect(numbersOf(reader)).toEqual(range(1, 5));
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

function longLine(number: number, length: number): string {
  return navLine(number).replace('}', `,"note":"${'x'.repeat(length)}"}`);
}

async function droppedClients(port: number): Promise<number> {
  const { body } = await raw(port, request('GET /metrics HTTP/1.1', `Host: 127.0.0.1:${port}`));
  return Number(/hedge_dashboard_dropped_clients_total (\d+)/.exec(body)?.[1]);
}

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
