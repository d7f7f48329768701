import type { V6RuntimeProbe } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import { ENGINE_VERSION, HOSTNAME } from '../settings.js';
import type { Snapshot } from '../snapshot.js';
import { V6_FLAGS } from './symbol-blocks.js';

/** Whatever exchange it names, a paper executor trades on a simulated market. */
export function v6RuntimeProbeDocument({ at }: Snapshot): Publishable<V6RuntimeProbe> {
  return { engine_version: ENGINE_VERSION, environment: 'DEMO', executor: HOSTNAME, flags: V6_FLAGS, ts: at };
}
