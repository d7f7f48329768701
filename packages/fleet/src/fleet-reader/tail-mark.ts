import { positionOf } from '../ledger/position.js';
import type { StoredRecord } from '../sink.js';

/** How far a ledger was read: plain JSON data, so that it can be kept. */
export interface TailMark {
  /** Number of the last record in its stream, the generation that it is of, and its offset there; null before the first. */
  readonly last: {
    readonly revision: number;
    readonly generation: string | null;
    readonly offset: number | null;
  } | null;
  /** The offset that was read last of each generation, oldest first. */
  readonly read: readonly (readonly [generation: string, offset: number])[];
}

/** Keeps a mark, and knows by it what was read already: numbers are given anew by a server that has lost its tail. */
export interface TailMarker {
  readonly mark: TailMark;
  /** The record is the one that was read last. */
  isLast(record: StoredRecord): boolean;
  /** The record, or one behind it in its generation, was read. */
  isRead(record: StoredRecord): boolean;
  take(record: StoredRecord): void;
}

export const NO_MARK: TailMark = { last: null, read: [] };
/** More generations than a stream keeps. */
const MAX_GENERATIONS = 1000;

/** Makes a marker that goes on from a mark. */
export function createTailMarker(from: TailMark = NO_MARK): TailMarker {
  const read = new Map(from.read);
  let { last } = from;

  return {
    get mark() {
      return { last, read: [...read] };
    },
    isLast: (record) => {
      const position = positionOf(record);
      return (
        last !== null &&
        record.revision === last.revision &&
        (position?.generation ?? null) === last.generation &&
        (position?.offset ?? null) === last.offset
      );
    },
    isRead: (record) => {
      const position = positionOf(record);
      return position !== null && position.offset <= (read.get(position.generation) ?? -1);
    },
    take: (record) => {
      const position = positionOf(record);
      last = {
        revision: record.revision,
        generation: position?.generation ?? null,
        offset: position?.offset ?? null,
      };
      if (position === null) return;
      read.delete(position.generation);
      read.set(position.generation, position.offset);
      for (const oldest of read.keys()) {
        if (read.size <= MAX_GENERATIONS) break;
        read.delete(oldest);
      }
    },
  };
}
