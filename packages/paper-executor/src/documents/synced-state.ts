import type { SyncedState } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import { ENGINE_VERSION } from '../settings.js';
import type { Snapshot } from '../snapshot.js';
import { navDetail, navOf, positionRows } from './account-blocks.js';
import { V6_FLAGS } from './symbol-blocks.js';

export function syncedStateDocument(snapshot: Snapshot): Publishable<SyncedState> {
  return {
    items: positionRows(snapshot),
    nav: navOf(snapshot),
    engine_version: ENGINE_VERSION,
    v6_flags: V6_FLAGS,
    updated_at: snapshot.at,
    nav_detail: navDetail(snapshot),
  };
}
