import path from 'node:path';
import { finding, ledgerNames, registry, show, stateNames } from '@hedge-telemetry/contract';
import type {
  Finding,
  LedgerName,
  LedgerRecords,
  StateDocuments,
  StateName,
  SurfaceEntry,
  SurfaceName,
} from '@hedge-telemetry/contract';
import { createLane } from './lane.js';
import { createLedgerFile } from './ledger-files.js';
import type { LedgerFile } from './ledger-files.js';
import { prepare } from './prepare.js';
import type { Prepared } from './prepare.js';
import type { Appendable, Publishable } from './publishable.js';
import { createRedaction } from './redact/index.js';
import type { RedactorOptions } from './redact/index.js';
import { createReporter } from './reporter.js';
import { createStateFile } from './state-files.js';
import type { StateFile } from './state-files.js';
import { createCounters } from './stats.js';
import type { WriterStats } from './stats.js';
import { writeFailed } from './write-failed.js';

/** Where and how a writer writes. */
export interface WriterOptions {
  /** The logs directory: `state/` and `execution/` lie below it and are made on demand. */
  readonly dir: string;
  /** The current time in seconds since 1970; the system's clock by default. */
  readonly now?: () => number;
  /** Hears every finding as it arises: those that publish() and append() return, and `write-failed` of later. What it throws is ignored. */
  readonly onFinding?: (finding: Finding) => void;
  /** What counts as a secret, besides the values of this process's sensitive environment variables and the known formats. */
  readonly redaction?: RedactorOptions;
}

/** What became of a document: `ok` means that it was taken, and will be written. */
export interface PublishResult {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** What became of a record: `ok` means that it was taken, and will be written. */
export type AppendResult = PublishResult;

/** `ok` means that everything handed over before is on disk. */
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
  /** Checks a record and hands it over to be appended as one line. Taken lines are written in order and never dropped. */
  append<N extends LedgerName>(ledger: N, record: Appendable<LedgerRecords[N]>): AppendResult;
  /** Resolves when everything handed over so far is on disk or has failed once; what had failed before is tried again. */
  flush(): Promise<FlushResult>;
  /** Refuses what comes after, flushes, and closes the files. May be called again, to try again what failed. */
  close(): Promise<FlushResult>;
  /** Counters since the writer was created. */
  stats(): WriterStats;
}

/** One surface or ledger: what it is, what was counted, and the file it goes to. */
interface Sink {
  readonly entry: SurfaceEntry;
  readonly file: StateFile | LedgerFile;
  count(taken: boolean, nonFinite: number): void;
}

/**
 * Creates a writer of the telemetry below `dir`. Touches no file until something is published or appended. One writer
 * per directory: two of them would take turns at the same state files.
 */
export function createWriter({ dir, now = systemClock, onFinding, redaction }: WriterOptions): Writer {
  const rules = createRedaction(redaction);
  const counters = createCounters();
  const report = createReporter(onFinding);
  const stateLane = createLane();
  const ledgerLane = createLane();
  const surfaces = new Map<unknown, Sink>(stateNames.map((name) => [name, stateSink(name)]));
  const ledgerFiles = new Map(ledgerNames.map((name) => [name, ledgerFile(name)]));
  const ledgers = new Map<unknown, Sink>([...ledgerFiles].map(([name, file]) => [name, ledgerSink(name, file)]));
  let closed = false;

  function stateSink(name: StateName): Sink {
    const counting = counters.surfaces[name];
    return {
      entry: registry[name],
      file: createStateFile({ ...placeOf(name), lane: stateLane, counters: counting }),
      count(taken, nonFinite) {
        counting[taken ? 'published' : 'refused'] += 1;
        counting.nonFinite += nonFinite;
      },
    };
  }

  function ledgerFile(name: LedgerName): LedgerFile {
    return createLedgerFile({ ...placeOf(name), lane: ledgerLane, counters: counters.ledgers[name] });
  }

  function ledgerSink(name: LedgerName, file: LedgerFile): Sink {
    const counting = counters.ledgers[name];
    return {
      entry: registry[name],
      file,
      count(taken, nonFinite) {
        counting[taken ? 'appended' : 'refused'] += 1;
        counting.nonFinite += nonFinite;
      },
    };
  }

  function placeOf(name: SurfaceName): { file: string; failed: (error: unknown) => Finding } {
    const shown = path.join(dir, registry[name].file);
    return { file: path.resolve(shown), failed: (error) => report(writeFailed(name, shown, error)) };
  }

  function handOver(sink: Sink | undefined, name: unknown, input: unknown): PublishResult {
    if (sink === undefined) return { ok: false, findings: [report(unknownSurface(name))] };
    const { text, findings, nonFinite } = closed ? afterClose(sink.entry) : prepare(sink.entry, input, now, rules);
    sink.count(text !== null, nonFinite);
    if (text !== null) sink.file.hand(text);
    for (const each of findings) report(each);
    return { ok: text !== null, findings };
  }

  async function flush(): Promise<FlushResult> {
    const sinks = [...surfaces.values(), ...ledgers.values()];
    const findings = (await Promise.all(sinks.map(({ file }) => file.settle()))).flat();
    return { ok: findings.length === 0, findings };
  }

  return {
    publish: (surface, document) => handOver(surfaces.get(surface), surface, document),
    append: (ledger, record) => handOver(ledgers.get(ledger), ledger, record),
    flush,
    async close() {
      closed = true;
      const result = await flush();
      await Promise.all([...ledgerFiles.values()].map((file) => file.close()));
      return result;
    },
    stats: () => structuredClone(counters),
  };
}

function systemClock(): number {
  return Date.now() / 1000;
}

function afterClose({ name }: SurfaceEntry): Prepared {
  return { text: null, findings: [finding('writer-closed', { surface: name })], nonFinite: 0 };
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
