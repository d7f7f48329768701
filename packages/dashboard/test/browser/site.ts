import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDashboard } from '../../src/index.js';
import type { Dashboard, DashboardOptions } from '../../src/index.js';

/** A logs directory and the dashboard's server on it. */
export interface Site {
  readonly dir: string;
  readonly server: Dashboard;
  close(): Promise<void>;
}

/** Serves a new temporary directory, which `fill` writes first. */
export async function serveNew(
  fill: (dir: string) => Promise<void>,
  options: Partial<DashboardOptions> = {},
): Promise<Site> {
  const dir = await mkdtemp(join(tmpdir(), 'dashboard-'));
  await fill(dir);
  const server = await startDashboard({ dir, ...options });
  return {
    dir,
    server,
    close: async () => {
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
