import { createHash } from 'node:crypto';
import { ledgerNames } from '@hedge-telemetry/contract';
import type { LedgerName } from '@hedge-telemetry/contract';

/** A place between two lines of a ledger. It goes on naming the same place after the file was rotated. */
export interface Position {
  /** Which file: a fingerprint of its first line. Null, with offset 0, stands before the first line of all files. */
  readonly generation: string | null;
  /** Bytes before the place. */
  readonly offset: number;
}

/** Before everything that a ledger holds or ever held. */
export const START: Position = { generation: null, offset: 0 };

/** The position of every ledger at one moment. */
export type Positions = Readonly<Record<LedgerName, Position>>;

const POSITION = /^(none|[0-9a-f]{16})\.(\d{1,15})$/;
const NO_GENERATION = 'none';
/** Servers that know other ledgers must not take an id apart wrongly. */
const STREAM_VERSION = `1${fingerprint(ledgerNames.join(' ')).slice(0, 6)}`;

/** The generation of a file whose first line is this. */
export function fingerprint(firstLine: string): string {
  return createHash('sha256').update(firstLine).digest('hex').slice(0, 16);
}

export function positionText({ generation, offset }: Position): string {
  return `${generation ?? NO_GENERATION}.${offset}`;
}

/** The position that a text names; null where it names none. */
export function parsePosition(text: string): Position | null {
  const [, generation, offset] = POSITION.exec(text) ?? [];
  if (generation === undefined || offset === undefined) return null;
  return { generation: generation === NO_GENERATION ? null : generation, offset: Number(offset) };
}

export function isSamePosition(one: Position, other: Position): boolean {
  return one.generation === other.generation && one.offset === other.offset;
}

/** The `id:` of the event stream: where every ledger stands. */
export function streamId(positions: Positions): string {
  return [STREAM_VERSION, ...ledgerNames.map((ledger) => positionText(positions[ledger]))].join(':');
}

/** The positions in an `id:`; null where it is not one of ours. */
export function parseStreamId(text: string): Positions | null {
  const [version, ...parts] = text.split(':');
  const parsed = parts.map(parsePosition);
  if (version !== STREAM_VERSION || parsed.length !== ledgerNames.length) return null;
  const positions: Partial<Record<LedgerName, Position>> = {};
  for (const [index, ledger] of ledgerNames.entries()) {
    const position = parsed[index];
    if (position === null || position === undefined) return null;
    positions[ledger] = position;
  }
  return positions as Positions;
}
