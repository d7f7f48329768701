import { NAME_RULE, isFleetName } from '@hedge-telemetry/fleet/names';
import type { NatsPlace } from '@hedge-telemetry/fleet';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';

/** How to get to a NATS server, as the options of a command give it. */
export interface ServerOptions {
  readonly creds?: string;
  readonly tlsCa?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly env?: string;
}

/** True where the text is the address of a NATS server and no directory. */
export function isRemote(to: string): boolean {
  return /^(?:nats|tls):\/\//.test(to);
}

/** Options of every command that talks to a NATS server. Secrets come from files, never from the command line. */
export function addServerOptions(command: Command): Command {
  return command
    .option('--env <env>', 'environment of the executors, e.g. prod', nameOption)
    .option('--creds <file>', 'file with an nkey seed, or the credentials of a JWT user')
    .option('--tls-ca <file>', "certificate of the server's authority; TLS is then required")
    .option('--tls-cert <file>', 'certificate of this client')
    .option('--tls-key <file>', 'key of this client');
}

/** Where and how to connect. */
export function natsPlace(servers: string, { creds, tlsCa, tlsCert, tlsKey }: ServerOptions): NatsPlace {
  return {
    servers,
    ...(creds === undefined ? {} : { credsFile: creds }),
    ...(tlsCa === undefined ? {} : { tlsCaFile: tlsCa }),
    ...(tlsCert === undefined ? {} : { tlsCertFile: tlsCert }),
    ...(tlsKey === undefined ? {} : { tlsKeyFile: tlsKey }),
  };
}

/** The name of an environment or an executor. */
export function nameOption(text: string): string {
  if (isFleetName(text)) return text;
  throw new InvalidArgumentError(`expected ${NAME_RULE}.`);
}

/** Names, of which the option may give several. */
export function namesOption(text: string, before: readonly string[] = []): string[] {
  return [...before, ...text.split(',').map((each) => nameOption(each.trim()))];
}
