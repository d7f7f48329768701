import { finding, MAX_LINE_BYTES } from '@hedge-telemetry/contract';
import type { LedgerName, RuleId } from '@hedge-telemetry/contract';
import { brokenEntry, lineEntry } from '@hedge-telemetry/reader';
import type { LedgerEntry } from '@hedge-telemetry/reader';
import { HEADER } from '../headers.js';
import { positionOf } from '../ledger/position.js';
import type { LedgerPosition } from '../ledger/position.js';
import type { StoredRecord } from '../sink.js';

/** A line of a ledger in the stream of its executor. `offset` is its number there, `end` the number after it. */
export interface FleetEntry<N extends LedgerName = LedgerName> extends LedgerEntry<N> {
  /** Where it stands in the ledger of its host; null where no sync of ours has sent it. */
  readonly position: LedgerPosition | null;
}

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const WITHHELD: Readonly<Record<string, RuleId>> = {
  secret: 'remote-secret',
  redacted: 'remote-secret',
  'too-large': 'remote-payload-too-large',
};

/** The entry that a record stands for; null where it is a bookmark. Never throws. */
export function fleetEntry<N extends LedgerName>(ledger: N, file: string, record: StoredRecord): FleetEntry<N> | null {
  const { bytes, headers, revision } = record;
  if (headers[HEADER.bookmark] !== undefined) return null;
  const position = positionOf(record);
  const place = { ledger, file, line: null };
  const line = { offset: revision, end: revision + 1 };
  const withheld = headers[HEADER.withheld];
  const rule = withheld === undefined ? undefined : (WITHHELD[withheld] ?? 'remote-secret');
  const findings =
    rule === undefined ? [] : [finding(rule, { surface: ledger, file, actual: `the record is ${withheld}` })];
  if (rule !== undefined && withheld !== 'redacted') return { ...brokenEntry(line, null, place, findings), position };
  const content = bytes.length > MAX_LINE_BYTES ? null : withoutEnd(bytes);
  const entry = lineEntry({ ...line, bytes: content }, place);
  return { ...entry, findings: [...entry.findings, ...findings], position };
}

function withoutEnd(bytes: Uint8Array): Uint8Array {
  const line = bytes.at(-1) === NEWLINE ? bytes.subarray(0, -1) : bytes;
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}
