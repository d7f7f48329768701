import { setTimeout as delay } from 'node:timers/promises';
import type { Finding, RiskMode } from '@hedge-telemetry/contract';
import type { Activity } from './activity.js';
import { publishAll } from './documents/publish-all.js';
import { DEFAULT_SYMBOLS } from './options.js';
import type { PaperExecutorOptions } from './options.js';
import { appendAll } from './records/append-all.js';
import { createSettings } from './settings.js';
import { createWorld } from './world.js';

/** Things that happened, by number. */
export interface Tally {
  /** Orders that the exchange answered, refused ones included. */
  readonly orders: number;
  readonly fills: number;
  readonly cancels: number;
  readonly vetoes: number;
  readonly errors: number;
}

/** What one loop did. */
export interface StepSummary extends Tally {
  /** Number of the loop, counted from 1. */
  readonly step: number;
  /** Seconds since 1970. */
  readonly at: number;
  /** The loop was the first of a new process. */
  readonly restarted: boolean;
  /** USD; null while it is not known. */
  readonly nav: number | null;
  readonly riskMode: RiskMode;
  /** Findings of the writer on this loop's documents and records. */
  readonly findings: readonly Finding[];
}

/** What a run did. */
export interface RunSummary extends Tally {
  readonly steps: number;
  readonly restarts: number;
  /** Everything was accepted by the writer and is on disk. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** A simulated executor that publishes every surface and appends to every ledger. */
export interface PaperExecutor {
  /** Runs one loop and hands its telemetry to the writer. */
  step(): StepSummary;
  /** Runs loops at the given rate until `signal` aborts, or once; then flushes the writer. Never rejects. */
  run(signal?: AbortSignal): Promise<RunSummary>;
  /** What the writer found, the first thousand. */
  readonly findings: Finding[];
}

const DEFAULT_SEED = 7;
const DEFAULT_RATE = 2;
const DEFAULT_NAV = 10_000;
const MAX_FINDINGS = 1000;
/** The longest delay that a timer takes, in ms. */
const MAX_DELAY = 2_147_483_647;
const NOTHING: Tally = { orders: 0, fills: 0, cancels: 0, vetoes: 0, errors: 0 };

/** Creates a paper executor. The same seed, options and clock give the same documents and records in the same order. */
export function createPaperExecutor(options: PaperExecutorOptions): PaperExecutor {
  const { writer, now = systemClock, once = false, rate = DEFAULT_RATE } = options;
  const settings = createSettings(options.testnet ?? false, options.dryRun ?? false, options.startNav ?? DEFAULT_NAV);
  const world = createWorld(options.seed ?? DEFAULT_SEED, options.symbols ?? DEFAULT_SYMBOLS, settings);
  const findings: Finding[] = [];
  let steps = 0;

  const keep = (found: readonly Finding[]): void => {
    findings.push(...found.slice(0, MAX_FINDINGS - findings.length));
  };

  const step = (): StepSummary => {
    const { activities, snapshot, restarted } = world.advance(now());
    const results = [...appendAll(writer, activities, snapshot), ...publishAll(writer, snapshot)];
    const found = results.flatMap((each) => each.findings);
    keep(found);
    steps += 1;
    return {
      step: steps,
      at: snapshot.at,
      restarted,
      nav: snapshot.account.newest?.nav ?? null,
      riskMode: snapshot.risk.mode,
      ...tally(activities),
      findings: found,
    };
  };

  const run = async (signal?: AbortSignal): Promise<RunSummary> => {
    let done = NOTHING;
    let restarts = 0;
    const firstStep = steps;
    while (!isAborted(signal)) {
      const started = performance.now();
      const summary = step();
      done = add(done, summary);
      restarts += summary.restarted ? 1 : 0;
      if (once) break;
      await pause(1000 / rate - (performance.now() - started), signal);
    }
    const flushed = await writer.flush();
    keep(flushed.findings);
    const ok = flushed.ok && !findings.some(({ level }) => level === 'error');
    return { ...done, steps: steps - firstStep, restarts, ok, findings: [...findings] };
  };

  return { step, run, findings };
}

function tally(activities: readonly Activity[]): Tally {
  const count = (...kinds: Activity['kind'][]): number => activities.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    orders: count('answered'),
    fills: count('traded'),
    cancels: count('cancelled'),
    vetoes: count('vetoed'),
    errors: count('failed', 'unavailable'),
  };
}

function add(left: Tally, right: Tally): Tally {
  return {
    orders: left.orders + right.orders,
    fills: left.fills + right.fills,
    cancels: left.cancels + right.cancels,
    vetoes: left.vetoes + right.vetoes,
    errors: left.errors + right.errors,
  };
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** Resolves after the given time, or as soon as the signal aborts. */
async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const wait = Math.min(MAX_DELAY, Math.max(0, milliseconds));
  await delay(wait, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}

function systemClock(): number {
  return Date.now() / 1000;
}
