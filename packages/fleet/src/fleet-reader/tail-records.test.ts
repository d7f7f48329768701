import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeLogs, NAV_HISTORY, navLines, temporaryDirectory } from '../../test/logs.js';
import { hasNatsServer, natsServer } from '../../test/nats-server.js';
import { createNatsSink } from '../nats/nats-sink.js';
import { createRemoteSync } from '../remote-sync.js';
import { keepConnected } from './link.js';
import type { Link } from './link.js';
import { createTailMarker } from './tail-mark.js';
import type { TailMark } from './tail-mark.js';
import { tailRecords } from './tail-records.js';

const place = { env: 'prod', executor: 'exec-1' };
const EVENTS = 'execution/events.jsonl';

describe.skipIf(!hasNatsServer)('the records of a ledger', () => {
  test('go on behind the last one where a server that lost its tail got it again under other numbers', async () => {
    const server = await natsServer(join(temporaryDirectory(), 'nats'));
    onTestFinished(() => server.kill());
    await server.start();
    const logs = makeLogs();
    const sink = createNatsSink({ servers: server.url });
    const send = async (): Promise<void> => {
      const sync = createRemoteSync({ from: logs.dir, sink, ...place });
      expect(await sync.once()).toMatchObject({ connected: true, lag_bytes: 0 });
      await sync.stop();
    };
    logs.append(NAV_HISTORY, navLines(1, 5));
    await send();
    let read: { lines: string; mark: TailMark } | null = null;
    await server.rollBack(async () => {
      logs.append(EVENTS, '{"type":"tick"}\n'.repeat(1000));
      await send();
      logs.append(NAV_HISTORY, navLines(6, 10));
      await send();
      read = await linesOf(server.url);
    });
    expect(read).toMatchObject({ lines: navLines(1, 10), mark: { last: { revision: 1010 } } });
    logs.append(NAV_HISTORY, navLines(11, 400));
    logs.rename(EVENTS, 'away');
    await send();
    logs.rename('away', EVENTS);
    await send();
    const rest = await linesOf(
      server.url,
      JSON.parse(JSON.stringify((read as { mark: TailMark } | null)?.mark)) as TailMark,
    );
    expect(rest.lines).toBe(navLines(11, 400));
  });

  test('come again where the one who took them did not get done with them', async () => {
    const server = await natsServer(join(temporaryDirectory(), 'nats'));
    onTestFinished(() => server.kill());
    await server.start();
    const logs = makeLogs();
    logs.append(NAV_HISTORY, navLines(1, 10));
    await createRemoteSync({ from: logs.dir, sink: createNatsSink({ servers: server.url }), ...place }).once();
    const link = linkTo(server.url);
    const marker = createTailMarker();
    const lines: string[] = [];
    const takeUntil = async (last: string): Promise<void> => {
      for await (const { bytes } of tailRecords(link, place, 'nav_history', { marker })) {
        const line = Buffer.from(bytes).toString();
        if (line === last) return;
        lines.push(line);
      }
    };
    await takeUntil(navLines(4, 4));
    await takeUntil('');
    expect(lines.join('')).toBe(navLines(1, 10));
  });
});

function linkTo(url: string): Link {
  const onConnected = async (nc: { closed(): Promise<unknown> }, _signal: unknown, established: () => void) => {
    established();
    await nc.closed();
  };
  const link = keepConnected({ servers: url }, { onConnected, onLost: () => undefined });
  onTestFinished(() => link.close());
  return link;
}

async function linesOf(url: string, mark?: TailMark): Promise<{ lines: string; mark: TailMark }> {
  const marker = createTailMarker(mark);
  const parts: Uint8Array[] = [];
  for await (const { bytes } of tailRecords(linkTo(url), place, 'nav_history', { marker })) parts.push(bytes);
  return { lines: Buffer.concat(parts).toString(), mark: marker.mark };
}
