import type { OrderFill } from '../../../generated/types/orders-executed-v1.js';
import type { FieldReader } from '../shared/field-reader.js';
import { count, isoTimestamp, record, text } from '../values.js';

export const NO_HOME = 'the canonical record does not keep it';

/** Keys that every line of the ledger starts with. */
interface Head<T extends string> {
  readonly schema: OrderFill['schema'];
  readonly ts: string;
  readonly event_type: T;
}

/** `written` is the line's own ts, which the dialect always has. */
export function head<const T extends string>(fields: FieldReader, eventType: T, written: string): Head<T> {
  fields.take('ts');
  fields.take('event_type');
  return { schema: 'orders_executed_v1', ts: isoTimestamp(written) ?? written, event_type: eventType };
}

/** Where the line was written. */
export function origin(fields: FieldReader): {
  run_id: string | null | undefined;
  pid: number | null | undefined;
  hostname: string | null | undefined;
} {
  return {
    run_id: fields.optional('run_id', text),
    pid: fields.optional('pid', count),
    hostname: fields.optional('hostname', text),
  };
}

/** What joins the line with others of its trade. */
export function trade(fields: FieldReader): {
  attempt_id: string | null | undefined;
  intent_id: string | null | undefined;
  strategy: string | null | undefined;
} {
  return {
    attempt_id: fields.optional('attempt_id', text),
    intent_id: fields.optional('intent_id', text),
    strategy: fields.optional('strategy', text),
  };
}

/** What the strategy attached; undefined where it is missing or null. */
export function metadata(fields: FieldReader): Record<string, unknown> | undefined {
  return record(fields.take('metadata')) ?? undefined;
}
