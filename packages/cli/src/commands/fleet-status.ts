import { stateNames } from '@hedge-telemetry/contract';
import { createFleetReader } from '@hedge-telemetry/fleet';
import type { FleetReader } from '@hedge-telemetry/fleet';
import { exitCodes, exitOf } from '../exit.js';
import type { ExitCode } from '../exit.js';
import { natsPlace } from '../remote-options.js';
import type { ServerOptions } from '../remote-options.js';
import { renderFindings } from '../render/findings.js';
import { renderTable } from '../render/table.js';
import type { Cell } from '../render/table.js';
import type { Terminal } from '../terminal.js';
import { emptyFleet, withServers } from './server-usage.js';

export interface FleetStatusOptions extends ServerOptions {
  readonly servers: string;
}

/** Most time that a server may take to tell everything, in milliseconds. */
const PATIENCE_MS = 30_000;

/** `fleet status`: who is up, and how many of his surfaces are in which state. */
export function fleetStatus(options: FleetStatusOptions, terminal: Terminal): Promise<ExitCode> {
  return withServers('--servers', terminal, () => status(options, terminal));
}

async function status(options: FleetStatusOptions, terminal: Terminal): Promise<ExitCode> {
  const { env } = options;
  const giveUp = new AbortController();
  const fleet = createFleetReader({
    ...natsPlace(options.servers, options),
    ...(env === undefined ? {} : { env }),
    onChange: (change) => {
      if (change.kind === 'connection' && !change.connected) giveUp.abort();
    },
  });
  const patience = setTimeout(() => giveUp.abort(), PATIENCE_MS);
  giveUp.signal.addEventListener('abort', () => void fleet.close());
  try {
    await fleet.ready();
    const { connected, finding } = fleet.status();
    if (!connected) {
      const findings = finding === null ? [] : [finding];
      terminal.err(...renderFindings(findings, terminal.errStyle));
      return exitOf(findings) === exitCodes.clean ? exitCodes.io : exitOf(findings);
    }
    if (fleet.executors().length === 0) return emptyFleet(options, terminal);
    const rows = fleet.executors().map((executor) => rowOf(fleet, executor));
    if (terminal.json) terminal.out(...rows.map((row) => JSON.stringify(row)));
    else terminal.out(...renderTable(rows.map(cellsOf), terminal.outStyle));
    return exitCodes.clean;
  } finally {
    clearTimeout(patience);
    await fleet.close();
  }
}

interface Row {
  readonly executor: string;
  readonly presence: string;
  readonly heard: number | null;
  readonly states: Readonly<Record<string, number>>;
}

function rowOf(fleet: FleetReader, executor: string): Row {
  const { state, heard } = fleet.presence(executor);
  const states: Record<string, number> = {};
  for (const surface of stateNames) {
    const { state: each } = fleet.read(executor, surface);
    states[each] = (states[each] ?? 0) + 1;
  }
  return { executor, presence: state, heard, states };
}

function cellsOf({ executor, presence, states }: Row): Cell[] {
  return [
    { text: executor },
    { text: presence, ink: presence === 'up' ? 'green' : 'red' },
    { text: statesText(states) },
  ];
}

function statesText(states: Row['states']): string {
  return Object.entries(states)
    .filter(([state]) => state !== 'never')
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
}
