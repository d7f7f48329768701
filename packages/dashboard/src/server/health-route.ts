import { access, constants } from 'node:fs/promises';
import type { HealthAnswer } from '../api/types.js';
import type { Hub } from '../hub/hub.js';
import { countStates } from '../hub/status-board.js';
import { json } from './respond.js';
import type { Answer } from './respond.js';
import type { Streams } from './stream.js';

export interface HealthOptions {
  /** A server that has not looked at the files for longer than this is not healthy, in milliseconds. */
  readonly maxLookAgeMs: number;
}

/** Whether the server can do its work. Old or broken telemetry is the executor's trouble: it is told and is no 503. */
export async function healthRoute(hub: Hub, streams: Streams, { maxLookAgeMs }: HealthOptions): Promise<Answer> {
  const directory = await access(hub.dir, constants.R_OK).then(
    () => true,
    () => false,
  );
  const now = hub.now();
  const lookAge = hub.lookAge();
  const ok = directory && lookAge * 1000 <= maxLookAgeMs;
  const health: HealthAnswer = {
    ok,
    now,
    uptime_s: now - hub.startedAt,
    directory,
    look_age_s: lookAge,
    worst: hub.status().worst,
    states: countStates(hub.surfaces().map(({ state }) => state)),
    clients: streams.count(),
  };
  return json(health, ok ? 200 : 503);
}
