import { join } from 'node:path';
import { ledgerNames } from '@hedge-telemetry/contract';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../test/logs.js';
import { hasNatsServer, natsServer } from '../test/nats-server.js';
import { createMemorySink } from './memory-sink.js';
import { createNatsSink } from './nats/nats-sink.js';
import type { RemoteSink, SinkRecord } from './sink.js';

const place = { env: 'prod', executor: 'exec-1' };

async function natsSink(): Promise<RemoteSink> {
  const server = await natsServer(join(temporaryDirectory(), 'nats'));
  onTestFinished(() => server.kill());
  await server.start();
  return createNatsSink({ servers: server.url });
}

/** What a sync relies on, of every sink. */
describe.each([
  ['in memory', true, async (): Promise<RemoteSink> => createMemorySink()],
  ['on NATS', hasNatsServer, natsSink],
])('a sink %s', (_name, isThere, make) => {
  test.skipIf(!isThere)('says where the stream stands, by ledger, and takes records behind that only', async () => {
    const session = await (await make()).open(place);
    onTestFinished(() => session.close());
    expect(await session.position(ledgerNames)).toMatchObject({ last: 0, ledgers: new Map() });
    const appender = session.appender(0);
    for (const text of ['e1', 'e2']) await appender.send('events', record(text));
    await appender.send('nav_history', record('n1'));
    await appender.flush();
    expect(appender.stored).toBe(3);
    const { last, first, ledgers } = await session.position(ledgerNames);
    expect([last, first]).toEqual([3, 1]);
    expect([...ledgers].map(([ledger, { revision, headers }]) => [ledger, revision, headers['Tlm-Offset']])).toEqual([
      ['events', 2, 'e2'],
      ['nav_history', 3, 'n1'],
    ]);
    expect(await session.recordFrom('nav_history', 1)).toMatchObject({ revision: 3 });
    expect(await session.recordFrom('events', 3)).toBeNull();
    const late = session.appender(2);
    await expect(
      (async () => {
        await late.send('events', record('e3'));
        await late.flush();
      })(),
    ).rejects.toMatchObject({ name: 'SinkError', code: 'conflict' });
  });

  test.skipIf(!isThere)(
    'puts a value in place of the expected one only, and lets a presence be taken back',
    async () => {
      const session = await (await make()).open(place);
      onTestFinished(() => session.close());
      expect(await session.state('nav')).toBeNull();
      const first = await session.putState('nav', record('1'), 0);
      await expect(session.putState('nav', record('2'), 0)).rejects.toMatchObject({ code: 'conflict' });
      const second = await session.putState('nav', record('2'), first);
      expect(second).toBeGreaterThan(first);
      expect(await session.state('nav')).toMatchObject({ revision: second, headers: { 'Tlm-Offset': '2' } });
      const presence = await session.putPresence(record('p'), 0);
      await expect(session.putPresence(record('q'), 0)).rejects.toMatchObject({ code: 'conflict' });
      await session.clearPresence(presence);
      expect((await session.presence())?.headers['Tlm-Offset']).toBeUndefined();
      expect(session.presenceTtl).toBe(15);
    },
  );
});

test('a presence in memory runs out', async () => {
  let time = 1000;
  const sink = createMemorySink({ now: () => time });
  const session = await sink.open(place);
  await session.putPresence(record('p'), 0);
  time += 15;
  expect(sink.isPresent(place)).toBe(true);
  time += 1;
  expect(sink.isPresent(place)).toBe(false);
  expect(await session.presence()).toBeNull();
  await session.putPresence(record('q'), 0);
});

function record(text: string): SinkRecord {
  return { bytes: Buffer.from(text), headers: { 'Tlm-Offset': text } };
}
