import { provisionFleet } from '@hedge-telemetry/fleet';
import { exitOf } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { natsPlace } from '../remote-options.js';
import type { ServerOptions } from '../remote-options.js';
import { renderFindings } from '../render/findings.js';
import type { Terminal } from '../terminal.js';
import { withServers } from './server-usage.js';

export interface FleetProvisionOptions extends ServerOptions {
  readonly servers: string;
  readonly executor: readonly string[];
  readonly replicas?: number;
  readonly days?: number;
  readonly bytes?: number;
}

/** `fleet provision`: makes the streams and buckets that executors need, where they are missing. */
export function fleetProvision(options: FleetProvisionOptions, terminal: Terminal): Promise<ExitCode> {
  return withServers('--servers', terminal, () => provision(options, terminal));
}

async function provision(options: FleetProvisionOptions, terminal: Terminal): Promise<ExitCode> {
  const { servers, executor: executors, env, replicas, days, bytes } = options;
  const { made, findings } = await provisionFleet({
    ...natsPlace(servers, options),
    executors,
    ...(env === undefined ? {} : { env }),
    ...(replicas === undefined ? {} : { replicas }),
    ...(days === undefined ? {} : { eventDays: days }),
    ...(bytes === undefined ? {} : { eventBytes: bytes }),
  });
  if (terminal.json) terminal.out(JSON.stringify({ made, findings }));
  else terminal.out(...(made.length === 0 ? ['nothing was missing'] : made.map((each) => `made ${each}`)));
  terminal.err(...renderFindings(findings, terminal.errStyle));
  return exitOf(findings);
}
