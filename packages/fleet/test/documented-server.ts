import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { natsServer } from './nats-server.js';
import type { NatsServer } from './nats-server.js';

const DOCS = resolve(import.meta.dirname, '../../../docs/fleet.md');

/** A server with the permissions that docs/fleet.md gives, not started yet; the seed of each role is written to the file named. */
export async function documentedServer(directory: string, seeds: Readonly<Record<Role, string>>): Promise<NatsServer> {
  let config = /```conf\n# fleet-acl\n([\s\S]+?)```/.exec(readFileSync(DOCS, 'utf8'))?.[1] ?? '';
  for (const [role, file] of Object.entries(seeds)) {
    const user = nkeys.createUser();
    writeFileSync(file, `${Buffer.from(user.getSeed()).toString()}\n`, { mode: 0o600 });
    config = config.replace(role, user.getPublicKey());
  }
  return natsServer(join(directory, 'nats'), config);
}

export type Role = 'OPERATOR' | 'EXECUTOR_1' | 'DASHBOARD';
