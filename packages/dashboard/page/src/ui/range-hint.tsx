import { serverNow } from '../model/clock.js';
import { duration } from '../model/format.js';
import { prefer, preferences } from '../model/prefs.js';
import { ledgerStore } from '../model/surfaces.js';
import { useStore } from './use-store.js';

/** Where the range of the page holds nothing of a ledger although the ledger has lines: how old the newest is, and a way to it. */
export function RangeHint({ ledger, isEmpty }: { readonly ledger: string; readonly isEmpty: boolean }) {
  const { range } = useStore(preferences);
  const newest = useStore(ledgerStore(ledger))?.ledger.timestamp ?? null;
  if (!isEmpty || newest === null || range === 'all') return null;
  return (
    <p class="footnote">
      The newest line of {ledger} is {duration(Math.max(0, serverNow() - newest))} old.{' '}
      <button type="button" class="quiet" onClick={() => prefer({ range: 'all' })}>
        Show all
      </button>
    </p>
  );
}
