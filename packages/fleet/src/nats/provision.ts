import { DiscardPolicy, JetStreamApiError, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import type { JetStreamManager, StreamConfig } from '@nats-io/jetstream';
import { bucketStream, eventStream, eventSubject, presenceBucket, stateBucket } from '../names.js';
import type { ExecutorPlace } from '../names.js';
import { PRESENCE_TTL_S } from '../presence.js';

/** How much of the events a server keeps, and on how many servers. */
export interface Retention {
  /** Copies of every stream: 1, 3 or 5. 1 where not given. */
  readonly replicas?: number;
  /** How long events are kept, in days; 30 where not given. */
  readonly eventDays?: number;
  /** How much of them, in bytes for each executor; without limit where not given. */
  readonly eventBytes?: number;
  /** How long an executor that is not heard of counts as up, in seconds; 15 where not given. */
  readonly presenceSeconds?: number;
}

const NANOSECONDS = 1e9;
const DAY_NS = 86_400 * NANOSECONDS;
const DEFAULT_EVENT_DAYS = 30;
/** Ids of records are unique, so nothing is to be found in this window; the server wants one. */
const DUPLICATE_WINDOW_NS = NANOSECONDS;

/** Makes the stream and the buckets of an executor where they are missing, and says which; what is there stays as it is. */
export async function provisionExecutor(
  jsm: JetStreamManager,
  place: ExecutorPlace,
  retention: Retention = {},
): Promise<string[]> {
  const made: string[] = [];
  for (const config of streamsOf(place, retention)) {
    if (await isThere(jsm, config.name)) continue;
    await jsm.streams.add(config);
    made.push(config.name);
  }
  return made;
}

/** The streams that an executor needs: its own, and the two buckets of its environment. */
function streamsOf(place: ExecutorPlace, retention: Retention = {}): (Partial<StreamConfig> & { name: string })[] {
  const { replicas = 1, eventDays = DEFAULT_EVENT_DAYS, eventBytes = -1, presenceSeconds = PRESENCE_TTL_S } = retention;
  const common = {
    retention: RetentionPolicy.Limits,
    num_replicas: replicas,
    duplicate_window: DUPLICATE_WINDOW_NS,
    allow_direct: true,
    allow_rollup_hdrs: false,
    deny_delete: true,
    deny_purge: true,
  };
  const bucket = { ...common, discard: DiscardPolicy.New, max_msgs_per_subject: 1 };
  return [
    {
      ...common,
      name: eventStream(place),
      subjects: [eventSubject(place, '*')],
      storage: StorageType.File,
      discard: DiscardPolicy.Old,
      max_age: eventDays * DAY_NS,
      max_bytes: eventBytes,
    },
    {
      ...bucket,
      name: bucketStream(stateBucket(place.env)),
      subjects: [`$KV.${stateBucket(place.env)}.>`],
      storage: StorageType.File,
    },
    {
      ...bucket,
      name: bucketStream(presenceBucket(place.env)),
      subjects: [`$KV.${presenceBucket(place.env)}.>`],
      storage: StorageType.Memory,
      max_age: presenceSeconds * NANOSECONDS,
    },
  ];
}

/** How long a presence lives on this server, in seconds. */
export async function presenceTtlOf(jsm: JetStreamManager, env: string): Promise<number> {
  const { config } = await jsm.streams.info(bucketStream(presenceBucket(env)));
  return config.max_age > 0 ? config.max_age / NANOSECONDS : PRESENCE_TTL_S;
}

/** A user that may not ask is not to make anything either: what is missing shows when it is used. */
async function isThere(jsm: JetStreamManager, name: string): Promise<boolean> {
  try {
    await jsm.streams.info(name);
    return true;
  } catch (error) {
    return !(error instanceof JetStreamApiError);
  }
}
