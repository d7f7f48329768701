import type { EventRecord } from '@hedge-telemetry/contract';
import type { Appendable } from '../publishable.js';
import type { AppendResult, Writer } from '../writer.js';
import { errorParts } from './error-parts.js';

/** What events go to: a writer. */
export type EventSink = Pick<Writer, 'append'>;

/** How events are made. */
export interface EventsOptions {
  /**
   * Cleans the texts of an error before they are cut to their length, so that no part of a secret remains at the cut.
   * Where it throws, the text is left out. Without it the texts are as the error has them.
   */
  readonly scrub?: (text: string) => string;
}

type EventType = EventRecord['type'];
type EventOf<T extends EventType> = Extract<EventRecord, { readonly type: T }>;
type Filled = 'schema' | 'ts' | 'type' | 'metadata';
type KeysTakingNull<T> = { [K in keyof T]-?: null extends T[K] ? K : never }[keyof T];
type Sparse<T> = Omit<T, KeysTakingNull<T>> & { readonly [K in KeysTakingNull<T>]?: T[K] | undefined };

/**
 * An event as its helper takes it: the fields of the ledger's record without what is filled in. A field that may be null
 * is null, that is not known, where it is left out; `metadata` is then empty.
 */
export type EventGiven<T extends EventType> = Sparse<Omit<Appendable<EventOf<T>>, Filled>> & {
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
};

/** What else is known of an error. */
export type ErrorContext = Omit<EventGiven<'error'>, 'name' | 'code' | 'message'>;

/**
 * The events of an executor. Each call appends one line, in the order of the calls, with the writer's time; it returns what
 * became of it and never throws. Quantities are in the base asset, slippage in bps with a cost positive, fees and PnL in USD.
 */
export interface Events {
  /** An order was sent; `qty` is the quantity ordered, `price` the limit. */
  order(event: EventGiven<'order'>): AppendResult;
  /** An order was filled, wholly or in part; `qty` and `price` are those of the fill. */
  fill(event: EventGiven<'fill'>): AppendResult;
  /** An order was cancelled or has expired; `qty` was still open. */
  cancel(event: EventGiven<'cancel'>): AppendResult;
  /** Data or state was refreshed; `interval` is in seconds. */
  refresh(event?: EventGiven<'refresh'>): AppendResult;
  /**
   * Something failed. Of an error its name, its code and the first line of its message are kept, of a text the first line;
   * never a stack, a cause, or a request that hangs on it.
   */
  error(cause: unknown, context?: ErrorContext): AppendResult;
  /** The router decided how to place an order; `latency_ms` is in milliseconds. */
  router(event: EventGiven<'router'>): AppendResult;
}

/** The contract's keys that every event has, in the order in which the contract prints them. */
const UNKNOWN = { symbol: null, qty: null, price: null, is_maker: null, slippage_bps: null } as const;
const EXECUTION = { is_maker: null, slippage_bps: null } as const;

/** Typed helpers for the events ledger of a writer. */
export function createEvents(writer: EventSink, { scrub }: EventsOptions = {}): Events {
  const append = (type: EventType, defaults: object, given: unknown): AppendResult =>
    writer.append('events', completed(type, defaults, given));
  return {
    order: (event) => append('order', UNKNOWN, event),
    fill: (event) => append('fill', EXECUTION, event),
    cancel: (event) => append('cancel', UNKNOWN, event),
    refresh: (event = {}) => append('refresh', UNKNOWN, event),
    error: (cause, context = {}) => append('error', { ...UNKNOWN, ...errorParts(cause, scrub) }, context),
    router: (event) => append('router', UNKNOWN, event),
  };
}

/**
 * The record of what was given. Its fields were checked against the record's type by the helper's signature, and are checked
 * against the schema by the writer: what has no fields at all goes to it as it is, and is refused there.
 */
function completed(type: EventType, defaults: object, given: unknown): Appendable<EventRecord> {
  try {
    const told = Object.entries(Object(given)).filter(([key, value]) => value !== undefined && key !== 'type');
    return { type, symbol: null, ...defaults, metadata: {}, ...Object.fromEntries(told) } as never;
  } catch {
    return given as never;
  }
}
