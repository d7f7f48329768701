import { posix } from 'node:path';

import { registry, surfaceOfFile } from '@hedge-telemetry/contract';

import type { Include } from './include.js';
import { createLagClock } from './lag.js';
import { createLedgerMirror } from './ledger-mirror.js';
import { obstacles } from './obstacles.js';
import { reportOf } from './report.js';
import type { SurfaceOutcome, SyncReport } from './report.js';
import { createStateMirror } from './state-mirror.js';
import { includedRoute, outcome, routeOf, together } from './surface-mirror.js';
import type { Allowance, Outcome, Route, SurfaceMirror } from './surface-mirror.js';
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
  /** No pass comes after this one. */
  readonly isPatient: boolean;
}

/** The passes of one mirror. */
export interface Passes {
  /** Mirrors everything once. Never rejects. */
  readonly run: (mode: PassMode) => Promise<PassResult>;
  /** Mirrors a state file of which something was heard; what comes of it is in the report of the next pass. Never rejects. */
  readonly hint: (file: string, mode: PassMode) => Promise<void>;
  /** Directories in which files lie that are mirrored, below the source's root. */
  readonly directories: () => readonly string[];
}

/** State files that are written at the same time: as many as the runtime has threads for file calls. */
const WIDTH = 4;
const MAX_LINE_FINDINGS = 100;

/** Makes the passes of one mirror. */
export function createPasses(options: PassOptions): Passes {
  const { from, to, now } = options;
  const lag = createLagClock();
  const sweeps = createSweeps(options);
  const mirrors = new Map<string, SurfaceMirror>();
  const hinted = new Map<string, Outcome>();
  let known: readonly string[] | null = null;
  for (const entry of Object.values(registry)) add(routeOf(entry, from, to, now));

  return {
    directories,
    hint: async (file, mode) => {
      const mirror = mirrors.get(file);
      const { root, blocked } = obstacles(from, to, [posix.dirname(file)]);
      if (mirror?.kind !== 'state' || root || blocked.size > 0) return;
      const result = await mirror.pass({ ...mode, lineFindings: MAX_LINE_FINDINGS, isThorough: true });
      const before = hinted.get(file);
      hinted.set(file, before === undefined ? result : together(before, result));
    },
    run: async (mode) => {
      const ts = now();
      const { root, blocked, findings } = obstacles(from, to, directories());
      const allowance: Allowance = {
        ...mode,
        lineFindings: MAX_LINE_FINDINGS,
        isThorough: sweeps.isDue(mode.isPatient),
      };
      const surfaces = root ? [] : await mirrorAll([...mirrors.values()], allowance, blocked);
      const swept = sweeps.take(mode.isPatient, directories());
      const added = swept.included.filter((file) => !mirrors.has(file));
      for (const file of added) add(includedRoute(file, from, to, now));
      const fresh = added.flatMap((file) => mirrors.get(file) ?? []);
      if (!root) surfaces.push(...(await mirrorAll(fresh, allowance, blocked)));
      forgetAbsent(surfaces);
      const told = hinted.size === 0 ? surfaces : surfaces.map((each) => withHint(each));
      hinted.clear();
      const report = reportOf(ts, told, swept, root ? null : lag.measure(surfaces, ts), findings);
      return { report, more: surfaces.some((each) => each.outcome.more) };
    },
  };

  function withHint({ file, outcome: result }: SurfaceOutcome): SurfaceOutcome {
    const before = hinted.get(file);
    return { file, outcome: before === undefined ? result : together(before, result) };
  }

  function add(route: Route): void {
    const make = route.kind === 'ledger' ? createLedgerMirror : createStateMirror;
    mirrors.set(route.file, make(route, options));
    known = null;
  }

  function directories(): readonly string[] {
    known ??= [...new Set([...mirrors.keys()].map((file) => posix.dirname(file)))];
    return known;
  }

  /** A file that the contract does not know and that is gone is not missed. */
  function forgetAbsent(surfaces: readonly SurfaceOutcome[]): void {
    for (const { file, outcome: each } of surfaces) {
      if (each.status === 'absent' && surfaceOfFile(file) === null) {
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
  await runAll(states, WIDTH, allowance, outcomes);
  await runAll(ledgers, 1, allowance, outcomes);
  return outcomes;
}

async function runAll(
  mirrors: readonly SurfaceMirror[],
  width: number,
  allowance: Allowance,
  outcomes: SurfaceOutcome[],
): Promise<void> {
  const base = outcomes.length;
  const waiting = mirrors.entries();
  const work = async (): Promise<void> => {
    for (const [index, mirror] of waiting) {
      const { file } = mirror;
      outcomes[base + index] = { file, outcome: mirror.unchanged(allowance) ?? (await mirror.pass(allowance)) };
    }
  };
  await Promise.all(Array.from({ length: width }, work));
}
