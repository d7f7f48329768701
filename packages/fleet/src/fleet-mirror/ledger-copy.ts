import { join, posix } from 'node:path';
import { finding, registry } from '@hedge-telemetry/contract';
import type { Finding, LedgerName } from '@hedge-telemetry/contract';
import { ensureDirectory, lookAt } from '@hedge-telemetry/sync';
import { createTailMarker } from '../fleet-reader/tail-mark.js';
import type { TailMarker } from '../fleet-reader/tail-mark.js';
import { HEADER } from '../headers.js';
import { NO_GENERATION, positionOf } from '../ledger/position.js';
import type { LedgerPosition } from '../ledger/position.js';
import type { StoredRecord } from '../sink.js';
import { readCursor, writeCursor } from './cursor.js';
import type { NextLine } from './cursor.js';
import { openMirroredFile } from './mirrored-file.js';
import type { MirroredFile } from './mirrored-file.js';

/** The copy of one ledger of one executor, open to be continued. */
export interface LedgerCopy {
  /** What the copy holds; to be moved behind each record that was added. */
  readonly marker: TailMarker;
  /** Why the copy cannot be continued: it is not what was written. Null where it can. */
  readonly trouble: Finding | null;
  /** Adds the line of a record, if it has one, and says what is wrong with its place. Throws where it cannot be written. */
  add(record: StoredRecord): { readonly isLine: boolean; readonly findings: readonly Finding[] };
  /** Puts the cursor in place, once the lines are on the disk. Rejects where that fails. */
  save(): Promise<void>;
  /** Saves and closes. */
  close(): Promise<void>;
}

/** Directory of a mirrored executor that holds the cursors. */
export const CURSORS = '.fleet';

/** Opens a copy below `to`. Its cursor may be older than the file, never younger. Throws where it cannot be read or made. */
export function openLedgerCopy(to: string, executor: string, ledger: LedgerName): LedgerCopy {
  const file = posix.join(executor, registry[ledger].file);
  const cursors = posix.join(executor, CURSORS);
  const cursorPath = join(to, cursors, `${ledger}.json`);
  // A ledger that was moved away is built anew.
  const cursor = lookAt(join(to, file)).state === 'missing' ? null : readCursor(cursorPath);
  const marker = createTailMarker(cursor?.mark);
  let mirrored: MirroredFile | null = null;
  let next = cursor?.next ?? null;
  let isSaved = true;
  let saving: Promise<void> = Promise.resolve();
  let trouble =
    cursor === null || open().tail() === cursor.tail ? null : diverged(`other bytes before byte ${cursor.bytes}`);

  return {
    marker,
    get trouble() {
      return trouble;
    },
    add,
    save,
    close: async () => {
      try {
        await save();
      } finally {
        mirrored?.close();
      }
    },
  };

  function open(): MirroredFile {
    if (mirrored !== null) return mirrored;
    const obstacle = ensureDirectory(to, posix.dirname(file)) ?? ensureDirectory(to, cursors);
    if (obstacle !== null) throw new Error(obstacle);
    mirrored = openMirroredFile(join(to, file), cursor?.bytes ?? 0);
    return mirrored;
  }

  function add(record: StoredRecord): { isLine: boolean; findings: Finding[] } {
    const position = positionOf(record);
    if (position === null) return { isLine: false, findings: [] };
    const findings: Finding[] = [];
    const isLine = record.headers[HEADER.bookmark] === undefined;
    if (isLine) {
      if (next !== null && !continues(position, next)) findings.push(gap(position, next));
      const { end } = open();
      if (!open().append(record.bytes)) {
        trouble = diverged(`other bytes at byte ${end}`);
        return { isLine: false, findings: [trouble] };
      }
    }
    next = nextLine(position);
    isSaved = false;
    return { isLine, findings };
  }

  function save(): Promise<void> {
    saving = saving.catch(() => undefined).then(saveNow);
    return saving;
  }

  async function saveNow(): Promise<void> {
    if (isSaved) return;
    isSaved = true;
    const held = mirrored;
    const now = { bytes: held?.end ?? 0, tail: held?.tail() ?? '', next, mark: marker.mark };
    try {
      const obstacle = held === null ? ensureDirectory(to, cursors) : null;
      await held?.flush();
      const failure = obstacle ?? (await writeCursor(cursorPath, now));
      if (failure !== null) throw new Error(failure);
    } catch (error) {
      isSaved = false;
      throw error;
    }
  }

  function diverged(actual: string): Finding {
    const expected = 'the lines of the stream, as they were mirrored';
    return finding('remote-mirror-diverged', { surface: ledger, file: join(to, file), expected, actual });
  }

  function gap({ generation, offset }: LedgerPosition, expected: NextLine): Finding {
    return finding('remote-gap', {
      surface: ledger,
      file: join(to, file),
      message: 'Lines are missing between two that were mirrored: the stream had dropped them, or never got them.',
      expected: `a line at byte ${expected.offset} of generation ${expected.generation}, or the generation behind it`,
      actual: `a line at byte ${offset} of generation ${generation}`,
      fix: 'Let the mirror run more often than the stream drops its oldest records; see the findings of the sync.',
    });
  }
}

function continues({ generation, previous, offset }: LedgerPosition, next: NextLine): boolean {
  if (generation === next.generation && offset === next.offset) return true;
  return offset === 0 && previous === next.generation;
}

function nextLine({ generation, offset, length }: LedgerPosition): NextLine | null {
  return generation === NO_GENERATION ? null : { generation, offset: offset + length };
}
