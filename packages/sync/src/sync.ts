import { dirname, join } from 'node:path';

import { registry } from '@hedge-telemetry/contract';

import { startLoop } from './loop.js';
import type { Loop } from './loop.js';
import { createPass } from './pass.js';
import type { PassResult } from './pass.js';
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
  /** Gets the report of every pass. What it throws becomes a process warning and stops nothing. */
  readonly onPass?: (report: SyncReport) => void;
}

/** A mirror of one directory. */
export interface Sync {
  /** Mirrors everything there is, once. Never rejects: what goes wrong is in the report. */
  once(): Promise<SyncReport>;
  /** Follows the source until `stop()`, and keeps the process alive. Does nothing when already started. */
  start(): void;
  /** Resolves once the pass under way is done. */
  stop(): Promise<void>;
}

const DEFAULT_INTERVAL_MS = 100;
const LONGEST_INTERVAL_MS = 2 ** 31 - 1;
/** While the mirror follows the source, a ledger that has far to go must not hold up the state files. */
const LEDGER_BYTES_WHILE_FOLLOWING = 8 * 1024 * 1024;

const directories: readonly string[] = [...new Set(Object.values(registry).map(({ file }) => dirname(file)))];

/**
 * Makes a mirror of the files of the contract: bytes, never values. State files are validated and put in place
 * atomically; ledgers are continued line by line. Only one process may mirror into a directory at a time.
 */
export function createSync(options: SyncOptions): Sync {
  const { from, to, now = () => Date.now() / 1000, cleanSource = true, onPass } = options;
  const intervalMs = intervalOf(options.intervalMs);
  const pass = createPass({ from, to, now, cleanSource });
  let latest: Promise<unknown> = Promise.resolve();
  let loop: Loop | null = null;

  return {
    once: async () => (await run(Infinity)).report,
    start: () => {
      loop ??= startLoop({
        run: async () => (await run(LEDGER_BYTES_WHILE_FOLLOWING)).more,
        intervalMs,
        directories: directories.map((each) => join(from, each)),
      });
    },
    stop: async () => {
      const stopping = loop?.stop();
      loop = null;
      await stopping;
      await latest;
    },
  };

  /** Passes never overlap: each one waits for the one before. */
  function run(ledgerBytes: number): Promise<PassResult> {
    const next = latest.then(() => pass(ledgerBytes)).then(announce);
    latest = next;
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
