import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasNatsServer, natsServer } from '../../../fleet/test/nats-server.js';
import type { NatsServer } from '../../../fleet/test/nats-server.js';
import { cli, navDocument, navLine, put, start } from '../../test/run-cli.js';

describe.skipIf(!hasNatsServer)('mirror of a fleet', () => {
  let root: string;
  let from: string;
  let server: NatsServer;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'cli-fleet-mirror-'));
    from = join(root, 'logs');
    server = await natsServer(join(root, 'nats'));
    await server.start();
    await put(from, 'state/nav.json', navDocument());
    await put(from, 'execution/nav_history.jsonl', `${navLine(1)}${navLine(2)}`);
  });

  afterAll(async () => {
    await server.kill();
    await rm(root, { recursive: true, force: true });
  });

  it('gives what reads a directory an executor of a fleet, once and until it is interrupted', async () => {
    const to = join(root, 'mirror');
    const mirror = ['fleet', 'mirror', '--servers', server.url, '--to', to];
    expect(await cli([...mirror, '--once'])).toMatchObject({ exit: 4 });
    expect(await cli(['sync', '--from', from, '--to', server.url, '--executor', 'exec-1', '--once'])).toMatchObject({
      exit: 0,
    });
    const { exit, out } = await cli([...mirror, '--once', '--json']);
    expect(JSON.parse(out)).toMatchObject({ mirrored: ['exec-1/state/nav.json'], lines: 2, findings: [] });
    expect(exit).toBe(0);
    const { child, printed, ended } = start([...mirror, '--executor', 'exec-1', '--watch']);
    await printed('0 mirrored');
    await put(from, 'execution/nav_history.jsonl', `${navLine(1)}${navLine(2)}${navLine(3)}`);
    await cli(['sync', '--from', from, '--to', server.url, '--executor', 'exec-1', '--once']);
    await printed('1 lines');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ exit: 0 });
    for (const file of ['state/nav.json', 'execution/nav_history.jsonl'])
      expect(await readFile(join(to, 'exec-1', file))).toEqual(await readFile(join(from, file)));
    expect((await cli(['show', 'nav', '--dir', join(to, 'exec-1')])).out).toContain('nav');
  });

  it('exits 3 where the fleet is empty, and 4 where no server answers', async () => {
    const to = join(root, 'nothing');
    const provision = ['fleet', 'provision', '--servers', server.url, '--env', 'empty', '--executor', 'a'];
    expect(await cli(provision)).toMatchObject({ exit: 0 });
    const once = ['fleet', 'mirror', '--to', to, '--env', 'empty', '--once', '--servers'];
    const empty = await cli([...once, server.url]);
    expect(empty).toMatchObject({ exit: 3 });
    expect(empty.err).toContain('environment empty');
    const { exit, err } = await cli([...once, 'nats://127.0.0.1:1']);
    expect(exit).toBe(4);
    expect(err).toContain('nats://127.0.0.1:1');
  });
});
