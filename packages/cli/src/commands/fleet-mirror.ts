import { once } from 'node:events';
import { createFleetMirror } from '@hedge-telemetry/fleet';
import type { FleetMirrorReport } from '@hedge-telemetry/fleet';
import { exitCodes, exitOf } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { natsPlace } from '../remote-options.js';
import type { ServerOptions } from '../remote-options.js';
import { countFindings } from '../render/findings.js';
import { passReporter } from '../render/pass-reporter.js';
import { untilInterrupted } from '../signals.js';
import type { Terminal } from '../terminal.js';
import { emptyFleet, withServers } from './server-usage.js';

export interface FleetMirrorCommandOptions extends ServerOptions {
  readonly servers: string;
  readonly to: string;
  readonly executor?: readonly string[];
  readonly once?: boolean;
}

/** `fleet mirror`: mirrors executors from a server into a directory each, once or until it is interrupted. */
export function fleetMirror(options: FleetMirrorCommandOptions, terminal: Terminal): Promise<ExitCode> {
  return withServers('--servers', terminal, () => mirror(options, terminal));
}

async function mirror(options: FleetMirrorCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const { servers, to, env, executor: executors } = options;
  const told = passReporter<FleetMirrorReport>(terminal, { hasActed, text: reportText });
  let exit: ExitCode = exitCodes.clean;
  const onReport = (report: FleetMirrorReport): void => {
    told(report);
    exit = exitOf(report.findings);
  };
  const fleet = createFleetMirror({
    ...natsPlace(servers, options),
    to,
    onReport,
    ...(env === undefined ? {} : { env }),
    ...(executors === undefined ? {} : { executors }),
  });
  if (options.once === true) {
    const report = await fleet.once();
    told(report);
    const isNobody = report.connected && Object.keys(report.executors).length === 0;
    return isNobody ? emptyFleet(options, terminal) : exitOf(report.findings);
  }
  const { signal } = untilInterrupted();
  fleet.start();
  await once(signal, 'abort');
  await fleet.stop();
  return exit;
}

function hasActed({ mirrored, lines }: FleetMirrorReport): boolean {
  return mirrored.length > 0 || lines > 0;
}

function reportText({ connected, executors, mirrored, lines, findings }: FleetMirrorReport): string {
  const states = Object.values(executors);
  const parts = [
    ...(connected ? [] : ['not connected']),
    ...(['up', 'down', 'unknown'] as const)
      .map((state) => [states.filter((each) => each === state).length, state] as const)
      .filter(([count]) => count > 0)
      .map(([count, state]) => `${count} ${state}`),
    `${mirrored.length} mirrored`,
    `${lines} lines`,
    countFindings(findings),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
