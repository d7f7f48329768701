import { useRef, useState } from 'preact/hooks';
import { preferences } from '../model/prefs.js';
import { moveRow } from '../ui/row-keys.js';
import { useStore } from '../ui/use-store.js';
import { EventDetail } from './event-detail.js';
import type { EventFields } from './event-fields.js';
import { EventRow } from './event-row.js';

const heads = ['Time', 'Type', 'Symbol', 'Side', 'Qty', 'Price', 'Maker', 'Slippage bps', 'Detail'];
const numeric = new Set(['Qty', 'Price', 'Slippage bps']);

/** Lines as a table; a line opens to its full text. */
export function EventTable({ events, ledger }: { readonly events: readonly EventFields[]; readonly ledger: string }) {
  const { zone } = useStore(preferences);
  const body = useRef<HTMLTableSectionElement>(null);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div class="table-wrap event-list" role="region" aria-label={`Lines of ${ledger}, newest first`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" class={numeric.has(head) ? 'num' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={(event) => moveRow(event, body.current)}>
          {events.flatMap((event, index) => {
            const { id } = event.entry;
            const isOpen = open === id;
            const row = (
              <EventRow
                key={id}
                event={event}
                zone={zone}
                isFirst={index === 0}
                isOpen={isOpen}
                onOpen={() => setOpen(isOpen ? null : id)}
              />
            );
            if (!isOpen) return [row];
            return [
              row,
              <tr key={`${id} detail`} class="detail-row">
                <td colSpan={heads.length}>
                  <EventDetail event={event} ledger={ledger} />
                </td>
              </tr>,
            ];
          })}
        </tbody>
      </table>
    </div>
  );
}
