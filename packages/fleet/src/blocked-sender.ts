import type { LedgerName } from '@hedge-telemetry/contract';
import { unreadable } from '@hedge-telemetry/sync';
import type { LedgerSender } from './ledger-sender.js';
import type { LedgerPosition } from './ledger/position.js';
import { outcome } from './outcome.js';
import { SinkError } from './sink.js';

/**
 * Stands in for the sender of a ledger whose files could not be read when the session began, and ends the session once
 * they can: where the ledger stands, and whose it is, is judged then. The other surfaces go on meanwhile.
 */
export function createBlockedSender(sender: LedgerSender, file: string, start: LedgerPosition): LedgerSender {
  const surface: LedgerName = sender.surface;
  return {
    surface,
    position: start,
    standing: (of) => sender.standing(of),
    pass: async () => {
      const trouble = await sender.standing(start).then(
        () => null,
        (error: unknown) => error,
      );
      if (trouble === null) throw new SinkError('conflict', 'a ledger can be read again');
      if (trouble instanceof SinkError) throw trouble;
      const reason = trouble instanceof Error ? trouble.message : String(trouble);
      return outcome(surface, 'skipped', { findings: [{ ...unreadable(file, reason), surface }] });
    },
  };
}
