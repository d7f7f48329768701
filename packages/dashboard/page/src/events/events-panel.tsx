import { useMemo, useState } from 'preact/hooks';
import { counted } from '../model/format.js';
import { preferences } from '../model/prefs.js';
import { replaceQuery, route } from '../model/route.js';
import { loadOlder } from '../model/history.js';
import { tailStore } from '../model/tails.js';
import type { Tail } from '../model/tails.js';
import { useMissingLedger } from '../ui/use-missing-ledger.js';
import { Panel } from '../ui/panel.js';
import { useStore } from '../ui/use-store.js';
import { eventFields } from './event-fields.js';
import { EventTable } from './event-table.js';
import { choices, filtersOf, passes } from './filters.js';
import type { EventFilters } from './filters.js';
import { FilterBar } from './filter-bar.js';
import { useMainLedger } from './main-ledger.js';
import { LinkedEvent } from './linked-event.js';

const STEP = 100;

/** The tail of a ledger, newest first, with filters and pause. */
export function EventsPanel() {
  const { query } = useStore(route);
  const filters = filtersOf(query, useMainLedger());
  const change = (part: Partial<EventFilters>): void => {
    const { at: _, ...rest } = query;
    replaceQuery({ ...rest, ...part });
  };
  return (
    <Panel id="events" title="Events" ledgers={[filters.ledger]}>
      {query['at'] === undefined ? null : <LinkedEvent ledger={filters.ledger} id={query['at']} />}
      <EventList key={filters.ledger} filters={filters} onChange={change} />
    </Panel>
  );
}

function EventList({
  filters,
  onChange,
}: {
  readonly filters: EventFilters;
  readonly onChange: (part: Partial<EventFilters>) => void;
}) {
  const { zone } = useStore(preferences);
  const tail = useStore(tailStore(filters.ledger));
  const [paused, setPaused] = useState<Tail | null>(null);
  const [limit, setLimit] = useState(STEP);
  const seen = paused ?? tail;
  const events = useMemo(() => seen.entries.map(eventFields), [seen]);
  const found = useMemo(() => events.filter(passes(filters, zone)).toReversed(), [events, filters, zone]);
  const arrived = paused === null ? 0 : tail.arrived - paused.arrived;
  return (
    <>
      <FilterBar
        filters={filters}
        types={choices(events, ({ type, entry }) => type ?? (entry.record === null ? 'not understood' : null))}
        symbols={choices(events, ({ symbol }) => symbol)}
        onChange={onChange}
      />
      <div class="list-bar">
        <button
          type="button"
          id="event-pause"
          aria-pressed={paused !== null}
          onClick={() => setPaused(paused === null ? tail : null)}
        >
          {paused === null ? 'Pause' : 'Go on'}
        </button>
        {arrived > 0 ? (
          <button type="button" class="new-count" onClick={() => setPaused(null)}>
            {arrived} new
          </button>
        ) : null}
        <span class="mute">
          {counted(found.length, 'line')}
          {found.length === events.length ? '' : ` of ${counted(events.length, 'loaded line')}`}
        </span>
      </div>
      <EventTable events={found.slice(0, limit)} ledger={filters.ledger} />
      <Older
        seen={seen}
        ledger={filters.ledger}
        shown={Math.min(limit, found.length)}
        found={found.length}
        onMore={() => setLimit(limit + STEP)}
      />
    </>
  );
}

interface OlderProps {
  readonly seen: Tail;
  readonly ledger: string;
  readonly shown: number;
  readonly found: number;
  readonly onMore: () => void;
}

function Older({ seen: { previous, trouble }, ledger, shown, found, onMore }: OlderProps) {
  const missing = useMissingLedger(ledger);
  if (shown < found) {
    return (
      <button type="button" class="older" onClick={onMore}>
        Show {Math.min(STEP, found - shown)} more
      </button>
    );
  }
  if (trouble !== null) return <Trouble trouble={trouble} onRetry={() => void loadOlder(ledger)} />;
  if (missing !== null) return <p class="notice mute">{missing}</p>;
  if (previous === undefined) return <p class="notice mute">The lines are being loaded.</p>;
  if (previous === null)
    return <p class="notice mute">{found === 0 ? 'No line to show.' : 'This is where the ledger begins.'}</p>;
  return (
    <button type="button" class="older" onClick={() => void loadOlder(ledger)}>
      Load older lines
    </button>
  );
}

function Trouble({ trouble, onRetry }: { readonly trouble: string; readonly onRetry: () => void }) {
  return (
    <p class="notice">
      <span class="tone-bad">Older lines cannot be loaded: {trouble}</span>{' '}
      <button type="button" class="quiet" onClick={onRetry}>
        Try again
      </button>
    </p>
  );
}
