import { useEffect } from 'preact/hooks';
import { serverNow } from '../model/clock.js';
import { columnsStore, needColumns } from '../model/columns.js';
import type { Columns } from '../model/columns.js';
import { useStore } from './use-store.js';

/** The clocks may be found to differ by a little more later on. */
const MARGIN_S = 5;

/** The charted columns of a ledger, reaching back so many seconds (infinite for all); loaded where they are not there yet. */
export function useColumns(ledger: string, seconds: number): Columns {
  const columns = useStore(columnsStore(ledger));
  useEffect(
    () => needColumns(ledger, Number.isFinite(seconds) ? Math.floor(serverNow() - seconds) - MARGIN_S : 0),
    [ledger, seconds],
  );
  return columns;
}
