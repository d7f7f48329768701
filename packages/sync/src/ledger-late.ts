import { closeSync } from 'node:fs';

import { finding } from '@hedge-telemetry/contract';

import { fileExtent, lastLineEnd } from './extent.js';
import { lookAt } from './file-look.js';
import { identityOf } from './generations.js';
import { openRegular } from './guarded-read.js';
import { createLineChecker } from './ledger-lines.js';
import { list } from './ledger-run.js';
import type { LedgerRun } from './ledger-run.js';

/** Watches the file that a ledger was rotated to for lines of a writer that did not notice. */
export interface LateLines {
  /** The file, and the offset behind the last line that was mirrored from it. */
  expect(rotated: Rotated): void;
  /** Puts late lines into quarantine and reports them: in the mirror they would stand after younger ones. */
  collect(run: LedgerRun): void;
}

interface Rotated {
  readonly path: string;
  readonly identity: string;
  readonly end: number;
}

const MAX_BYTES_A_PASS = 1024 * 1024;

export function createLateLines(): LateLines {
  let rotated: Rotated | null = null;
  return {
    expect: (next) => {
      rotated = next;
    },
    collect(run) {
      if (rotated === null) return;
      const look = lookAt(rotated.path);
      if (look.state !== 'regular' || identityOf(look.stats) !== rotated.identity) rotated = null;
      else if (Number(look.stats.size) > rotated.end) rotated = collected(rotated, run);
    },
  };
}

function collected(rotated: Rotated, run: LedgerRun): Rotated | null {
  const opened = openRegular(rotated.path);
  if (opened.state !== 'open') return null;
  try {
    const extent = fileExtent(opened.fd, Number(opened.stats.size));
    const end = lastLineEnd(extent, rotated.end, Math.min(extent.end, rotated.end + MAX_BYTES_A_PASS));
    const bytes = Buffer.alloc(end - rotated.end);
    extent.read(bytes, rotated.end);
    const late = finding('ledger-late-lines', { surface: run.route.surface, file: rotated.path });
    const checker = createLineChecker(() => ({ finding: late, intact: [] }), rotated.end);
    const { lines, broken } = checker.feed(bytes);
    if (lines === 0) return rotated;
    const generation = { ...rotated, extent, isUnpacked: false, isFresh: false, damage: null };
    list(run, generation, broken, rotated.end);
    run.tally.findings.push({ ...late, actual: `${lines} lines` });
    return { ...rotated, end };
  } finally {
    closeSync(opened.fd);
  }
}
