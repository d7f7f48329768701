import { finding, ledgerNames, registry, show, stateNames } from '@hedge-telemetry/contract/writing';
import type { Finding, LedgerName, LedgerRecords, StateDocuments, StateName } from '@hedge-telemetry/contract';
import { createHealth } from './health.js';
import { createLedgerSink } from './ledger-sink.js';
import { unwatchEnd, watchEnd } from './lifecycle.js';
import { queueBytes } from './options.js';
import type { FlushOptions, WriterOptions } from './options.js';
import { prepare } from './prepare.js';
import type { Appendable, Publishable } from './publishable.js';
import { createRedaction } from './redact/index.js';
import { createReporter } from './reporter.js';
import { createStateSink } from './state-sink.js';
import { byName, createCounters } from './stats.js';
import type { WriterStats } from './stats.js';
import { notTaken } from './taken.js';
import type { Prepare, Reply, Result } from './taken.js';
import { FAILED, OVERTAKEN, REFUSED, UNCHANGED, WRITTEN } from './thread/protocol.js';
import { createThreads, threadCounter } from './threads.js';
import { totalsOf } from './totals.js';

/** What became of a document: `ok` means that it was taken, and will be written. */
export type PublishResult = Reply;

/** What became of a record: `ok` means that it was taken, and will be written. */
export type AppendResult = PublishResult;

/** `ok` means that everything handed over before is in its file, and on disk where the flush was durable. */
export interface FlushResult {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** The executor's side of the contract. Nothing here throws, waits for a disk, or tells the executor what to do. */
export interface Writer {
  /**
   * Checks a state document and hands a snapshot of it over for writing; the caller may change it afterwards. The newest
   * document wins. A document with an error is refused, and the file keeps the last valid one.
   */
  publish<N extends StateName>(surface: N, document: Publishable<StateDocuments[N]>): PublishResult;
  /**
   * Checks a record and hands it over to be appended as one line. Taken records are written in order and never dropped;
   * one that there is no room for is refused with `queue-full`, or goes to the spill file.
   */
  append<N extends LedgerName>(ledger: N, record: Appendable<LedgerRecords[N]>): AppendResult;
  /** Resolves when everything handed over so far is in its file or has failed once; what had failed before is tried again. */
  flush(options?: FlushOptions): Promise<FlushResult>;
  /** Refuses what comes after, flushes, and closes the files. May be called again, to try again what failed. */
  close(): Promise<FlushResult>;
  /** Counters since the writer was created. */
  stats(): WriterStats;
}

/** The surface in which the writer reports on itself. */
const HEALTH = 'execution_health';

/** One surface or ledger: what takes its documents, and counts them. */
type Sink = (document: unknown) => Result;

/**
 * Creates a writer of the telemetry below `dir`. Touches no file, and starts no thread, until something is published or
 * appended. What was accepted is written before the process ends, unless that is by SIGKILL or takes more than 2 s. One
 * writer per directory: a second one is refused the ledgers.
 */
export function createWriter(options: WriterOptions): Writer {
  const { now = systemClock, redaction: redactionOptions, queue = {} } = options;
  const redaction = createRedaction(redactionOptions);
  const counters = createCounters();
  const health = createHealth();
  const report = createReporter((each) => {
    health.note(each, timeOf(now));
    options.onFinding?.(each);
  });
  const threads = createThreads(options, report);
  const general: Prepare = (entry, document) => prepare(entry, document, now, redaction);
  const surfaces = new Map<unknown, Sink>(stateNames.map((name) => [name, stateSink(name)]));
  const healthSink = surfaces.get(HEALTH) as Sink;
  surfaces.set(HEALTH, (document) => healthSink(health.filledIn(document, totals)));
  const ledgers = new Map<unknown, Sink>(ledgerNames.map((name) => [name, ledgerSink(name)]));
  const totals = () => totalsOf(counters, threads);
  let closed = false;
  const ending = { drain };
  watchEnd(ending);

  function stateSink(name: StateName): Sink {
    const counts = counters.surfaces[name];
    const sink = createStateSink({
      entry: registry[name],
      thread: threads.state,
      now,
      prepare: general,
      overtaken: () => (counts.coalesced += 1),
    });
    return (document) => {
      const result = closed ? afterClose(name) : guarded(name, () => sink.publish(document));
      counts[result.fate === 'taken' ? 'published' : 'refused'] += 1;
      counts.nonFinite += result.nonFinite;
      return result;
    };
  }

  function ledgerSink(name: LedgerName): Sink {
    const counts = counters.ledgers[name];
    const sink = createLedgerSink({
      entry: registry[name],
      thread: threads.ledger,
      spill: threads.spill,
      capacity: queueBytes(queue),
      now,
      prepare: general,
    });
    return (record) => {
      const result = closed ? afterClose(name) : guarded(name, () => sink.append(record));
      counts[result.fate === 'taken' ? 'appended' : result.fate] += 1;
      if (result.fate === 'spilled') counts.appended += 1;
      counts.nonFinite += result.nonFinite;
      return result;
    };
  }

  function handOver(sink: Sink | undefined, name: unknown, input: unknown): PublishResult {
    if (sink === undefined) return { ok: false, findings: [report(unknownSurface(name))] };
    const { reply } = sink(input);
    for (const each of reply.findings) report(each);
    return reply;
  }

  async function flush({ durable = false }: FlushOptions = {}): Promise<FlushResult> {
    const findings = (await Promise.all(threads.all.map((thread) => thread.flush(durable)))).flat();
    return { ok: findings.length === 0, findings };
  }

  function drain(milliseconds: number): void {
    const until = performance.now() + milliseconds;
    // All of them are asked first, so that one whose disk hangs does not use up the time of the others.
    const draining = threads.all.map((thread) => thread.drain());
    for (const each of draining) each.wait(Math.max(0, until - performance.now()));
  }

  async function close(): Promise<FlushResult> {
    closed = true;
    const result = await flush({ durable: true });
    if (!result.ok) return result;
    await Promise.all(threads.all.map((thread) => thread.end()));
    unwatchEnd(ending);
    return result;
  }

  function stats(): WriterStats {
    const { state, ledger } = threads;
    return {
      surfaces: byName(stateNames, (name) => ({
        ...counters.surfaces[name],
        coalesced: counters.surfaces[name].coalesced + threadCounter(state, name, OVERTAKEN),
        unchanged: threadCounter(state, name, UNCHANGED),
        written: threadCounter(state, name, WRITTEN),
        withheld: threadCounter(state, name, REFUSED),
        failed: threadCounter(state, name, FAILED),
      })),
      ledgers: byName(ledgerNames, (name) => ({
        ...counters.ledgers[name],
        written: threadCounter(ledger, name, WRITTEN),
        withheld: threadCounter(ledger, name, REFUSED),
        failed: threadCounter(ledger, name, FAILED),
      })),
    };
  }

  return {
    publish: (surface, document) => handOver(surfaces.get(surface), surface, document),
    append: (ledger, record) => handOver(ledgers.get(ledger), ledger, record),
    flush,
    close,
    stats,
  };
}

/** Of a clock that has no time, that of the system. */
function timeOf(now: () => number): number {
  try {
    const seconds = now();
    return seconds >= 0 ? seconds : systemClock();
  } catch {
    return systemClock();
  }
}

function systemClock(): number {
  return Date.now() / 1000;
}

/** Nothing is thrown at the executor, a want of memory included. */
function guarded(name: StateName | LedgerName, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const actual = error instanceof Error ? error.name : 'an unknown error';
    const said = finding('hand-over-failed', { surface: name, expected: 'memory to hand it over in', actual });
    return notTaken([said], 0, 'refused');
  }
}

function afterClose(name: StateName | LedgerName): Result {
  return notTaken([finding('writer-closed', { surface: name })], 0, 'refused');
}

function unknownSurface(name: unknown): Finding {
  return finding('unknown-surface', { expected: 'a name of the registry', actual: shownName(name) });
}

function shownName(name: unknown): string {
  try {
    return show(name);
  } catch {
    return 'a value that throws when it is read';
  }
}
