import { ListenError, startDashboard } from '@hedge-telemetry/dashboard';
import type { Dashboard, DashboardOptions } from '@hedge-telemetry/dashboard';
import { docsDirectory } from '../docs-directory.js';
import type { LiveMirror } from './mirror.js';

/** Where the page is served unless a port is given or something else is there. */
const USUAL_PORT = 8787;
/** A mirror that follows its source makes passes about every second. */
const SILENCE_S = 10;

/** Starts the dashboard of a directory on loopback: at the port, or at the usual one, or at any free one. */
export async function startPage(
  dir: string,
  port: number | undefined,
  mirror: LiveMirror,
  more: Pick<DashboardOptions, 'navLogDir'> = {},
): Promise<Dashboard> {
  const docsDir = docsDirectory();
  const options = {
    dir,
    mirror: () => mirrorOf(mirror),
    ...(docsDir === null ? {} : { docsDir }),
    ...more,
  } satisfies DashboardOptions;
  if (port !== undefined) return startDashboard({ ...options, port });
  return startDashboard({ ...options, port: USUAL_PORT }).catch((error: unknown) => {
    if (!(error instanceof ListenError) || error.code !== 'EADDRINUSE') throw error;
    return startDashboard({ ...options, port: 0 });
  });
}

function mirrorOf(mirror: LiveMirror): ReturnType<NonNullable<DashboardOptions['mirror']>> {
  const report = mirror.report();
  if (report === null) return null;
  const { ts, ok, lag_s, lag_bytes } = report;
  return { ts, ok, lag_s, lag_bytes, stale_after_s: SILENCE_S };
}
