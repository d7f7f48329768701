import { includeOf } from './include.js';
import { startLoop } from './loop.js';
import type { Loop } from './loop.js';
import { createPasses } from './pass.js';
import type { PassMode, PassResult } from './pass.js';
import type { SyncReport } from './report.js';

/** How to mirror. */
export interface SyncOptions {
  /** Directory that the executor writes: `state/` and `execution/` are below it. */
  readonly from: string;
  /** Directory of the mirror; made where it is missing. */
  readonly to: string;
  /** Longest time between two passes after `start()`, in milliseconds; changes are followed sooner. 100 by default. */
  readonly intervalMs?: number;
  /** The clock, in seconds since 1970. */
  readonly now?: () => number;
  /** Remove partial files from the source that a crashed writer left there more than a minute ago. True by default. */
  readonly cleanSource?: boolean;
  /**
   * Files that the contract does not know and that are mirrored all the same: paths below `from`, of files or of
   * directories, and patterns with `*`, `**` and `?`. None by default.
   */
  readonly include?: readonly string[];
  /** Withhold a document of which single fields are invalid, though the others could be read. False by default. */
  readonly strict?: boolean;
  /** How long a document that is not whole or not valid may take to become so before it counts, in milliseconds. 100 by default. */
  readonly patienceMs?: number;
  /**
   * Size from which on a mirrored ledger is put aside as a segment when the source begins a new file, in bytes. 256 MiB
   * by default; Infinity never puts one aside.
   */
  readonly segmentBytes?: number;
  /** Gets the report of every pass. What it throws becomes a process warning and stops nothing. */
  readonly onPass?: (report: SyncReport) => void;
}

/** A mirror of one directory. */
export interface Sync {
  /** Mirrors everything there is, once. Never rejects: what goes wrong is in the report. */
  once(): Promise<SyncReport>;
  /** Follows the source until `stop()`, and keeps the process alive. Does nothing when already started. */
  start(): void;
  /** Resolves once the pass under way is done and what it wrote is on disk. */
  stop(): Promise<void>;
}

const DEFAULT_INTERVAL_MS = 100;
const DEFAULT_PATIENCE_MS = 100;
const DEFAULT_SEGMENT_BYTES = 256 * 1024 * 1024;
const LONGEST_INTERVAL_MS = 2 ** 31 - 1;
const ALL: PassMode = { ledgerBytes: Infinity, isPatient: true };
/** While the mirror follows the source, a ledger that has far to go must not hold up the others. */
const FOLLOWING: PassMode = { ledgerBytes: 4 * 1024 * 1024, isPatient: false };

/**
 * Makes a mirror of the files of the contract: bytes, never values. State files are validated and put in place
 * atomically; ledgers are continued line by line, through everything that they are rotated to. Only one process may
 * mirror into a directory at a time. Throws a TypeError where `include` leads out of the source.
 */
export function createSync(options: SyncOptions): Sync {
  const { from, to, now = () => Date.now() / 1000, cleanSource = true, strict = false, onPass } = options;
  const { patienceMs = DEFAULT_PATIENCE_MS, segmentBytes = DEFAULT_SEGMENT_BYTES } = options;
  const include = includeOf(options.include ?? []);
  const intervalMs = intervalOf(options.intervalMs);
  const passes = createPasses({ from, to, now, cleanSource, include, strict, patienceMs, segmentBytes });
  let latest: Promise<unknown> = Promise.resolve();
  let loop: Loop | null = null;

  return {
    once: async () => (await run(ALL)).report,
    start: () => {
      loop ??= startLoop({
        run: async () => (await run(FOLLOWING)).more,
        hint: (file) => passes.hint(file, FOLLOWING),
        intervalMs,
        root: from,
        directories: passes.directories,
      });
    },
    stop: async () => {
      const stopping = loop?.stop();
      loop = null;
      await stopping;
      await inTurn(passes.rest);
    },
  };

  function run(mode: PassMode): Promise<PassResult> {
    return inTurn(async () => announce(await passes.run(mode)));
  }

  /** Passes never overlap: each one waits for the one before. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = latest.then(work);
    // One that failed must not stop those after it.
    latest = next.catch(() => undefined);
    return next;
  }

  function announce(result: PassResult): PassResult {
    try {
      onPass?.(result.report);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
    return result;
  }
}

function intervalOf(given: number | undefined): number {
  if (given === undefined || !Number.isFinite(given) || given <= 0) return DEFAULT_INTERVAL_MS;
  return Math.min(given, LONGEST_INTERVAL_MS);
}
