import type { JsMsg, StoredMsg } from '@nats-io/jetstream';
import type { MsgHdrs } from '@nats-io/transport-node';
import type { StoredRecord } from '../sink.js';

/** A message that was asked for. */
export function storedRecord({
  seq,
  header,
  data,
  time,
}: Pick<StoredMsg, 'seq' | 'header' | 'data' | 'time'>): StoredRecord {
  return { bytes: data, headers: plain(header), revision: seq, time: time.getTime() / 1000 };
}

/** A message that a watch gave. */
export function messageRecord({
  seq,
  headers,
  data,
  time,
}: Pick<JsMsg, 'seq' | 'headers' | 'data' | 'time'>): StoredRecord {
  return { bytes: data, headers: plain(headers), revision: seq, time: time.getTime() / 1000 };
}

/** The headers by name; the first value of each. */
function plain(headers: MsgHdrs | undefined): Record<string, string> {
  const names = headers === undefined ? [] : headers.keys();
  return Object.fromEntries(names.map((name) => [name, headers?.get(name) ?? '']));
}
