import type { Positions } from '@hedge-telemetry/contract';
import type { Publishable } from '@hedge-telemetry/writer';
import type { Snapshot } from '../snapshot.js';
import { positionRows } from './account-blocks.js';

export function positionsDocument(snapshot: Snapshot): Publishable<Positions> {
  return positionRows(snapshot);
}
