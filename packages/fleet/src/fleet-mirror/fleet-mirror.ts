import { join, posix } from 'node:path';
import { isStateName, ledgerNames, registry, stateNames } from '@hedge-telemetry/contract';
import type { Finding, StateName } from '@hedge-telemetry/contract';
import { createFleetReader } from '../fleet-reader/fleet-reader.js';
import type { FleetChange } from '../fleet-reader/fleet-reader.js';
import type { PresenceState } from '../fleet-reader/presence-board.js';
import type { NatsPlace } from '../nats/options.js';
import { cleanCopies } from './clean-copies.js';
import { CURSORS } from './ledger-copy.js';
import { mirrorLedger } from './ledger-mirror.js';
import { copyState } from './state-copy.js';
import { createTroubles } from './troubles.js';

export interface FleetMirrorOptions extends NatsPlace {
  /** Directory below which every executor gets one of its own, with `state/` and `execution/` in it. */
  readonly to: string;
  /** Environment, `prod` where not given. */
  readonly env?: string;
  /** Executors that are mirrored; all that have a state or are heard of where not given. */
  readonly executors?: readonly string[];
  /** The clock, in seconds since 1970. */
  readonly now?: () => number;
  /** Gets a report whenever something was done or found, a few times a second at most. */
  readonly onReport?: (report: FleetMirrorReport) => void;
}

/** What was done since the report before. Plain JSON data. */
export interface FleetMirrorReport {
  readonly connected: boolean;
  /** Who is up, down, or not known to be either. */
  readonly executors: Readonly<Record<string, PresenceState>>;
  /** State files that were put in place; paths below `to`. */
  readonly mirrored: readonly string[];
  /** Lines that were added to ledgers. */
  readonly lines: number;
  /** What is wrong now, or was since the report before. */
  readonly findings: readonly Finding[];
}

/** Mirrors a fleet into directories, each of which can be read, tailed and served as that of the executor. */
export interface FleetMirror {
  /** Mirrors what there is, once. Never rejects: what goes wrong is in the report. */
  once(): Promise<FleetMirrorReport>;
  /** Follows the fleet until `stop()`, and keeps the process alive. */
  start(): void;
  /** Resolves once everything that was received is in place. */
  stop(): Promise<void>;
}

const REPORT_MS = 250;
const directories = [...new Set(stateNames.map((name) => posix.dirname(registry[name].file))), CURSORS];

/**
 * Makes a mirror of a fleet. It only reads from the server. One process at a time may mirror into a directory. Throws a
 * RangeError where a name or an address is none.
 */
export function createFleetMirror(options: FleetMirrorOptions): FleetMirror {
  const { to, now = () => Date.now() / 1000, onReport } = options;
  const stop = new AbortController();
  const followed = new Map<string, Promise<void>>();
  const changed = new Map<string, () => Promise<void>>();
  const troubles = createTroubles();
  let done = emptyTally();
  let told = '';
  let isFollowing = false;
  let copying = Promise.resolve();
  let giveUp = (): void => undefined;
  const givenUp = new Promise<void>((resolve) => (giveUp = resolve));
  const fleet = createFleetReader({ ...options, now, onChange });

  return { once, start, stop: end };

  async function once(): Promise<FleetMirrorReport> {
    await Promise.race([fleet.ready(), givenUp]);
    if (fleet.status().connected) {
      for (const executor of names()) mirrorExecutor(executor);
      await Promise.all(followed.values());
      await copying;
    }
    const report = take();
    await end();
    return report;
  }

  function start(): void {
    isFollowing = true;
    for (const executor of names()) mirrorExecutor(executor);
    const timer = setInterval(tell, REPORT_MS);
    stop.signal.addEventListener('abort', () => clearInterval(timer));
  }

  async function end(): Promise<void> {
    stop.abort();
    await Promise.all(followed.values());
    await copying;
    if (isFollowing) tell();
    await fleet.close();
  }

  function onChange(change: FleetChange): void {
    if (change.kind === 'connection') {
      if (change.connected || isFollowing) return;
      giveUp();
      stop.abort();
    } else if (isFollowing && names().includes(change.executor)) {
      mirrorExecutor(change.executor);
      if (change.kind === 'state' && isStateName(change.surface)) copy(change.executor, change.surface);
    }
  }

  function names(): readonly string[] {
    return options.executors ?? fleet.executors();
  }

  function mirrorExecutor(executor: string): void {
    if (followed.has(executor)) return;
    for (const each of directories) cleanCopies(join(to, executor, each));
    for (const surface of stateNames) copy(executor, surface);
    const ledgers = ledgerNames.map((ledger) =>
      mirrorLedger({
        fleet,
        to,
        executor,
        ledger,
        follow: isFollowing,
        signal: stop.signal,
        onLine: () => (done.lines += 1),
        onFindings: (findings) => troubles.set(`${executor}.${ledger}`, findings),
      }),
    );
    followed.set(
      executor,
      Promise.all(ledgers).then(() => undefined),
    );
  }

  /** Of a document that changes again before its turn has come only the last one is copied. */
  function copy(executor: string, surface: StateName): void {
    const key = `${executor}.${surface}`;
    changed.set(key, async () => {
      const bytes = fleet.document(executor, surface);
      if (bytes === null) return;
      const { isWritten, findings } = await copyState(to, executor, surface, bytes, now);
      if (isWritten) done.mirrored.add(posix.join(executor, registry[surface].file));
      troubles.set(key, findings);
    });
    if (changed.size === 1) copying = copying.then(copyChanged);
  }

  async function copyChanged(): Promise<void> {
    for (const [key, run] of changed) {
      changed.delete(key);
      await run();
    }
  }

  /** What was done and found since it was taken the last time. */
  function take(): FleetMirrorReport {
    const { connected, finding } = fleet.status();
    const { mirrored, lines } = done;
    done = emptyTally();
    return {
      connected,
      executors: Object.fromEntries(names().map((each) => [each, fleet.presence(each).state])),
      mirrored: [...mirrored].toSorted(),
      lines,
      findings: [...(finding === null ? [] : [finding]), ...troubles.tell()],
    };
  }

  function tell(): void {
    const report = take();
    const { mirrored, lines, ...standing } = report;
    const isNews = JSON.stringify(standing) !== told;
    told = JSON.stringify(standing);
    if (!isNews && mirrored.length === 0 && lines === 0) return;
    try {
      onReport?.(report);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}

function emptyTally(): { readonly mirrored: Set<string>; lines: number } {
  return { mirrored: new Set(), lines: 0 };
}
