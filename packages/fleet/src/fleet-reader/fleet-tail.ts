import type { LedgerName } from '@hedge-telemetry/contract';
import type { TailOptions } from '@hedge-telemetry/reader';
import type { ExecutorPlace } from '../names.js';
import { fleetEntry } from './fleet-entry.js';
import type { FleetEntry } from './fleet-entry.js';
import type { Link } from './link.js';
import { createTailMarker } from './tail-mark.js';
import { tailRecords } from './tail-records.js';

/**
 * The lines of a ledger in the order of its stream. `from` and `end` are numbers of the stream. A connection that is
 * lost is waited for; a server that has lost its tail gets it again from the executor's host, and no entry comes twice.
 */
export async function* tailStream<N extends LedgerName>(
  link: Link,
  place: ExecutorPlace,
  ledger: N,
  { limit = Infinity, ...options }: TailOptions,
): AsyncGenerator<FleetEntry<N>, void, undefined> {
  let left = limit;
  if (left <= 0) return;
  for await (const record of tailRecords(link, place, ledger, { ...options, marker: createTailMarker() })) {
    const entry = fleetEntry(ledger, `${place.executor}/${ledger}`, record);
    if (entry === null) continue;
    yield entry;
    left -= 1;
    if (left <= 0) return;
  }
}
