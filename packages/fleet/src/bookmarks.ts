import type { LedgerName } from '@hedge-telemetry/contract';
import { HEADER } from './headers.js';
import { NO_GENERATION, positionHeaders } from './ledger/position.js';
import type { LedgerPosition } from './ledger/position.js';
import type { SinkRecord, StoredRecord, StreamPosition } from './sink.js';

const NOTHING = new Uint8Array(0);

/**
 * Records without a line that say again where quiet ledgers stand, so that retention never takes the last word on one:
 * due when that word has used up half of its time, or stands in the older half of a stream that drops its oldest.
 */
export function bookmarksDue(position: StreamPosition, now: number): Map<LedgerName, SinkRecord> {
  const due = new Map<LedgerName, SinkRecord>();
  const middle = position.first + (position.last - position.first) / 2;
  for (const [ledger, record] of position.ledgers) {
    const old = position.maxAge !== null && now - record.time > position.maxAge / 2;
    const pushed = position.first > 1 && record.revision < middle;
    if (old || pushed) due.set(ledger, again(record));
  }
  return due;
}

/** A record that says that a ledger stands at a position, which need not be that of the last record. */
export function bookmarkAt(position: LedgerPosition): SinkRecord {
  return { bytes: NOTHING, headers: { ...positionHeaders(position), [HEADER.bookmark]: '1' } };
}

/** A record that says that a source took the ledger over and has sent nothing of it yet. */
export function takeOverBookmark(source: string): SinkRecord {
  return bookmarkAt({ generation: NO_GENERATION, previous: null, offset: 0, length: 0, line: null, source });
}

function again({ headers }: StoredRecord): SinkRecord {
  const ours = Object.entries(headers).filter(([name]) => name.startsWith('Tlm-'));
  return { bytes: NOTHING, headers: { ...Object.fromEntries(ours), [HEADER.bookmark]: '1' } };
}
