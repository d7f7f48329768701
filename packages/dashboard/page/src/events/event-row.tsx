import { adaptive, clipped, fixed } from '../model/format.js';
import { stampText } from '../model/time.js';
import type { Zone } from '../model/time.js';
import { Glyph } from '../ui/glyph.js';
import type { EventFields } from './event-fields.js';

interface EventRowProps {
  readonly event: EventFields;
  readonly zone: Zone;
  readonly isFirst: boolean;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
}

/** One line of a ledger in the list. */
export function EventRow({ event, zone, isFirst, isOpen, onOpen }: EventRowProps) {
  const { entry, time, type, symbol, side, qty, price, isMaker, slippage, detail } = event;
  const isBroken = entry.record === null;
  return (
    <tr
      tabIndex={isFirst ? 0 : -1}
      class={`event ${isBroken ? 'is-broken' : `event-${type ?? 'none'}`} ${isOpen ? 'is-open' : ''}`}
      data-id={entry.id}
      onClick={onOpen}
      onKeyDown={(key) => {
        if (key.key !== 'Enter' || key.target !== key.currentTarget) return;
        key.preventDefault();
        onOpen();
      }}
    >
      <th scope="row" class="nowrap">
        {time === null ? <Nothing /> : <time>{stampText(time, zone).slice(5)}</time>}
      </th>
      <td>
        {isBroken ? (
          <span class="mark tone-bad">
            <Glyph state="invalid" />
            not understood
          </span>
        ) : (
          <span class="type">{type ?? 'point'}</span>
        )}
      </td>
      <td>{symbol ?? <Nothing />}</td>
      <td>{side ?? <Nothing />}</td>
      <td class="num">{qty === null ? <Nothing /> : adaptive(qty)}</td>
      <td class="num">{price === null ? <Nothing /> : adaptive(price)}</td>
      <td>{isMaker === null ? <Nothing /> : isMaker ? 'maker' : 'taker'}</td>
      <td class="num">{slippage === null ? <Nothing /> : fixed(slippage, 2)}</td>
      <td class="detail">{clipped(detail, 200)}</td>
    </tr>
  );
}

function Nothing() {
  return (
    <span class="mute" title="not reported">
      –<span class="visually-hidden">not reported</span>
    </span>
  );
}
