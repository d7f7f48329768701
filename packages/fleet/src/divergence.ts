import type { LedgerName } from '@hedge-telemetry/contract';
import { positionOf } from './ledger/position.js';
import type { LedgerPosition } from './ledger/position.js';
import type { LedgerSender } from './ledger-sender.js';
import type { SinkSession, StreamPosition } from './sink.js';

/**
 * The last record of a ledger that its files still hold, where they begin as its last generation does and then differ:
 * a ledger that was restored from a copy, or that lost its end. Found by halving, since records before it are held and
 * those behind it are not. Null where there is none. Rejects with a SinkError.
 */
export async function lastShared(
  session: SinkSession,
  sender: LedgerSender,
  stream: StreamPosition,
  { generation }: LedgerPosition,
): Promise<LedgerPosition | null> {
  const ledger: LedgerName = sender.surface;
  let low = stream.first;
  let high = stream.ledgers.get(ledger)?.revision ?? low;
  let shared: LedgerPosition | null = null;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const record = await session.recordFrom(ledger, middle);
    const position = record === null ? null : positionOf(record);
    if (record === null || position === null || !(await isBefore(position))) {
      high = middle;
    } else {
      if (position.generation === generation) shared = position;
      low = record.revision + 1;
    }
  }
  return shared;

  async function isBefore(position: LedgerPosition): Promise<boolean> {
    return position.generation !== generation || (await sender.standing(position)) === 'held';
  }
}
