import { posix } from 'node:path';

import { registry } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { createFlushes } from './flushes.js';
import { createHintOutcomes, withHint } from './hint-outcomes.js';
import type { Include } from './include.js';
import { createLagClock } from './lag.js';
import { createLedgerMirror } from './ledger-mirror.js';
import { obstacles } from './obstacles.js';
import { createQueues } from './queues.js';
import type { Queues } from './queues.js';
import { createReportFile } from './report-file.js';
import { createReports } from './report.js';
import type { PassFacts, SurfaceOutcome, SyncReport } from './report.js';
import { createStateMirror } from './state-mirror.js';
import { includedRoute, outcome, routeOf } from './surface-mirror.js';
import type { Allowance, Route, SurfaceMirror } from './surface-mirror.js';
import { createSweeps } from './sweep.js';

/** Where a mirror goes from and to, and how. */
export interface PassOptions {
  readonly from: string;
  readonly to: string;
  readonly now: () => number;
  readonly cleanSource: boolean;
  readonly include: Include;
  readonly patienceMs: number;
  readonly strict: boolean;
  readonly segmentBytes: number;
}

/** What a pass did, and whether work is left that needs no waiting. */
export interface PassResult {
  readonly report: SyncReport;
  readonly more: boolean;
}

/** How a pass goes about it. */
export interface PassMode {
  /** At most so many bytes of each ledger. */
  readonly ledgerBytes: number;
  /** No pass comes after this one: what needs a moment is waited for, and all is on disk at its end. */
  readonly isPatient: boolean;
}

/** The passes of one mirror. */
export interface Passes {
  /** Mirrors everything once. Never rejects. */
  readonly run: (mode: PassMode) => Promise<PassResult>;
  /**
   * Mirrors a file of which something was heard, also while a pass is under way; what comes of it is in the report of a
   * later pass. Resolves to true unless a pass should look at the file in a moment. A file that is not mirrored is
   * left to the sweeps. Never rejects.
   */
  readonly hint: (file: string, mode: PassMode) => Promise<boolean>;
  /** Directories in which files lie that are mirrored, below the source's root. */
  readonly directories: () => readonly string[];
  /** Brings everything to the disk, and lets go of what was kept for the next pass. */
  readonly rest: () => Promise<void>;
}

/** State files that are written at the same time: as many as the runtime has threads for file calls. */
const WIDTH = 4;
const MAX_LINE_FINDINGS = 100;

/** Makes the passes of one mirror. */
export function createPasses(options: PassOptions): Passes {
  const { from, to, now } = options;
  const lag = createLagClock();
  const sweeps = createSweeps(options);
  const flushes = createFlushes();
  const reports = createReports(now());
  const reportFile = createReportFile(to);
  const mirrors = new Map<string, SurfaceMirror>();
  /** Those of files that the contract does not know. */
  const included = new Set<string>();
  const queues = createQueues();
  const hints = createHintOutcomes();
  /** What went wrong with flushes since the pass before. */
  let unflushed: readonly Finding[] = [];
  let known: readonly string[] | null = null;
  for (const entry of Object.values(registry)) add(routeOf(entry, from, to, now));

  return {
    directories,
    hint: async (file, mode) => {
      const mirror = mirrors.get(file);
      if (mirror === undefined) return true;
      const { root, blocked } = obstacles(from, to, [posix.dirname(file)]);
      if (root !== null || blocked.size > 0) return false;
      const allowance = { ...mode, lineFindings: MAX_LINE_FINDINGS - hints.lineFindings(), isThorough: true };
      const result = await queues.pass(mirror, allowance);
      hints.add(file, result);
      return !result.isWaiting && !result.more;
    },
    run: async (mode) => {
      const begun = performance.now();
      const ts = now();
      const { root, blocked, findings } = obstacles(from, to, directories());
      const isThorough = sweeps.isDue(mode.isPatient);
      const allowance: Allowance = { ...mode, lineFindings: MAX_LINE_FINDINGS, isThorough };
      const before = hints.take();
      const surfaces = root === null ? await mirrorAll([...mirrors.values()], allowance, blocked, queues) : [];
      const swept = sweeps.take(mode.isPatient, directories());
      const added = swept.included.filter((file) => !mirrors.has(file));
      for (const file of added) {
        add(includedRoute(file, from, to, now));
        included.add(file);
      }
      const fresh = added.flatMap((file) => mirrors.get(file) ?? []);
      if (root === null) surfaces.push(...(await mirrorAll(fresh, allowance, blocked, queues)));
      forgetAbsent(surfaces);
      if (mode.isPatient) await settle();
      else if (isThorough) void settle();
      const facts: PassFacts = {
        ts,
        duration: (performance.now() - begun) / 1000,
        mode: mode.isPatient ? 'once' : 'follow',
        surfaces: before.size === 0 ? surfaces : surfaces.map((each) => withHint(each, before)),
        swept,
        lagSeconds: root === null ? lag.measure(surfaces, ts) : null,
        findings: [...findings, ...unflushed],
      };
      unflushed = [];
      const report = reports(facts);
      const more = surfaces.some((each) => each.outcome.more);
      return { report: root === 'mirror' ? report : reportFile.keep(report), more };
    },
    rest: async () => {
      for (const mirror of mirrors.values()) mirror.rest();
      await settle();
    },
  };

  async function settle(): Promise<void> {
    const findings = await flushes.settle();
    unflushed = [...unflushed, ...findings];
  }

  function add(route: Route): void {
    const make = route.kind === 'ledger' ? createLedgerMirror : createStateMirror;
    mirrors.set(route.file, make(route, { ...options, flushes }));
    known = null;
  }

  function directories(): readonly string[] {
    known ??= [...new Set([...mirrors.keys()].map((file) => posix.dirname(file)))];
    return known;
  }

  /** A file that the contract does not know and that is gone is not missed. */
  function forgetAbsent(surfaces: readonly SurfaceOutcome[]): void {
    if (included.size === 0) return;
    for (const { file, outcome: each } of surfaces) {
      if (each.status === 'absent' && included.delete(file)) {
        mirrors.delete(file);
        known = null;
      }
    }
  }
}

/** State files first and several at a time. The outcomes are in the order of the mirrors, whichever is done first. */
async function mirrorAll(
  mirrors: readonly SurfaceMirror[],
  allowance: Allowance,
  blocked: ReadonlySet<string>,
  queues: Queues,
): Promise<SurfaceOutcome[]> {
  const outcomes: SurfaceOutcome[] = [];
  const states: SurfaceMirror[] = [];
  const ledgers: SurfaceMirror[] = [];
  for (const mirror of mirrors) {
    const { file, kind } = mirror;
    if (blocked.size > 0 && blocked.has(posix.dirname(file)))
      outcomes.push({ file, outcome: outcome('skipped', { behind: true }) });
    else (kind === 'state' ? states : ledgers).push(mirror);
  }
  await runAll(states, WIDTH, allowance, outcomes, queues);
  await runAll(ledgers, 1, allowance, outcomes, queues);
  return outcomes;
}

async function runAll(
  mirrors: readonly SurfaceMirror[],
  width: number,
  allowance: Allowance,
  outcomes: SurfaceOutcome[],
  queues: Queues,
): Promise<void> {
  const base = outcomes.length;
  let next = 0;
  const work = async (): Promise<void> => {
    for (let mirror = mirrors[next]; mirror !== undefined; mirror = mirrors[next]) {
      const index = base + next;
      next += 1;
      const result = mirror.unchanged(allowance) ?? (await queues.pass(mirror, allowance));
      outcomes[index] = { file: mirror.file, outcome: result };
    }
  };
  await Promise.all(Array.from({ length: width }, work));
}
