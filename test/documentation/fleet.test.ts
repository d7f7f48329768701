import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { documentedServer } from '../../packages/fleet/test/documented-server.js';
import { hasNatsServer } from '../../packages/fleet/test/nats-server.js';
import type { NatsServer } from '../../packages/fleet/test/nats-server.js';
import { repositoryCopy } from '../repository-copy.js';
import { repository } from '../support.js';
import { codeBlocks, shellCommands } from './code-blocks.js';
import { createWorkplace, fillLogs } from './workplace.js';
import type { Workplace } from './workplace.js';

/** What a command that goes on until it is interrupted has printed when it does its work. */
const FOLLOWING: readonly (readonly [command: RegExp, ready: RegExp])[] = [
  [/ sync /, /sent/],
  [/ fleet mirror /, /mirrored/],
  [/ serve /, /http:\/\/127\.0\.0\.1:\d+/],
];

describe.skipIf(!hasNatsServer)('docs/fleet.md', () => {
  const page = readFileSync(path.join(repository, 'docs/fleet.md'), 'utf8');
  let place: Workplace;
  let server: NatsServer;

  beforeAll(async () => {
    place = createWorkplace(repositoryCopy());
    await fillLogs(path.join(place.directory, 'logs'));
    server = await documentedServer(path.join(place.directory, 'logs.nats'), {
      OPERATOR: path.join(place.directory, 'operator.nk'),
      EXECUTOR_1: path.join(place.directory, 'exec-1.nk'),
      DASHBOARD: path.join(place.directory, 'dashboard.nk'),
    });
    await server.start();
  }, 300_000);

  afterAll(async () => {
    await server.kill();
    rmSync(place.directory, { recursive: true, force: true });
  });

  it('does what it says, from its first command to its last', { timeout: 300_000 }, async () => {
    const commands = shellCommands(page);
    expect(commands.length).toBeGreaterThan(3);
    for (const { command } of commands) {
      const given = withValues(command, server.url);
      const ready = FOLLOWING.find(([pattern]) => pattern.test(given))?.[1];
      const { status, printed } = await (ready === undefined ? place.run(given) : place.follow(given, ready));
      expect(status, `${command}\n${printed}`).toBe(0);
    }
    const [reading = ''] = codeBlocks(page)
      .filter(({ language }) => language === 'ts')
      .map(({ text }) => text);
    const folder = path.join(place.directory, 'packages/fleet');
    mkdirSync(folder, { recursive: true });
    // The page follows for ever; here the first line is enough.
    const once = reading.replace(
      / {2}?console\.log\(entry\.record\?\.type\);|console\.log\(entry\.record\?\.type\);/,
      (line) => `{ ${line} break; }`,
    );
    writeFileSync(
      path.join(folder, 'read.mjs'),
      withValues(once, server.url).replaceAll(/^(fleet\.(presence|read)\(.*\)\.state);.*$/gm, 'console.log($1);'),
    );
    const { status, printed } = await place.run('node packages/fleet/read.mjs');
    expect(status, printed).toBe(0);
    expect(printed).toMatch(/^(up|down|unknown)\n(fresh|stale)\n\w+\n$/);
  });
});

function withValues(text: string, url: string): string {
  return text.replaceAll('nats://hub:4222', url).replace(/(\bserve [^#\n]*?)(\s*#|$)/, '$1 --port 0$2');
}
