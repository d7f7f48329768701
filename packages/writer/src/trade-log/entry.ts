import { finding, interpret, MAX_LINE_BYTES, parseJson, placed } from '@hedge-telemetry/contract';
import type { Finding, LedgerName, LedgerRecords } from '@hedge-telemetry/contract';
import { gluedParts } from './glued.js';
import type { Segment } from './segments.js';

/** A stretch of a ledger and the record that it holds. */
export interface TradeLogEntry<N extends LedgerName = LedgerName> {
  readonly ledger: N;
  readonly file: string;
  /** Byte offsets in the file: of the first byte, and after the last one. Null where there is no file to read. */
  readonly offset: number | null;
  readonly end: number | null;
  /** The canonical record, migrated where the line is in a legacy dialect; null where there is none. */
  readonly record: LedgerRecords[N] | null;
  /** "canonical", the name of a legacy dialect, or null where the line is not recognised. */
  readonly dialect: string | null;
  readonly findings: readonly Finding[];
}

/** Which ledger's which file an entry is of. */
export interface EntryPlace<N extends LedgerName> {
  readonly ledger: N;
  readonly file: string;
}

const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0d]);

/**
 * The entries of a segment, in the order of the file: one, but none of a blank line, and several where a line that is not
 * JSON holds a record after a torn one. Never throws.
 */
export function entriesOf<N extends LedgerName>(segment: Segment, place: EntryPlace<N>): TradeLogEntry<N>[] {
  const { offset, end, kind, bytes } = segment;
  const size = end - offset;
  if (kind === 'nul') {
    const message = `${size} NUL bytes stand in place of lines`;
    return [troubleEntry(place, finding('json-syntax', { message, expected: 'lines', actual: message }), segment)];
  }
  if (bytes === null) {
    const details = { expected: `at most ${MAX_LINE_BYTES} bytes`, actual: `${size} bytes` };
    return [troubleEntry(place, finding('line-too-long', details), segment)];
  }
  if (bytes.every((byte) => BLANKS.has(byte))) return [];
  return withTerminator(lineEntries(bytes, offset, place), segment, place);
}

/** The entry that stands for what holds no record. */
export function troubleEntry<N extends LedgerName>(
  place: EntryPlace<N>,
  trouble: Finding,
  span: { readonly offset: number; readonly end: number } | null = null,
): TradeLogEntry<N> {
  const { offset = null, end = null } = span ?? {};
  return { ...place, offset, end, record: null, dialect: null, findings: inPlace([trouble], place) };
}

function lineEntries<N extends LedgerName>(
  bytes: Uint8Array,
  offset: number,
  place: EntryPlace<N>,
): TradeLogEntry<N>[] {
  const whole = { offset, end: offset + bytes.length };
  const parsed = parseJson(bytes);
  if (parsed.ok) return [valueEntry(parsed.value, place, whole)];
  return aroundRecords(bytes, parsed.finding, offset, place);
}

/** The records within a line that is not JSON, and the finding for each stretch between them. */
function aroundRecords<N extends LedgerName>(
  bytes: Uint8Array,
  trouble: Finding,
  offset: number,
  place: EntryPlace<N>,
): TradeLogEntry<N>[] {
  const entries: TradeLogEntry<N>[] = [];
  let done = 0;
  const troubleUntil = (to: number): void => {
    if (to > done) entries.push(troubleEntry(place, trouble, { offset: offset + done, end: offset + to }));
  };
  for (const [from, to] of gluedParts(bytes)) {
    const parsed = parseJson(bytes.subarray(from, to));
    const entry = parsed.ok ? valueEntry(parsed.value, place, { offset: offset + from, end: offset + to }) : null;
    if (entry === null || entry.record === null) continue;
    troubleUntil(from);
    entries.push(entry);
    done = to;
  }
  troubleUntil(bytes.length);
  return entries;
}

function valueEntry<N extends LedgerName>(
  value: unknown,
  place: EntryPlace<N>,
  span: { readonly offset: number; readonly end: number },
): TradeLogEntry<N> {
  const { document, dialect, findings } = interpret(place.ledger, value);
  return { ...place, ...span, record: document, dialect, findings: inPlace(findings, place) };
}

/** A record without its newline is whole, since it ends where its object does. */
function withTerminator<N extends LedgerName>(
  entries: TradeLogEntry<N>[],
  { offset, end, followedBy }: Segment,
  place: EntryPlace<N>,
): TradeLogEntry<N>[] {
  const last = entries.at(-1);
  if (followedBy !== 'end' || last === undefined) return entries;
  const details = { expected: 'a newline', actual: `${end - offset} bytes without a newline` };
  const torn = inPlace([finding('line-unterminated', details)], place);
  return [...entries.slice(0, -1), { ...last, findings: [...torn, ...last.findings] }];
}

function inPlace<N extends LedgerName>(findings: readonly Finding[], { ledger, file }: EntryPlace<N>): Finding[] {
  return placed(findings, { file, surface: ledger });
}
