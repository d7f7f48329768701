import { ledgerNames } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';
import { apiEntry } from '../api/entry.js';
import type { ApiLedger } from '../api/types.js';
import { frameOf } from '../hub/frame.js';
import type { Frame } from '../hub/frame.js';
import type { Hub } from '../hub/hub.js';
import { batchesOf } from '../ledger/batches.js';
import { after, sizeOf } from '../ledger/history.js';
import { isSamePosition, positionText, streamId } from '../ledger/position.js';
import type { Position, Positions } from '../ledger/position.js';
import { volumesOf } from '../ledger/volumes.js';
import type { KnownVolume } from '../ledger/volumes.js';

/** A reader that missed more than this fetches a page instead. */
const MAX_MISSED_BYTES = 32 * 1024 * 1024;

/** The frames of every ledger line between two positions: what a reader that comes back has missed. */
export async function* missed(hub: Hub, from: Positions, to: Positions): AsyncGenerator<Frame, void, undefined> {
  const reached: Record<LedgerName, Position> = { ...from };
  for (const ledger of ledgerNames) {
    if (isSamePosition(from[ledger], to[ledger])) continue;
    const health = hub.ledgers().find(({ name }) => name === ledger);
    if (health === undefined) continue;
    const volumes = await between(hub, ledger, from[ledger], to[ledger]);
    if (volumes === null) {
      reached[ledger] = to[ledger];
      yield resetFrame(hub, health, to[ledger], streamId(reached));
      continue;
    }
    for (const [index, volume] of volumes.entries()) {
      const start = index === 0 ? from[ledger].offset : 0;
      const end = index === volumes.length - 1 ? to[ledger].offset : Infinity;
      for await (const entries of batchesOf(volume, start, end)) {
        const newest = entries.at(-1);
        if (newest !== undefined) reached[ledger] = after(newest);
        yield frameOf('ledger', { now: hub.now(), ledger, entries: entries.map(apiEntry), health }, streamId(reached));
      }
    }
    reached[ledger] = to[ledger];
  }
}

/** The volumes that hold what lies between; null where the first position is in none of them, or it is too much. */
async function between(hub: Hub, ledger: LedgerName, from: Position, to: Position): Promise<KnownVolume[] | null> {
  const all = await volumesOf(hub.dir, ledger);
  const end = all.findLastIndex(({ generation }) => generation === to.generation);
  const start = from.generation === null ? 0 : all.findLastIndex(({ generation }) => generation === from.generation);
  if (start === -1 || end < start) return null;
  if (start === end && from.offset > to.offset) return null;
  const volumes = all.slice(start, end + 1);
  const sizes = await Promise.all(volumes.map(sizeOf));
  const bytes = sizes.reduce((sum, size) => sum + size, 0) - from.offset;
  return bytes > MAX_MISSED_BYTES ? null : volumes;
}

function resetFrame(hub: Hub, health: ApiLedger, position: Position, id: string): Frame {
  const reason = 'the lines after the last one that was seen cannot be told apart or are too many';
  return frameOf(
    'reset',
    { now: hub.now(), ledger: health.name, position: positionText(position), reason, health },
    id,
  );
}
