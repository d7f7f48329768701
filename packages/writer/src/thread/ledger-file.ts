import path from 'node:path';
import { registry } from '@hedge-telemetry/contract/writing';
import type { Finding, LedgerName } from '@hedge-telemetry/contract';
import { createSink } from '@hedge-telemetry/contract/encoding';
import type { Housekeeping } from '../disk/housekeeping.js';
import { createLedgerTarget } from '../disk/ledger-target.js';
import type { RingReader } from '../hand-off/ring.js';
import { createAttempts } from './attempts.js';
import { FAILED, REFUSED, WRITTEN } from './protocol.js';
import type { Tools } from './tools.js';

/** One ledger, from its queue to its file. */
export interface LedgerFile {
  /** Writes a batch, or puts on disk what is due; true where there was something to do. */
  work(now: number): boolean;
  /** Writes all that waits, however recently that failed, and where it is to be durable puts it on disk. */
  settle(durable: boolean): readonly Finding[];
  idle(now: number): number;
  /** Shows that the writer of this ledger lives. */
  tick(): void;
  close(): void;
}

/** A batch is closed once it is this long, in bytes. */
const BATCH = 256 * 1024;
const LOCKED = 'ledger-locked';

/**
 * Lines leave the queue when they are in the file, so that the queue holds whatever a failure or the end of this thread
 * leaves unwritten.
 */
export function createLedgerFile(
  ledger: LedgerName,
  queue: RingReader,
  housekeeping: Housekeeping,
  { data, say, count, reviewer }: Tools,
): LedgerFile {
  const entry = registry[ledger];
  const relative = entry.file.replace(/\.jsonl$/, data.suffix);
  const inPlace = data.suffix === '.jsonl' ? relative : path.basename(relative);
  const place = { file: path.join(data.dir, inPlace), shown: path.join(data.shown, inPlace), surface: ledger };
  const target = createLedgerTarget({
    ...place,
    say: (finding) => say([finding]),
    now: () => Date.now() / 1000,
    mode: data.mode,
    rotation: data.rotation,
    held: () => housekeeping.begin(place),
    rotated: (segment) => housekeeping.rotated(place, segment),
    token: data.token,
  });
  const review = reviewer(entry);
  const attempts = createAttempts(say);
  const sink = createSink();
  /** Where each line of the sink ends, and what of the queue it gives back. */
  const ends: number[] = [];
  const positions: number[] = [];
  /** Bytes and lines at the start of the sink that are in the file. */
  let written = 0;
  let done = 0;
  let unsyncedSince = Infinity;
  /** A failed sync that no durable flush has told of: the system tells of it once, and a later success does not mend it. */
  let doubt: Finding | null = null;

  /** Reads a batch of what lies before `goal`, once the one before is in the file; true where there are lines to write. */
  function fill(goal: number): boolean {
    if (done < ends.length) return true;
    sink.at = 0;
    written = 0;
    done = 0;
    ends.length = 0;
    positions.length = 0;
    while (sink.at < BATCH && queue.next(goal)) {
      if (!review.put(queue, sink)) count(ledger, REFUSED, 1);
      ends.push(sink.at);
      positions.push(queue.position);
    }
    return ends.length > 0;
  }

  function write(now: number): Finding | null {
    const { bytes, lines, failure } = target.write(sink.bytes.subarray(written, sink.at));
    written += bytes;
    while (done < ends.length && (ends[done] as number) <= written) done += 1;
    count(ledger, WRITTEN, lines);
    if (done > 0) queue.release(positions[done - 1] as number);
    if (bytes > 0) unsyncedSince = Math.min(unsyncedSince, now);
    queue.refuse(failure?.rule === LOCKED);
    if (failure === null) attempts.succeeded();
    else {
      count(ledger, FAILED, 1);
      attempts.failed(failure, now);
    }
    return failure;
  }

  function sync(): void {
    unsyncedSince = Infinity;
    const failure = target.sync();
    if (failure !== null) say([failure]);
    doubt ??= failure;
  }

  return {
    work(now) {
      if (now >= unsyncedSince + data.syncEvery) {
        sync();
        return true;
      }
      if (!attempts.due(now) || !fill(queue.head())) return false;
      write(now);
      return true;
    },
    settle(durable) {
      // What is handed over meanwhile is left: a caller that never pauses must not keep a flush waiting for ever.
      const goal = queue.head();
      while (fill(goal)) {
        const failure = write(performance.now());
        if (failure !== null) return [failure];
      }
      if (!durable) return [];
      sync();
      const unsynced = doubt;
      doubt = null;
      return unsynced === null ? [] : [unsynced];
    },
    idle: (now) => Math.min(attempts.wait(now), Math.max(0, unsyncedSince + data.syncEvery - now)),
    tick: () => target.tick(),
    close() {
      const unsynced = target.close();
      if (unsynced !== null) say([unsynced]);
    },
  };
}
