import { dirname, join } from 'node:path';
import { ledgerNames, registry } from '@hedge-telemetry/contract';
import type { Finding, LedgerName } from '@hedge-telemetry/contract';
import { startLoop } from '@hedge-telemetry/sync';
import type { Loop } from '@hedge-telemetry/sync';
import { createBackoff } from './backoff.js';
import { createCarrier } from './carrier.js';
import type { Carrier, PassAllowance } from './carrier.js';
import { createEgressScan } from './egress.js';
import { rolledBack, sinkFinding } from './fleet-findings.js';
import type { Clash } from './fleet-findings.js';
import type { LedgerPosition } from './ledger/position.js';
import { fleetName } from './names.js';
import type { SurfaceOutcome } from './outcome.js';
import { remoteReport } from './remote-report.js';
import type { RemoteSyncReport } from './remote-report.js';
import { sinkError } from './sink.js';
import type { RemoteSink, SinkSession } from './sink.js';
import { hostName, newInstance, sourceOf } from './source-id.js';

/** How to carry a directory to a sink. */
export interface RemoteSyncOptions {
  /** Logs directory or its mirror: `state/` and `execution/` are below it. */
  readonly from: string;
  readonly sink: RemoteSink;
  /** Name of the executor, and of its environment (`prod` where not given). */
  readonly executor: string;
  readonly env?: string;
  /** Goes on under a name of which another host has sent records that nothing here continues. */
  readonly takeOver?: boolean;
  /** Tells this host and directory from others; made of both where not given. */
  readonly source?: string;
  /** Further secret values that must not leave the host; those of the sensitive environment variables are known. */
  readonly secrets?: readonly string[];
  /** Longest time between two passes after `start()`, in milliseconds; changes are followed sooner. 100 by default. */
  readonly intervalMs?: number;
  /** The clock, in seconds since 1970. */
  readonly now?: () => number;
  /** Gets the report of every pass. What it throws becomes a process warning and stops nothing. */
  readonly onPass?: (report: RemoteSyncReport) => void;
}

/** Carries one directory to a sink. */
export interface RemoteSync {
  /** Sends everything there is, once. Never rejects: what goes wrong is in the report. */
  once(): Promise<RemoteSyncReport>;
  /** Follows the directory until `stop()` or an identity clash, and keeps the process alive. Does nothing when already started. */
  start(): void;
  /** Resolves once the pass under way is done and the presence is taken back. */
  stop(): Promise<void>;
}

interface Connection {
  readonly session: SinkSession;
  readonly carrier: Carrier;
  readonly since: number;
}

type Mode = Omit<PassAllowance, 'lineFindings'>;

type Step = readonly SurfaceOutcome[] | Clash;

const DEFAULT_INTERVAL_MS = 100;
const MAX_LINE_FINDINGS = 100;
const ALL: Mode = { ledgerBytes: Infinity, isPatient: true };
/** While the sync follows the source, a ledger that has far to go must not hold up the state files. */
const FOLLOWING: Mode = { ledgerBytes: 8 * 1024 * 1024, isPatient: false };
/** A position is read again at least so often, in seconds, which keeps quiet ledgers from losing theirs to retention. */
const SESSION_LIFE_S = 3600;
const CONFLICT_ATTEMPTS = 5;

const directories: readonly string[] = [...new Set(Object.values(registry).map(({ file }) => dirname(file)))];

/**
 * Makes a sync to a sink. The sink holds the cursor: after a start and after any error the last record of each ledger
 * says where to go on, so that a killed process and a server that lost its tail come out the same: nothing missing,
 * nothing twice, everything in order. Throws a RangeError where a name is none.
 */
export function createRemoteSync(options: RemoteSyncOptions): RemoteSync {
  const { from, sink, takeOver = false, now = () => Date.now() / 1000, onPass } = options;
  const place = { env: fleetName('env', options.env ?? 'prod'), executor: fleetName('executor', options.executor) };
  const self = { source: options.source ?? sourceOf(from), instance: newInstance(), host: hostName() };
  const history = { held: false };
  const scan = createEgressScan(options.secrets === undefined ? {} : { values: options.secrets });
  const confirmed = new Map<LedgerName, LedgerPosition>();
  let connection: Connection | null = null;
  let halted: Finding | null = null;
  let completeAt: number | null = null;
  const backoff = createBackoff();
  let retryAt = 0;
  let latest: Promise<unknown> = Promise.resolve();
  let loop: Loop | null = null;

  return { once: () => queued(() => pass(ALL)).then(({ report }) => report), start, stop };

  function start(): void {
    loop ??= startLoop({
      run: async () => (performance.now() < retryAt ? false : queued(() => pass(FOLLOWING)).then(({ more }) => more)),
      intervalMs: options.intervalMs ?? DEFAULT_INTERVAL_MS,
      // A changed file is looked at by the next pass, which comes at once.
      hint: () => Promise.resolve(),
      root: from,
      directories: () => directories,
    });
  }

  async function stop(): Promise<void> {
    const stopping = loop?.stop();
    loop = null;
    await stopping;
    await queued(async () => {
      await connection?.carrier.leave().catch(() => undefined);
      await disconnect();
    });
  }

  /** Passes never overlap: each one waits for the one before. */
  function queued<T>(run: () => Promise<T>): Promise<T> {
    const next = latest.then(run);
    // One that failed must not stop those after it.
    latest = next.catch(() => undefined);
    return next;
  }

  async function pass(mode: Mode): Promise<{ report: RemoteSyncReport; more: boolean }> {
    const ts = now();
    const findings: Finding[] = [];
    let step: Step | null = null;
    for (let left = halted === null ? CONFLICT_ATTEMPTS : 0; step === null && left > 0; left -= 1) {
      try {
        step = await attempt(mode, findings);
        backoff.reset();
      } catch (error) {
        await disconnect();
        const trouble = sinkError(error);
        if (trouble.code === 'conflict' && left > 1) continue;
        findings.push(sinkFinding(trouble));
        retryAt = performance.now() + backoff.next();
        break;
      }
    }
    if (step !== null && 'clash' in step) await halt(step);
    if (halted !== null) findings.push(halted);
    const stopped = halted === null ? null : 'SYNC_IDENTITY_CLASH';
    const outcomes = step === null || 'clash' in step ? [] : step;
    const more = outcomes.some((each) => each.more);
    if (step !== null && halted === null && outcomes.every(isComplete)) completeAt = ts;
    const lagSeconds = completeAt === null ? null : Math.max(0, ts - completeAt);
    const report = remoteReport({ ...place, ts, connected: step !== null, stopped, outcomes, lagSeconds, findings });
    announce(report);
    return { report, more };
  }

  async function attempt(mode: Mode, findings: Finding[]): Promise<Step> {
    if (connection !== null && (!connection.session.open || isOld(connection))) await disconnect();
    const current = connection ?? (await connect(findings));
    if ('clash' in current) return current;
    const step = await current.carrier.pass({ ...mode, lineFindings: MAX_LINE_FINDINGS });
    for (const [ledger, position] of current.carrier.positions) if (position !== null) confirmed.set(ledger, position);
    return step;
  }

  async function connect(findings: Finding[]): Promise<Connection | Clash> {
    const session = await sink.open(place);
    try {
      const carrier = await createCarrier({ from, session, self, history, scan, takeOver, now });
      if ('clash' in carrier) {
        await session.close();
        return carrier;
      }
      findings.push(...carrier.findings);
      for (const ledger of ledgerNames) noteLoss(ledger, carrier.stood(ledger), findings);
      connection = { session, carrier, since: now() };
      return connection;
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  /** What was confirmed and is there no more is sent again; that it was lost is worth knowing. */
  function noteLoss(ledger: LedgerName, position: LedgerPosition | null, findings: Finding[]): void {
    const known = confirmed.get(ledger);
    if (known === undefined) return;
    if (position === null || !reaches(position, known))
      findings.push(rolledBack({ surface: ledger, file: join(from, registry[ledger].file) }, known, position));
    confirmed.delete(ledger);
  }

  async function halt({ clash }: Clash): Promise<void> {
    halted = clash;
    await disconnect();
    void loop?.stop();
  }

  async function disconnect(): Promise<void> {
    const closing = connection?.session.close();
    connection = null;
    await closing?.catch(() => undefined);
  }

  function isOld({ since }: Connection): boolean {
    return Math.abs(now() - since) > SESSION_LIFE_S;
  }

  function announce(report: RemoteSyncReport): void {
    try {
      onPass?.(report);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }
}

/** False where less is there than was confirmed. A generation that is not known is a later one. */
function reaches(position: LedgerPosition, known: LedgerPosition): boolean {
  if (position.generation === known.generation) return position.offset + position.length >= known.offset + known.length;
  return position.generation !== known.previous;
}

function isComplete({ status, lagBytes, more }: SurfaceOutcome): boolean {
  return status !== 'skipped' && lagBytes === 0 && !more;
}
