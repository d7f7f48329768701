import path from 'node:path';
import { registry } from '@hedge-telemetry/contract/writing';
import type { Finding, StateName } from '@hedge-telemetry/contract';
import { createSink } from '@hedge-telemetry/contract/encoding';
import { removeLeftovers } from '../disk/leftovers.js';
import { createStateTarget } from '../disk/state-target.js';
import { createSlotReader } from '../hand-off/slots.js';
import type { SlotMemory, SlotReader } from '../hand-off/slots.js';
import { createAttempts } from './attempts.js';
import type { Tools } from './tools.js';
import { FAILED, OVERTAKEN, REFUSED, UNCHANGED, WRITTEN } from './protocol.js';
import type { Desk } from './loop.js';

/** A desk that gets surfaces as they are published first. */
export interface StateDesk extends Desk {
  /** Takes memory of a surface, in place of what was there before. */
  take(surface: StateName, memory: SlotMemory): void;
}

/** One state file. */
interface StateFile {
  follow(slots: SlotReader): void;
  /** Writes the newest document, where it is time to; true where there was one. */
  work(now: number): boolean;
  /** Writes the newest document, however recently that failed; what could not be done. */
  settle(durable: boolean): Finding | null;
  idle(now: number): number;
}

const LONG = 60_000;

/** Writes state files: of each the newest document, whole. */
export function createStateDesk(tools: Tools): StateDesk {
  const files = new Map<StateName, StateFile>();
  let swept = false;

  /** Temporary files of a writer that was killed are removed before the first of ours is made. */
  function sweep(surface: StateName): void {
    if (swept) return;
    swept = true;
    const place = path.dirname(registry[surface].file);
    const { dir, shown } = tools.data;
    tools.say(removeLeftovers({ directory: path.join(dir, place), shown: path.join(shown, place) }));
  }

  return {
    take(surface, memory) {
      sweep(surface);
      const file = files.get(surface) ?? createStateFile(surface, tools);
      files.set(surface, file);
      file.follow(createSlotReader(memory));
    },
    work(now) {
      let worked = false;
      for (const file of files.values()) worked = file.work(now) || worked;
      return worked;
    },
    settle: (durable) => [...files.values()].flatMap((file) => file.settle(durable) ?? []),
    idle: (now) => Math.min(LONG, ...[...files.values()].map((file) => file.idle(now))),
    close() {},
  };
}

function createStateFile(surface: StateName, tools: Tools): StateFile {
  const { data, say, count, reviewer } = tools;
  const entry = registry[surface];
  const place = { file: path.join(data.dir, entry.file), shown: path.join(data.shown, entry.file), surface };
  const target = createStateTarget({ ...place, mode: data.mode });
  const review = reviewer(entry);
  const attempts = createAttempts(say);
  const sink = createSink();
  /** All memory that the surface has had, the present one last: a document may have been taken from any of it. */
  const known: SlotReader[] = [];
  /** The sink holds a document that is not in the file. */
  let waiting = false;

  function read(): boolean {
    const taken = known.at(-1)?.take() ?? null;
    if (taken === null) return false;
    if (waiting || taken.overtook) count(surface, OVERTAKEN, 1);
    settle(known.slice(0, -1));
    sink.at = 0;
    waiting = review.put({ ...taken, at: 0, end: taken.length }, sink);
    if (waiting) return true;
    count(surface, REFUSED, 1);
    settle(known);
    return true;
  }

  function put(now: number): Finding | null {
    const { outcome, finding } = target.put(sink.bytes, sink.at);
    if (outcome === 'failed') {
      count(surface, FAILED, 1);
      attempts.failed(finding, now);
      return finding;
    }
    waiting = false;
    settle(known);
    count(surface, outcome === 'written' ? WRITTEN : UNCHANGED, 1);
    attempts.succeeded();
    if (finding !== null) say([finding]);
    return finding;
  }

  return {
    follow(next) {
      read();
      known.push(next);
    },
    work(now) {
      const fresh = read();
      if (!waiting || !attempts.due(now)) return fresh;
      put(now);
      return true;
    },
    settle(durable) {
      read();
      const failed = waiting ? put(performance.now()) : null;
      if (failed !== null || !durable) return failed;
      const unsynced = target.sync();
      if (unsynced !== null) say([unsynced]);
      return unsynced;
    },
    idle: (now) => (waiting ? attempts.wait(now) : Infinity),
  };
}

/** What was taken needs not be taken again, should this thread end. */
function settle(readers: readonly SlotReader[]): void {
  for (const each of readers) each.settle();
}
