import { epochSeconds } from '@hedge-telemetry/contract';
import type { EventFields } from './event-fields.js';

/** What the list of events is narrowed to; empty lets everything through. It is part of the address. */
export interface EventFilters {
  readonly ledger: string;
  readonly type: string;
  readonly symbol: string;
  readonly maker: '' | 'maker' | 'taker' | 'unknown';
  readonly text: string;
  /** Day and time, as a date field spells it. */
  readonly from: string;
  readonly to: string;
}

/** The filters that an address states. */
export function filtersOf(query: Readonly<Record<string, string>>, main: string): EventFilters {
  const { ledger = main, type = '', symbol = '', maker = '', text = '', from = '', to = '' } = query;
  const isMaker = maker === 'maker' || maker === 'taker' || maker === 'unknown';
  return { ledger, type, symbol, maker: isMaker ? maker : '', text, from, to };
}

/** True for a line that the filters let through. */
export function passes(filters: EventFilters, zone: 'utc' | 'local'): (event: EventFields) => boolean {
  const { type, symbol, maker, text, from, to } = filters;
  const needle = text.trim().toLowerCase();
  const [start, end] = [timeOf(from, zone), timeOf(to, zone)];
  const wanted = { '': undefined, maker: true, taker: false, unknown: null }[maker];
  return (event) =>
    (type === '' || (event.type ?? 'not understood') === type) &&
    (symbol === '' || event.symbol === symbol) &&
    (wanted === undefined || event.isMaker === wanted) &&
    (needle === '' || event.text.includes(needle)) &&
    (start === null || (event.time !== null && event.time >= start)) &&
    (end === null || (event.time !== null && event.time <= end));
}

/** Every value of a field among the lines, sorted. */
export function choices(events: readonly EventFields[], of: (event: EventFields) => string | null): string[] {
  return [...new Set(events.flatMap((event) => of(event) ?? []))].toSorted();
}

function timeOf(value: string, zone: 'utc' | 'local'): number | null {
  if (zone === 'utc') return epochSeconds(`${value}Z`);
  const time = new Date(value).getTime();
  return Number.isNaN(time) ? null : time / 1000;
}
