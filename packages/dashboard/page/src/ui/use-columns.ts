import { useEffect } from 'preact/hooks';
import { serverNow } from '../model/clock.js';
import { columnsStore, needColumns } from '../model/columns.js';
import type { Columns } from '../model/columns.js';
import { useStore } from './use-store.js';

/** The charted columns of a ledger, reaching back so many seconds (infinite for all); loaded where they are not there yet. */
export function useColumns(ledger: string, seconds: number): Columns {
  const columns = useStore(columnsStore(ledger));
  useEffect(
    () => needColumns(ledger, Number.isFinite(seconds) ? Math.floor(serverNow() - seconds) : 0),
    [ledger, seconds],
  );
  return columns;
}
