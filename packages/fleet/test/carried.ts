import type { MemorySink } from '../src/memory-sink.js';
import { createRemoteSync } from '../src/remote-sync.js';
import type { RemoteSync, RemoteSyncOptions } from '../src/remote-sync.js';
import { T0 } from './logs.js';
import type { Logs } from './logs.js';

/** The executor of the tests. */
export const place = { env: 'prod', executor: 'exec-1' };

/** A sync of the executor from a host of its own, 1,000 s after the sample documents. */
export function syncOf(logs: Logs, sink: MemorySink, options: Partial<RemoteSyncOptions> = {}): RemoteSync {
  return createRemoteSync({
    from: logs.dir,
    sink,
    executor: place.executor,
    source: 'host-a',
    now: () => T0 + 1000,
    ...options,
  });
}

/** The rules of the findings, in their order. */
export function rulesOf({ findings }: { findings: readonly { rule: string }[] }): string[] {
  return findings.map(({ rule }) => rule);
}
