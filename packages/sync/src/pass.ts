import { statSync } from 'node:fs';

import { registry } from '@hedge-telemetry/contract';
import type { Finding } from '@hedge-telemetry/contract';

import { errorCode } from './file-look.js';
import { unreadable } from './guarded-read.js';
import { createLagClock } from './lag.js';
import { createLedgerMirror } from './ledger-mirror.js';
import { reportOf } from './report.js';
import type { SurfaceOutcome, SyncReport } from './report.js';
import { createStateMirror } from './state-mirror.js';
import { routeOf } from './surface-mirror.js';
import type { Allowance, SurfaceMirror } from './surface-mirror.js';
import { sweep } from './sweep.js';

/** Where a mirror goes from and to, and how. */
export interface PassOptions {
  readonly from: string;
  readonly to: string;
  readonly now: () => number;
  readonly cleanSource: boolean;
}

/** What a pass did, and whether work is left that needs no waiting. */
export interface PassResult {
  readonly report: SyncReport;
  readonly more: boolean;
}

/** Mirrors everything once, with at most so many bytes of each ledger. Never rejects. */
export type Pass = (ledgerBytes: number) => Promise<PassResult>;

/** State files that are written at the same time: as many as the runtime has threads for file calls. */
const WIDTH = 4;
const MAX_LINE_FINDINGS = 100;

/** Makes the pass of one mirror. */
export function createPass({ from, to, now, cleanSource }: PassOptions): Pass {
  const routes = Object.values(registry).map((entry) => routeOf(entry, from, to, now));
  const states = routes.filter(({ entry }) => entry.kind === 'state').map(createStateMirror);
  const ledgers = routes.filter(({ entry }) => entry.kind === 'ledger').map(createLedgerMirror);
  const lag = createLagClock();

  return async (ledgerBytes) => {
    const ts = now();
    const obstacle = rootFinding(from);
    const allowance: Allowance = { ledgerBytes, lineFindings: MAX_LINE_FINDINGS };
    const surfaces =
      obstacle === null
        ? [...(await mirrorAll(states, WIDTH, allowance)), ...(await mirrorAll(ledgers, 1, allowance))]
        : [];
    const swept = sweep(from, to, cleanSource);
    const lagSeconds = obstacle === null ? lag.measure(surfaces, ts) : null;
    const report = reportOf(ts, surfaces, swept, lagSeconds, obstacle === null ? [] : [obstacle]);
    return { report, more: surfaces.some(({ outcome }) => outcome.more) };
  };
}

/** The outcomes are in the order of the mirrors, whichever is done first. */
async function mirrorAll(
  mirrors: readonly SurfaceMirror[],
  width: number,
  allowance: Allowance,
): Promise<SurfaceOutcome[]> {
  const outcomes: SurfaceOutcome[] = [];
  const waiting = mirrors.entries();
  const work = async (): Promise<void> => {
    for (const [index, mirror] of waiting) {
      outcomes[index] = { file: mirror.entry.file, outcome: await mirror.pass(allowance) };
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return outcomes;
}

function rootFinding(from: string): Finding | null {
  try {
    return statSync(from).isDirectory() ? null : notADirectory(from, 'something else');
  } catch (error) {
    return notADirectory(from, errorCode(error));
  }
}

function notADirectory(file: string, actual: string): Finding {
  return {
    ...unreadable(file, actual),
    expected: 'a directory',
    message: `The source directory cannot be read: ${actual}.`,
    fix: 'Check the path, and that the process that writes the telemetry has been started.',
  };
}
