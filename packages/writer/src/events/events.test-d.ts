import type { EventGiven, Events } from './events.js';

declare const events: Events;

export const nullsMayBeLeftOut: EventGiven<'order'> = { symbol: 'BTCUSDT' };
export const idsMayBeNumbersOfEitherKind: EventGiven<'order'>[] = [
  { symbol: 'BTCUSDT', order_id: 5 },
  { symbol: 'BTCUSDT', order_id: 5n },
];
export const fillsNameQuantityAndPrice: EventGiven<'fill'> = { symbol: 'BTCUSDT', qty: 1, price: 1 };
events.error(new Error('boom'), { symbol: 'BTCUSDT', order_type: undefined });
events.refresh();

// @ts-expect-error a fill without a price
export const unpriced: EventGiven<'fill'> = { symbol: 'BTCUSDT', qty: 1 };
// @ts-expect-error an order without a symbol
export const unnamed: EventGiven<'order'> = { qty: 1 };
// @ts-expect-error a field of fills only
events.order({ symbol: 'BTCUSDT', fee_usd: 1 });
// @ts-expect-error a side that does not exist
events.order({ symbol: 'BTCUSDT', side: 'LONG' });
// @ts-expect-error the message comes from the error
events.error('boom', { message: 'other' });
// @ts-expect-error the writer gives the time
events.order({ symbol: 'BTCUSDT', ts: 'now' });
