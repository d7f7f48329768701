import { access, constants } from 'node:fs/promises';
import type { HealthAnswer } from '../api/types.js';
import type { Hub } from '../hub/hub.js';
import { countStates } from '../hub/status-board.js';
import { json } from './respond.js';
import type { Answer } from './respond.js';
import type { Streams } from './stream.js';

/** Whether the server can do its work. Old or broken telemetry is the executor's trouble: it is told and is no 503. */
export async function healthRoute(hub: Hub, streams: Streams): Promise<Answer> {
  const directory = await access(hub.dir, constants.R_OK).then(
    () => true,
    () => false,
  );
  const now = hub.now();
  const health: HealthAnswer = {
    ok: directory,
    now,
    uptime_s: now - hub.startedAt,
    directory,
    worst: hub.status().worst,
    states: countStates(hub.surfaces().map(({ state }) => state)),
    clients: streams.count(),
  };
  return json(health, directory ? 200 : 503);
}
