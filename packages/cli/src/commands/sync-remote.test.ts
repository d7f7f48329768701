import { appendFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasNatsServer, natsServer } from '../../../fleet/test/nats-server.js';
import type { NatsServer } from '../../../fleet/test/nats-server.js';
import { cli, navDocument, navLine, put, start } from '../../test/run-cli.js';

describe.skipIf(!hasNatsServer)('sync to a server', () => {
  let root: string;
  let from: string;
  let server: NatsServer;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'cli-fleet-'));
    from = join(root, 'logs');
    server = await natsServer(join(root, 'nats'));
    await server.start();
    await put(from, 'state/nav.json', navDocument());
    await put(from, 'execution/nav_history.jsonl', navLine(1));
  });

  afterAll(async () => {
    await server.kill();
    await rm(root, { recursive: true, force: true });
  });

  it('sends once, follows until it is interrupted, and is seen in the status of the fleet', async () => {
    const to = ['--from', from, '--to', server.url, '--executor', 'exec-1', '--env', 'paper'];
    const { exit, out } = await cli(['sync', ...to, '--once', '--json']);
    expect(JSON.parse(out)).toMatchObject({ ok: true, executor: 'exec-1', env: 'paper', lines: 1 });
    expect(exit).toBe(0);
    const { child, printed, ended } = start(['sync', ...to, '--watch']);
    await printed('2 unchanged');
    appendFileSync(join(from, 'execution/nav_history.jsonl'), navLine(2));
    await printed('1 lines');
    const status = ['fleet', 'status', '--servers', server.url, '--env', 'paper'];
    expect((await cli(status)).out).toMatch(/^exec-1 {2}up {2}1 fresh\n$/);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ exit: 0 });
    expect(JSON.parse((await cli([...status, '--json'])).out)).toMatchObject({ executor: 'exec-1', presence: 'down' });
  });

  it('ends with 5 where another directory goes by the same name', async () => {
    const other = join(root, 'other');
    await put(from, 'execution/nav_history.jsonl', navLine(1));
    await put(other, 'execution/nav_history.jsonl', navLine(7));
    const to = ['--to', server.url, '--executor', 'exec-2'];
    expect(await cli(['sync', '--from', from, ...to, '--once'])).toMatchObject({ exit: 0 });
    const { exit, err } = await cli(['sync', '--from', other, ...to]);
    expect(exit).toBe(5);
    expect(err).toContain('SYNC_IDENTITY_CLASH');
    expect(await cli(['sync', '--from', other, ...to, '--once', '--take-over'])).toMatchObject({ exit: 0 });
  });

  it('makes what executors need, once', async () => {
    const provision = [
      'fleet',
      'provision',
      '--servers',
      server.url,
      '--env',
      'new',
      '--executor',
      'a,b',
      '--executor',
      'c',
    ];
    const { exit, out } = await cli(provision);
    expect({ exit, lines: out.trimEnd().split('\n').length }).toEqual({ exit: 0, lines: 5 });
    expect((await cli(provision)).out).toBe('nothing was missing\n');
  });

  it('exits 4 where no server answers', async () => {
    const { exit, err } = await cli([
      'sync',
      '--from',
      from,
      '--to',
      'nats://127.0.0.1:1',
      '--executor',
      'a',
      '--once',
    ]);
    expect(exit).toBe(4);
    expect(err).toContain('cannot be reached');
    expect(await cli(['fleet', 'status', '--servers', 'nats://127.0.0.1:1'])).toMatchObject({ exit: 4 });
  });

  it('exits 2 and repeats no password where one is on the command line', async () => {
    const address = 'nats://user:hunter2x@127.0.0.1:4222';
    for (const command of [
      ['sync', '--from', from, '--to', address, '--executor', 'a'],
      ['fleet', 'status', '--servers', address],
      ['fleet', 'provision', '--servers', address, '--executor', 'a'],
    ]) {
      const { exit, err } = await cli(command);
      expect(exit).toBe(2);
      expect(err).toContain('credentials file');
      expect(err).not.toContain('hunter2x');
    }
  });

  it('exits 2 where the name of the executor is missing or is none', async () => {
    expect(await cli(['sync', '--from', from, '--to', server.url])).toMatchObject({ exit: 2 });
    const { exit, err } = await cli(['sync', '--from', from, '--to', server.url, '--executor', 'Exec.1']);
    expect(exit).toBe(2);
    expect(err).toContain('lower-case letters');
  });

  it('exits 4 where the credentials file cannot be used, and tells nothing of it', async () => {
    const creds = join(root, 'creds');
    await writeFile(creds, 'hunter2x');
    const to = ['--to', server.url, '--executor', 'a', '--creds', creds, '--once'];
    const { exit, err } = await cli(['sync', '--from', from, ...to]);
    expect(exit).toBe(4);
    expect(err).not.toContain('hunter2x');
  });
});
