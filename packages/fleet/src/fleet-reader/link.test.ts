import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryDirectory } from '../../test/logs.js';
import { hasNatsServer, natsServer } from '../../test/nats-server.js';
import { keepConnected } from './link.js';

describe.skipIf(!hasNatsServer)('a link', () => {
  test('waits longer after each connection that came to nothing, and begins anew after one that was of use', async () => {
    const server = await natsServer(join(temporaryDirectory(), 'nats'));
    onTestFinished(() => server.kill());
    await server.start();
    const lost: number[] = [];
    const waits: number[] = [];
    let end = (): void => undefined;
    const finished = new Promise<void>((resolve) => (end = resolve));
    const link = keepConnected(
      { servers: server.url },
      {
        onConnected: async (_nc, _signal, established) => {
          if (lost.length > 0) waits.push(performance.now() - (lost.at(-1) ?? 0));
          if (waits.length === 4) established();
          throw new Error('nothing to watch');
        },
        onLost: () => {
          lost.push(performance.now());
          if (waits.length === 5) end();
        },
      },
    );
    await finished;
    await link.close();
    // Waits can be longer than asked for, never shorter: half of 100, 200, 400 and 800 ms, then of 100 ms again.
    for (const [index, least] of [50, 100, 200, 400, 50].entries())
      expect(waits[index], JSON.stringify(waits)).toBeGreaterThanOrEqual(least - 2);
    expect(link.trouble).toMatchObject({ message: 'nothing to watch' });
  });
});
