import { useEffect, useState } from 'preact/hooks';
import { fetchEntries } from '../model/api.js';
import { replaceQuery, route } from '../model/route.js';
import { EventDetail } from './event-detail.js';
import { eventFields } from './event-fields.js';
import type { EventFields } from './event-fields.js';

/** The one line that a permalink names. */
export function LinkedEvent({ ledger, id }: { readonly ledger: string; readonly id: string }) {
  const [event, setEvent] = useState<EventFields | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const load = async (): Promise<void> => {
      try {
        const { entries } = await fetchEntries(ledger, { from: id, limit: 1 });
        const found = entries.find((entry) => entry.id === id);
        if (!isCurrent) return;
        setEvent(found === undefined ? null : eventFields(found));
        setTrouble(found === undefined ? 'It is not there any more.' : null);
      } catch (error) {
        if (isCurrent) setTrouble(error instanceof Error ? error.message : String(error));
      }
    };
    void load();
    return () => {
      isCurrent = false;
    };
  }, [ledger, id]);
  return (
    <div class="linked">
      <h3>Linked line</h3>
      {trouble === null ? null : <p class="notice tone-bad">{trouble}</p>}
      {event === null ? null : <EventDetail event={event} ledger={ledger} />}
      <button type="button" class="quiet" onClick={() => replaceQuery(without(route.get().query, 'at'))}>
        Close
      </button>
    </div>
  );
}

function without(query: Readonly<Record<string, string>>, key: string): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([each]) => each !== key));
}
