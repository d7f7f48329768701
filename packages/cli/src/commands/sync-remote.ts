import { once } from 'node:events';
import { createNatsSink, createRemoteSync } from '@hedge-telemetry/fleet';
import type { RemoteSync, RemoteSyncReport } from '@hedge-telemetry/fleet';
import { directoryTrouble } from '../directory.js';
import { exitCodes, exitOf } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { natsPlace } from '../remote-options.js';
import type { ServerOptions } from '../remote-options.js';
import { countFindings } from '../render/findings.js';
import { passReporter } from '../render/pass-reporter.js';
import { untilInterrupted } from '../signals.js';
import type { Terminal } from '../terminal.js';
import { usageError, withServers } from './server-usage.js';

export interface SyncRemoteOptions extends ServerOptions {
  readonly from: string;
  readonly to: string;
  readonly executor?: string;
  readonly takeOver?: boolean;
  readonly once?: boolean;
}

/** `sync --to nats://…`: carries a logs directory to a server, once or until it is interrupted or another host has its name. */
export async function syncRemote(options: SyncRemoteOptions, terminal: Terminal): Promise<ExitCode> {
  const { from, to, executor, env, takeOver = false } = options;
  if (executor === undefined)
    return usageError('a server needs the name of the executor: give --executor <name>', terminal);
  const trouble = await directoryTrouble(from, terminal);
  if (trouble !== null) return trouble;
  const report = passReporter(terminal, { hasActed, text: passText });
  const start = (onPass: (pass: RemoteSyncReport) => void): RemoteSync => {
    const sink = createNatsSink(natsPlace(to, options));
    return createRemoteSync({ from, sink, executor, takeOver, onPass, ...(env === undefined ? {} : { env }) });
  };
  return withServers('--to', terminal, () => (options.once === true ? runOnce(start(report)) : follow(start, report)));
}

async function runOnce(remote: RemoteSync): Promise<ExitCode> {
  const { findings } = await remote.once();
  await remote.stop();
  return exitOf(findings);
}

async function follow(
  start: (onPass: (pass: RemoteSyncReport) => void) => RemoteSync,
  report: (pass: RemoteSyncReport) => void,
): Promise<ExitCode> {
  const { signal, interrupt } = untilInterrupted();
  let exit: ExitCode = exitCodes.clean;
  const remote = start((pass) => {
    report(pass);
    exit = exitOf(pass.findings);
    if (pass.stopped !== null) interrupt();
  });
  remote.start();
  await once(signal, 'abort');
  await remote.stop();
  return exit;
}

function hasActed({ sent, lines }: RemoteSyncReport): boolean {
  return sent.length > 0 || lines > 0;
}

function passText({
  connected,
  sent,
  unchanged,
  skipped,
  lines,
  withheld_lines,
  lag_bytes,
  findings,
}: RemoteSyncReport): string {
  const parts = [
    ...(connected ? [] : ['not connected']),
    `${sent.length} sent`,
    `${unchanged.length} unchanged`,
    `${skipped.length} skipped`,
    `${lines} lines`,
    ...(withheld_lines > 0 ? [`${withheld_lines} withheld`] : []),
    ...(lag_bytes > 0 ? [`${lag_bytes} bytes behind`] : []),
    countFindings(findings),
  ];
  return parts.filter((part) => part !== '').join(', ');
}
