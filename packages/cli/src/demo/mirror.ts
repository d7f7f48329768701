import { createReader } from '@hedge-telemetry/reader';
import { createSync } from '@hedge-telemetry/sync';
import type { SyncReport } from '@hedge-telemetry/sync';
import { createLedgerCounter } from './ledger-counts.js';
import type { Problems } from './problems.js';
import { createCamera } from './snapshot.js';
import type { Snapshot } from './snapshot.js';

/** A mirror that is kept up to date, and what a reader sees of it. */
export interface LiveMirror {
  readonly start: () => void;
  /** Mirrors what there is now. */
  readonly once: () => Promise<SyncReport>;
  /** Mirrors what is left and stops. */
  readonly finish: () => Promise<SyncReport>;
  readonly take: () => Promise<Snapshot>;
  /** What the newest pass did; null before the first. */
  readonly report: () => SyncReport | null;
}

/** Mirrors `from` into `to`; errors are noted. The source is somebody else's: nothing is ever removed from it. */
export function createLiveMirror(from: string, to: string, problems: Problems): LiveMirror {
  const reader = createReader({ dir: to });
  let report: SyncReport | null = null;
  const sync = createSync({
    from,
    to,
    cleanSource: false,
    onPass: (pass) => {
      report = pass;
      problems.note(pass.findings);
    },
  });
  return {
    start: () => sync.start(),
    once: () => sync.once(),
    finish: async () => {
      await sync.stop();
      return sync.once();
    },
    report: () => report,
    take: createCamera(reader, createLedgerCounter(reader)),
  };
}
