import { ledgerStore } from '../model/surfaces.js';
import { useStore } from '../ui/use-store.js';

/** The ledger that tells what happened: events, or the orders of an executor that writes no events. */
export function useMainLedger(): string {
  const events = useStore(ledgerStore('events'));
  const orders = useStore(ledgerStore('orders_executed'));
  return events?.state === 'never' && orders !== null && orders.state !== 'never' ? 'orders_executed' : 'events';
}
