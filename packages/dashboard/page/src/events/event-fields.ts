import type { ApiEntry } from '../../../src/api/types.js';
import { epochSeconds } from '@hedge-telemetry/contract';

/** What the list shows of a line of any ledger. */
export interface EventFields {
  readonly entry: ApiEntry;
  /** Seconds since 1970; null where the line does not say. */
  readonly time: number | null;
  readonly type: string | null;
  readonly symbol: string | null;
  readonly side: string | null;
  readonly qty: number | null;
  readonly price: number | null;
  readonly isMaker: boolean | null;
  readonly slippage: number | null;
  /** What else there is to say, in one line. */
  readonly detail: string;
  /** Everything, in lower case, for the text filter. */
  readonly text: string;
}

type Fields = Readonly<Record<string, unknown>>;

const shownApart = new Set([
  'schema',
  'ts',
  'type',
  'event',
  'event_type',
  'symbol',
  'side',
  'qty',
  'price',
  'is_maker',
  'slippage_bps',
  'metadata',
  'order_id',
  'orderId',
  'client_order_id',
  'clientOrderId',
  'attempt_id',
  'intent_id',
  'run_id',
  'pid',
  'hostname',
  'fingerprint',
]);
const cache = new WeakMap<ApiEntry, EventFields>();

/** Reads a line, understood or not; computed once a line. */
export function eventFields(entry: ApiEntry): EventFields {
  const known = cache.get(entry);
  if (known !== undefined) return known;
  const made = read(entry);
  cache.set(entry, made);
  return made;
}

function read(entry: ApiEntry): EventFields {
  const { record, raw } = entry;
  if (typeof record !== 'object' || record === null) {
    const detail = raw ?? 'not text';
    return { entry, ...nothing, detail, text: detail.toLowerCase() };
  }
  const fields = record as Fields;
  const time = epochSeconds(fields['ts']);
  return {
    entry,
    time,
    type: text(fields['type']) ?? text(fields['event_type']) ?? text(fields['event']),
    symbol: text(fields['symbol']),
    side: text(fields['side']) ?? text(fields['position_side']) ?? text(fields['positionSide']),
    qty:
      number(fields['qty']) ??
      number(fields['executedQty']) ??
      number(fields['request_qty']) ??
      number(fields['qty_req']) ??
      number(fields['closed_qty']) ??
      nested(fields['qty'], 'contracts'),
    price: number(fields['price']) ?? number(fields['avgPrice']) ?? nested(fields['prices'], 'avg_fill'),
    isMaker: boolean(fields['is_maker']) ?? boolean(fields['is_maker_final']),
    slippage: number(fields['slippage_bps']),
    detail: detailOf(fields),
    text: JSON.stringify(record).toLowerCase(),
  };
}

const nothing = {
  time: null,
  type: null,
  symbol: null,
  side: null,
  qty: null,
  price: null,
  isMaker: null,
  slippage: null,
};

function detailOf(fields: Fields): string {
  const own = Object.entries(fields).filter(
    ([key, value]) => !shownApart.has(key) && value !== null && typeof value !== 'object',
  );
  const metadata = Object.entries(asFields(fields['metadata'])).filter(
    ([, value]) => value !== null && typeof value !== 'object',
  );
  return [...own, ...metadata].map(([key, value]) => `${key} ${String(value)}`).join(' · ');
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function nested(value: unknown, key: string): number | null {
  return number(asFields(value)[key]);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function boolean(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}
