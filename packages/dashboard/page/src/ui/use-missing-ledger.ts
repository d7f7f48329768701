import { ledgerStore } from '../model/surfaces.js';
import { useStore } from './use-store.js';

/** Why nothing is known of what a ledger holds, as a sentence; null where it can be read. */
export function useMissingLedger(name: string): string | null {
  const view = useStore(ledgerStore(name));
  if (view?.state === 'never') return `${view.ledger.file} does not exist: nothing was ever written there.`;
  if (view?.state !== 'unreadable') return null;
  return `${view.ledger.file} cannot be read: ${view.ledger.last_finding?.message ?? 'it cannot be opened'}.`;
}
