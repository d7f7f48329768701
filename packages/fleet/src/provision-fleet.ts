import { jetstreamManager } from '@nats-io/jetstream';
import type { Finding } from '@hedge-telemetry/contract';
import { sinkFinding } from './fleet-findings.js';
import { fleetName } from './names.js';
import { connectNats } from './nats/connect.js';
import { natsFailure } from './nats/failure.js';
import { checkPlace, timeoutOf } from './nats/options.js';
import type { NatsPlace } from './nats/options.js';
import { provisionExecutor } from './nats/provision.js';
import type { Retention } from './nats/provision.js';

export interface ProvisionOptions extends NatsPlace, Retention {
  /** Environment, `prod` where not given. */
  readonly env?: string;
  readonly executors: readonly string[];
}

/** What was made, and what went wrong. */
export interface Provisioned {
  /** Streams and buckets that were not there before. */
  readonly made: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Makes the streams and buckets that executors need, where they are missing; what is there stays as it is. For an
 * operator, so that executors need no permission to make any. Throws a RangeError where a name or an address is none.
 */
export async function provisionFleet(options: ProvisionOptions): Promise<Provisioned> {
  const env = fleetName('env', options.env ?? 'prod');
  const executors = options.executors.map((each) => fleetName('executor', each));
  checkPlace(options);
  const made: string[] = [];
  try {
    const kind = { name: 'hedge-telemetry provision', inboxPrefix: '_INBOX.operator', reconnect: false };
    const nc = await connectNats(options, kind);
    try {
      const jsm = await jetstreamManager(nc, { timeout: timeoutOf(options), checkAPI: false });
      for (const executor of executors) made.push(...(await provisionExecutor(jsm, { env, executor }, options)));
    } finally {
      await nc.close();
    }
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return { made, findings: [sinkFinding(natsFailure(error))] };
  }
  return { made, findings: [] };
}
