import { hashOf } from '../model/route.js';
import { tailStore } from '../model/tails.js';
import { useMissingLedger } from '../ui/use-missing-ledger.js';
import { Panel } from '../ui/panel.js';
import { useStore } from '../ui/use-store.js';
import { eventFields } from './event-fields.js';
import { useMainLedger } from './main-ledger.js';
import { EventTable } from './event-table.js';

const SHOWN = 14;

/** The newest events, for the overview. */
export function RecentEvents() {
  const ledger = useMainLedger();
  const { entries, previous } = useStore(tailStore(ledger));
  const missing = useMissingLedger(ledger);
  const newest = entries.slice(-SHOWN).toReversed().map(eventFields);
  return (
    <Panel id="recent" title="Events" ledgers={[ledger]} actions={<a href={hashOf({ view: 'events' })}>All events</a>}>
      {newest.length > 0 ? (
        <EventTable events={newest} ledger={ledger} />
      ) : (
        <p class="notice mute">
          {missing ?? (previous === undefined ? 'The events are being loaded.' : 'No event is on record.')}
        </p>
      )}
    </Panel>
  );
}
