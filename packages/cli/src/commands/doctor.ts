import { existsSync } from 'node:fs';
import type { Check } from '../doctor/check.js';
import { checkDisk } from '../doctor/disk.js';
import { checkDocuments } from '../doctor/documents.js';
import { checkLeftovers } from '../doctor/leftovers.js';
import { checkMachine } from '../doctor/machine.js';
import { checkMirror } from '../doctor/mirror.js';
import { checkPaths } from '../doctor/paths.js';
import { checkFileSystems } from '../doctor/probe.js';
import { checkServer } from '../doctor/remote.js';
import { exitCodes } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { natsPlace } from '../remote-options.js';
import type { ServerOptions } from '../remote-options.js';
import { renderChecks, summariseChecks } from '../render/doctor.js';
import { jsonText } from '../render/json.js';
import type { Terminal } from '../terminal.js';
import { withServers } from './server-usage.js';

export interface DoctorOptions extends ServerOptions {
  /** Address of a NATS server that is to be looked at. */
  readonly server?: string;
}

/**
 * `doctor [DIR]`: whether this machine, a logs directory and a server are fit for telemetry. Writes nothing but probe
 * files, which it removes. Exits 5 where something failed.
 */
export function doctor(dir: string | undefined, options: DoctorOptions, terminal: Terminal): Promise<ExitCode> {
  return withServers('--server', terminal, async () => {
    const { server } = options;
    const remote = server === undefined ? [] : await checkServer(natsPlace(server, options));
    const checks = [...checkMachine(), ...(dir === undefined ? [] : await checkDirectory(dir)), ...remote];
    const ok = !checks.some(({ status }) => status === 'failed');
    if (terminal.json) terminal.out(jsonText({ ok, checks }));
    else {
      terminal.out(...renderChecks(checks, terminal.outStyle));
      terminal.err(summariseChecks(checks));
    }
    return ok ? exitCodes.clean : exitCodes.contract;
  });
}

async function checkDirectory(dir: string): Promise<Check[]> {
  const paths = checkPaths(dir);
  const isOpen = existsSync(dir) && paths[0]?.status === 'ok';
  if (!isOpen) return paths;
  return [
    ...paths,
    ...checkFileSystems(dir),
    ...checkDisk(dir),
    ...(await checkDocuments(dir)),
    ...checkLeftovers(dir),
    checkMirror(dir),
  ];
}
