import { finding, interpret, MAX_LINE_BYTES, parseJson, placed } from '@hedge-telemetry/contract';
import type { Finding, LedgerName, LedgerRecords } from '@hedge-telemetry/contract';
import type { Line } from './lines.js';

/** One line of a ledger, understood or not. */
export interface LedgerEntry<N extends LedgerName = LedgerName> {
  readonly ledger: N;
  /** Line of the file, counted from 1; null where reading did not start at the beginning of the file. */
  readonly line: number | null;
  /** Byte offset of the line. */
  readonly offset: number;
  /** Byte offset after the line's newline: `from` of a later tail that goes on here. */
  readonly end: number;
  /** The canonical record, migrated where the line was in a legacy dialect; null where it is not wholly understood. */
  readonly record: LedgerRecords[N] | null;
  /** The text of the line; null where it is too long, not UTF-8, or there is none. */
  readonly raw: string | null;
  /** "canonical", the name of a legacy dialect, or null where the line is not recognised. */
  readonly dialect: string | null;
  /** Version of the contract that the record is in; null where it is not understood. */
  readonly version: string | null;
  readonly findings: readonly Finding[];
}

/** Where a line stands. */
export interface LinePlace<N extends LedgerName> {
  readonly ledger: N;
  readonly file: string;
  readonly line: number | null;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The entry of a complete line. Never throws. */
export function lineEntry<N extends LedgerName>({ offset, end, bytes }: Line, place: LinePlace<N>): LedgerEntry<N> {
  if (bytes === null) {
    const actual = `${end - offset} bytes`;
    return brokenEntry({ offset, end }, null, place, [
      finding('line-too-long', { expected: `at most ${MAX_LINE_BYTES} bytes`, actual }),
    ]);
  }
  const raw = decoded(bytes);
  const parsed = parseJson(raw ?? bytes);
  if (!parsed.ok) return brokenEntry({ offset, end }, raw, place, [parsed.finding]);
  const { document, dialect, version, findings } = interpret(place.ledger, parsed.value);
  return {
    ledger: place.ledger,
    line: place.line,
    offset,
    end,
    record: document,
    raw,
    dialect,
    version,
    findings: findings.length === 0 ? findings : inPlace(findings, place),
  };
}

/** The entry of what follows the last newline. */
export function unterminatedEntry<N extends LedgerName>(rest: Line, place: LinePlace<N>): LedgerEntry<N> {
  const actual = `${rest.end - rest.offset} bytes without a newline`;
  const raw = rest.bytes === null ? null : decoded(rest.bytes);
  return brokenEntry(rest, raw, place, [finding('line-unterminated', { expected: 'a newline', actual })]);
}

/** The entry that stands for what could not be read at all. */
export function brokenEntry<N extends LedgerName>(
  { offset, end }: Pick<Line, 'offset' | 'end'>,
  raw: string | null,
  place: LinePlace<N>,
  findings: readonly Finding[],
): LedgerEntry<N> {
  return {
    ledger: place.ledger,
    line: place.line,
    offset,
    end,
    record: null,
    raw,
    dialect: null,
    version: null,
    findings: inPlace(findings, place),
  };
}

function inPlace<N extends LedgerName>(findings: readonly Finding[], { ledger, file, line }: LinePlace<N>): Finding[] {
  return placed(findings, { file, surface: ledger, ...(line === null ? {} : { line }) });
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
